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

    LANEY = "laney", _("Laney p′ (shares, allows for the usual scatter)")
    BINOMIAL = "p", _("p (shares, chance alone)")
    INDIVIDUALS = "xmr", _("XmR (single values)")


class ShiftKind(TextChoices):
    """Which chart looks for small lasting shifts."""

    EWMA = "ewma", _("EWMA (moving average)")
    CUSUM = "cusum", _("CUSUM (running sum)")
