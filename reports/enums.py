"""The fixed vocabularies of the reports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Loyalty(TextChoices):
    """What "loyal" means on a curve; the three are never mixed."""

    STATED = "stated", _("Stated intention")
    RECOMMENDATION = "recommendation", _("Recommendation")
    OBSERVED = "observed", _("Observed purchases")


class PeriodKind(TextChoices):
    """What one point of a trend stands for."""

    DAY = "day", _("Days")
    WEEK = "week", _("Weeks")
    MONTH = "month", _("Months")
    QUARTER = "quarter", _("Quarters")
    WAVE = "wave", _("Waves")


class LimitsKind(TextChoices):
    """How control limits are computed."""

    LANEY = "laney", _("Laney p′")
    BINOMIAL = "p", _("p (chance alone)")
    INDIVIDUALS = "xmr", _("XmR")


class ShiftKind(TextChoices):
    """Which chart looks for small lasting shifts."""

    EWMA = "ewma", _("EWMA")
    CUSUM = "cusum", _("CUSUM")
