"""What staff keep beside a trend: noted changes, and limits that are frozen. All writes."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.enums import LimitsKind
from reports.models import FrozenLimits, NotedChange
from scoring.results import Status
from surveys.errors import SurveyError
from surveys.services.rows import checked

from .trend import baseline_chart

FEWEST_PERIODS = 5


def note_change(*, survey, day, text, user, unit=None):
    """Note that something changed on a day."""
    with transaction.atomic():
        note = NotedChange(survey=survey, unit=unit, day=day, text=text, noted_by=user)
        checked(note).save()
    return note


def edit_noted_change(*, note, day, text, unit):
    """Put another day, text or unit on a noted change."""
    note.day, note.text, note.unit = day, text, unit
    with transaction.atomic():
        checked(note).save(update_fields=["day", "text", "unit"])
    return note


def remove_noted_change(*, note):
    """Take a noted change out of the trends."""
    note.delete()


def freeze_limits(*, trend, unit, first_day, last_day, reason, user):
    """Fix the limits by the figures of some periods; they hold from the first of these on."""
    chart, cells = baseline_chart(trend, first_day, last_day)
    used = chart.baseline_periods if chart else 0
    if used < FEWEST_PERIODS:
        sentence = _("Limits need at least %(fewest)s whole periods with a figure; here are %(n)s.")
        raise SurveyError(sentence % {"fewest": FEWEST_PERIODS, "n": used})
    if chart.status is Status.UNDEFINED:
        raise SurveyError(_("All figures of these periods are alike: they give no limits."))
    with transaction.atomic():
        record = FrozenLimits(
            survey=trend.selection.survey,
            unit=unit,
            measure=trend.measure.code,
            period_kind=trend.period_kind,
            limits_kind=trend.limits_kind,
            first_day=cells[0].period.first_day,
            last_day=cells[-1].period.last_day,
            periods=used,
            centre=chart.centre,
            spread=_spread(chart, trend.limits_kind),
            reason=reason,
            frozen_by=user,
        )
        checked(record).save()
    return record


def withdraw_limits(*, record, user):
    """Let the limits move again; the record stays, with who withdrew it and when."""
    FrozenLimits.objects.filter(pk=record.pk, withdrawn_at__isnull=True).update(
        withdrawn_by=user, withdrawn_at=timezone.now()
    )


def _spread(chart, kind):
    if kind == LimitsKind.BINOMIAL:
        return 1.0
    return max(1.0, chart.sigma_z) if kind == LimitsKind.LANEY else chart.sigma
