"""Addresses of the staff pages for messages to customers."""

from django.urls import path

from surveys.views import manage_deliveries, manage_message_preview, manage_messages

MESSAGES = "manage/surveys/<slug:slug>/asking/messages/"
DELIVERIES = "manage/surveys/<slug:slug>/asking/deliveries/"

urlpatterns = [
    path(MESSAGES, manage_messages.message_list, name="message_list"),
    path(MESSAGES + "add/", manage_messages.message_add, name="message_add"),
    path(MESSAGES + "take/", manage_messages.message_take, name="message_take"),
    path(MESSAGES + "<int:pk>/", manage_messages.message_edit, name="message_edit"),
    path(MESSAGES + "<int:pk>/copy/", manage_messages.message_copy, name="message_copy"),
    path(
        MESSAGES + "<int:pk>/preview/",
        manage_message_preview.message_preview,
        name="message_preview",
    ),
    path(
        MESSAGES + "<int:pk>/preview/mail/",
        manage_message_preview.message_mail,
        name="message_mail",
    ),
    path(MESSAGES + "<int:pk>/test/", manage_message_preview.message_test, name="message_test"),
    path(DELIVERIES, manage_deliveries.delivery_list, name="delivery_list"),
    path(DELIVERIES + "decide/", manage_deliveries.delivery_decide, name="delivery_decide"),
]
