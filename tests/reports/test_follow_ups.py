"""Observed loyalty of very many answers: what the worker has joined gives the same figures."""

import random
from datetime import date, datetime, timedelta

import pytest

from reports.dataset import Selection, followed, observed_counts
from reports.follow_ups import CHECK_EVERY, follow_up_next
from reports.models import FollowUp
from reports.summaries import survey_results
from surveys.models import Segment, UnitPlacement
from surveys.services.sweeps import SWEEPS
from tests import factories
from tests.reports.rows import make_rows

pytestmark = pytest.mark.django_db
LIMIT = "reports.dataset.follow_up_rows.MOST_COUNTED_AT_ONCE"


@pytest.fixture
def kept_ready(monkeypatch):
    """Surveys are large from the first answer, and the worker has come by."""

    def make_ready():
        monkeypatch.setattr(LIMIT, 0)
        FollowUp.objects.update(due_at=None)
        while follow_up_next():
            pass

    return make_ready


def selections(survey):
    """The whole, and parts by everything that a page can filter by."""
    shop = UnitPlacement.objects.filter(unit__name="Shop 1")
    return [
        Selection(survey),
        Selection(survey, segment=Segment.objects.first()),
        Selection(survey, first_day=date(2025, 8, 3), last_day=date(2026, 1, 20)),
        Selection(survey, shop, visible=shop),
        Selection(survey, language="zh-hans"),
    ]


def figures(survey):
    """Observed counts of all selections, windows and groups, as plain values."""
    return [
        plain(observed_counts(selection, days=days, by=by))
        for selection in selections(survey)
        for days in (1, 30, 180, 365)
        for by in (None, "segment__code")
    ]


def plain(counts):
    axes = [(axis.name, axis.levels) for axis in counts.table.axes]
    span = counts.span
    return (
        axes,
        counts.table.n.tolist(),
        (span.responses, span.first_day, span.last_day),
        (counts.cutoff, counts.without_follow_up, counts.without_customer, counts.earlier_answers),
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_kept_rows_give_the_figures_of_a_join(survey, kept_ready, seed):
    make_rows(survey, random.Random(seed), 300)
    expected = figures(survey)

    kept_ready()

    assert figures(survey) == expected


def test_purchase_counts_until_the_last_moment_of_the_window(survey, kept_ready):
    window = timedelta(days=180)
    moments = [timedelta(0), timedelta(microseconds=1), window, window + timedelta(microseconds=1)]
    for offset in moments:
        customer = factories.make_customer()
        row = factories.make_response(survey, {"overall": "5"}, customer=customer)
        factories.make_event(customer, occurred_at=row.submitted_at + offset)
    factories.make_event(factories.make_customer(), occurred_at=row.submitted_at + 2 * window)
    expected = plain(observed_counts(Selection(survey)))

    kept_ready()

    assert plain(observed_counts(Selection(survey))) == expected
    assert expected[1][4] == [2, 2]


def test_before_the_worker_was_there_the_page_says_so(random_survey, monkeypatch):
    monkeypatch.setattr(LIMIT, 0)

    curve = survey_results(Selection(random_survey), loyalties=("observed",)).curves[0]

    assert (curve.obstacle, curve.curve) == ("awaited", None)


def test_curve_says_as_of_when(random_survey, kept_ready):
    kept_ready()

    curve = survey_results(Selection(random_survey), loyalties=("observed",)).curves[0]

    assert isinstance(curve.follow_up.as_of, datetime)
    assert curve.follow_up.as_of == followed(random_survey).as_of


def test_new_purchases_and_answers_are_joined_when_the_worker_looks_again(survey, kept_ready):
    units, _segments = make_rows(survey, random.Random(4), 100)
    kept_ready()
    before = figures(survey)
    customer = factories.make_customer(unit=units[0])
    row = factories.make_response(survey, {"overall": "5"}, customer=customer)
    factories.make_event(customer, occurred_at=row.submitted_at + timedelta(days=1))
    factories.make_event(customer, occurred_at=row.submitted_at + timedelta(days=400))
    assert figures(survey) == before

    kept_ready()

    assert observed_counts(Selection(survey)).table.count(score=5, loyal=True) > 0
    assert figures(survey) != before


def test_nothing_is_joined_anew_while_nothing_changes(random_survey, kept_ready):
    kept_ready()
    first = FollowUp.objects.get().as_of

    kept_ready()

    assert FollowUp.objects.get().as_of == first


def test_survey_with_few_answers_is_counted_at_once(random_survey):
    while follow_up_next():
        pass

    assert bytes(FollowUp.objects.get().cells) == b""
    assert observed_counts(Selection(random_survey)).as_of is None


def test_worker_looks_every_few_minutes(random_survey):
    assert follow_up_next in SWEEPS
    assert follow_up_next()
    assert not follow_up_next()
    FollowUp.objects.update(due_at=FollowUp.objects.get().due_at - CHECK_EVERY)
    assert follow_up_next()
