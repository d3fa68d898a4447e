"""What was taken out of a draft, kept so that it can be put back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.enums import RemovedKind

from .question import Section
from .survey import SurveyVersion


class RemovedPart(models.Model):
    """A removed question, or a removed section with its questions, as a document."""

    version = models.ForeignKey(
        SurveyVersion, on_delete=models.CASCADE, related_name="removed_parts"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=RemovedKind.choices)
    document = models.JSONField()
    section = models.ForeignKey(Section, on_delete=models.SET_NULL, null=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-removed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="removed_kind_is_known",
                condition=models.Q(kind__in=[kind.value for kind in RemovedKind]),
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def texts(self):
        """What it was called, by language."""
        return self.document["text" if self.kind == RemovedKind.QUESTION else "title"]
