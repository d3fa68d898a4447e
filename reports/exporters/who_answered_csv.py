"""Who was asked and who answered as a CSV file: one row for each figure, not rounded."""

import csv
from io import StringIO

from django.utils.translation import gettext as _

from reports.fieldwork.view import few_words
from reports.who_answered.frame_words import axis_words, names_of
from reports.who_answered.view import RATES, funnel_rows, obstacle_words, rate_words
from reports.who_answered.weights_view import figure_words
from surveys.formulas import guarded

from .participation_csv import BYTE_ORDER_MARK

COUNTS = 6  # the columns that count the invitations of a group


def who_answered_csv(found):
    """The whole file as text; groups that are too small have no figures."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            _("Part"),
            _("Group"),
            _("Skipped before inviting"),
            _("Invited"),
            _("Undelivered"),
            _("Begun"),
            _("Refused"),
            _("Answered"),
            _("Value"),
            _("95% interval, low"),
            _("95% interval, high"),
            _("Base"),
        ]
    )
    for part, name, *figures in rows_of(found):
        writer.writerow([part, guarded(str(name)), *figures])
    return BYTE_ORDER_MARK + out.getvalue()


def rows_of(found):
    """All figures of the page in one form, each with what it belongs to."""
    if found.obstacle:
        yield _alone(_("Note"), obstacle_words(found))
        return
    names = names_of(found)
    for name, number in funnel_rows(found):
        shown = _("not recorded") if number is None else number
        yield _alone(_("From invitation to answer"), name, (shown, "", "", ""))
    for name in RATES:
        yield _alone(_("Rate"), rate_words(name), _estimate(found.rates.rates[name]))
    for axis, groups in found.groups.items():
        for group in names[axis].ordered(groups):
            yield (axis_words(axis), names[axis](group.key), *_group(group))
    for group in found.by_day:
        yield (_("Day of the invitation"), group.key.isoformat(), *_group(group))
    for check in found.checks:
        part = _("Difference to those invited: %(axis)s") % {"axis": axis_words(check.axis)}
        for share in names[check.axis].ordered(check.shares):
            yield _alone(part, names[check.axis](share.key), _estimate(share.difference))
    yield from _weighted(found.weighting)


def _weighted(weighting):
    if weighting is None or weighting.obstacle:
        return
    for figure in weighting.figures:
        name = figure_words(figure.key, weighting.best)
        yield _alone(_("Unweighted"), name, _estimate(figure.unweighted))
        yield _alone(_("Weighted"), name, _estimate(figure.weighted))
    effect = weighting.weights.design_effect
    yield _alone(_("Weighted"), _("Design effect"), (effect.value, "", "", effect.base))
    yield _alone(_("Weighted"), _("Effective base"), (effect.effective_base, "", "", effect.base))


def _alone(part, name, figures=("", "", "", "")):
    """A figure that counts no invitations of a group: value, interval and base."""
    return (part, name, *[""] * COUNTS, *figures)


def _group(group):
    if group.tally is None:
        return (few_words(), *[""] * (COUNTS + 3))
    tally = group.tally
    counts = (tally.invited, tally.undelivered, tally.started, tally.refused, tally.complete)
    return (group.skipped, *counts, *_estimate(group.rate))


def _estimate(estimate):
    ends = (estimate.value, estimate.low, estimate.high)
    return (*("" if end is None else end for end in ends), estimate.base)
