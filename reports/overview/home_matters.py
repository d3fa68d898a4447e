"""The one thing that the first page says to look at in each survey, found by a fixed rule.

First complaints that wait for an answer, then a signal of the trend in its newest
period, then a response rate that fell. Of each invitation only the first two weeks
count, so that early and late ones have had the same time.
"""

from datetime import timedelta

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.trend.words import signal_words
from reports.who_answered.frame import Tally, tallies_before_and_after
from reports.who_answered.who_answered import response_rate
from reports.words import formatting
from scoring.comparison import share_difference
from scoring.findings import Direction
from surveys.enums import ComplaintState
from surveys.permissions import complaints_for, may_see_complaints

from .attention import Matter

WAITS_TOO_LONG = timedelta(days=2)
TIME_TO_ANSWER = timedelta(days=14)
LATER_SPAN, EARLIER_SPAN = timedelta(days=30), timedelta(days=90)


def first_matters(user, surveys, placements):
    """A function that finds the first matter of a survey from its trend, or None.

    What it needs beside that is read for all surveys at once.
    """
    waiting = _waiting_complaints(user, surveys)
    last = timezone.now() - TIME_TO_ANSWER
    middle = last - LATER_SPAN
    rates = tallies_before_and_after(
        [survey for survey in surveys if not survey.is_anonymous],
        placements,
        first=middle - EARLIER_SPAN,
        middle=middle,
        last=last,
        within=TIME_TO_ANSWER,
    )

    def first_matter(told):
        pk = told.selection.survey.pk
        found = [
            *_from_complaints(waiting.get(pk)),
            *_from_trend(told),
            *_from_rates(rates.get((pk, False), Tally()), rates.get((pk, True), Tally())),
        ]
        return next(iter(found), None)

    return first_matter


def _waiting_complaints(user, surveys):
    """How many complaints of each survey nobody has taken up for days, and since when."""
    if not may_see_complaints(user):
        return {}
    until = timezone.localdate() - WAITS_TOO_LONG
    waiting = complaints_for(user).filter(
        survey__in=surveys, state=ComplaintState.RECEIVED, received_on__lte=until
    )
    counted = waiting.order_by().values_list("survey").annotate(Count("pk"), Min("received_on"))
    return {survey: (number, since) for survey, number, since in counted}


def _from_complaints(waiting):
    if waiting is None:
        return
    number, since = waiting
    text = ngettext(
        "%(count)s complaint has not been taken up, received on %(day)s.",
        "%(count)s complaints have not been taken up, the oldest of %(day)s.",
        number,
    ) % {"count": formatting.count(number), "day": formatting.day(since)}
    query = {"state": ComplaintState.RECEIVED.value}
    yield Matter("complaints", text, "surveys:complaint_list", _("Complaints"), query)


def _from_trend(told):
    judged = [point.period for _stretch, point in told.points if point.z is not None]
    for signal in told.signals:
        if signal.direction is Direction.LOWER and signal.last.period == judged[-1]:
            yield Matter("trend", signal_words(told, signal), "reports:trend", _("Trend"))


def _from_rates(earlier, later):
    rates = [response_rate(one) for one in (earlier, later)]
    if None in rates:
        return
    counts = (earlier.complete, rates[0].base, later.complete, rates[1].base)
    difference = share_difference(*counts).difference
    if difference.high is None or difference.high >= 0:
        return
    text = _(
        "Of %(base)s invited lately, %(rate)s answered within two weeks, against %(before)s of "
        "%(invited)s in the three months before: %(points)s points (95%% interval %(ends)s)."
    ) % {
        "base": formatting.base(rates[1].base),
        "rate": formatting.percent(rates[1].value),
        "before": formatting.percent(rates[0].value),
        "invited": formatting.base(rates[0].base),
        "points": formatting.percentage_points(difference.value),
        "ends": formatting.interval(difference, formatting.percentage_points),
    }
    yield Matter("response_rate", text, "reports:who_answered", _("Who answered"))
