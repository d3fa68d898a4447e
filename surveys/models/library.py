"""What designers keep for later surveys: whole questionnaires and single questions."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.texts import text_in, validate_texts


class SavedTemplate(models.Model):
    """A questionnaire that an own survey was saved as; every designer may begin with it."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    measures = models.TextField(_("what it measures"), blank=True, max_length=1000)
    document = models.JSONField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class SavedQuestion(models.Model):
    """A question with its answers, kept as a document that fits into any draft."""

    text = models.JSONField(validators=[validate_texts])
    document = models.JSONField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-saved_at", "-id"]

    def __str__(self):
        return text_in(self.text, "en")
