"""What is written to customers, in every language of a survey."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.enums import MessageKind
from surveys.texts import validate_texts

from .survey import Survey


class MessageText(models.Model):
    """Subject and text with merge fields; once something was sent by it, it never changes.

    Changing it makes a new row with the same name, and `replaced_by` leads there.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="message_texts")
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=MessageKind.choices)
    subject = models.JSONField(_("subject"), default=dict, validators=[validate_texts])
    body = models.JSONField(_("text"), default=dict, validators=[validate_texts])
    sms = models.JSONField(_("text message"), default=dict, blank=True, validators=[validate_texts])
    asks_first_question = models.BooleanField(
        _("first question in the mail"),
        default=False,
        help_text=_("A click chooses the answer and opens the page; nothing counts before Send."),
    )
    replaced_by = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaces"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name
