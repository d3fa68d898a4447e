"""Addresses of the staff pages for messages to customers."""

from django.urls import path

from surveys.views.manage import deliveries, message_preview, messages

MESSAGES = "manage/surveys/<slug:slug>/asking/messages/"
DELIVERIES = "manage/surveys/<slug:slug>/asking/deliveries/"

urlpatterns = [
    path(MESSAGES, messages.message_list, name="message_list"),
    path(MESSAGES + "add/", messages.message_add, name="message_add"),
    path(MESSAGES + "take/", messages.message_take, name="message_take"),
    path(MESSAGES + "<int:pk>/", messages.message_edit, name="message_edit"),
    path(MESSAGES + "<int:pk>/copy/", messages.message_copy, name="message_copy"),
    path(
        MESSAGES + "<int:pk>/preview/",
        message_preview.message_preview,
        name="message_preview",
    ),
    path(
        MESSAGES + "<int:pk>/preview/mail/",
        message_preview.message_mail,
        name="message_mail",
    ),
    path(MESSAGES + "<int:pk>/test/", message_preview.message_test, name="message_test"),
    path(DELIVERIES, deliveries.delivery_list, name="delivery_list"),
    path(DELIVERIES + "decide/", deliveries.delivery_decide, name="delivery_decide"),
]
