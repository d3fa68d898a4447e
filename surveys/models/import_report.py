"""What became of a survey file of another tool, kept with the version that it made."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .survey import SurveyVersion


class ImportReport(models.Model):
    """The file that a draft was made from, and its report line by line."""

    version = models.OneToOneField(
        SurveyVersion, on_delete=models.CASCADE, related_name="import_report"
    )
    file = models.CharField(_("file"), max_length=255)
    tool = models.CharField(_("made by"), max_length=40)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    lines = models.JSONField(
        default=list, help_text="Objects with place, what, fate and reason, in the file's order."
    )
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-version__number"]

    def __str__(self):
        return self.file
