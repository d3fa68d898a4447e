"""The fixed vocabularies of the reports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Loyalty(TextChoices):
    """What "loyal" means on a curve; the three are never mixed."""

    STATED = "stated", _("Stated intention")
    RECOMMENDATION = "recommendation", _("Recommendation")
    OBSERVED = "observed", _("Observed purchases")
