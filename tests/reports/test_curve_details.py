"""Beyond the curve: zones, segments and the worth of a step; none gives a share away."""

import random
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from reports.curve.details import Cuts, segment_result, worth, zone_result
from reports.dataset import Selection
from reports.enums import Loyalty
from reports.summaries import curve_result, survey_results
from reports.suppression import hidden_in_table
from scoring.counts import CountTable
from scoring.results import Status
from scoring.scales import FIVE_POINT
from surveys.models import Segment
from tests import factories
from tests.reports.test_pages import page, text_of

START = datetime(2026, 3, 1, tzinfo=UTC)


def curve_of(cells):
    """A stated curve of (not loyal, loyal) at each of five scores."""
    axes = [("score", FIVE_POINT.points), ("loyal", (False, True))]
    table = CountTable.from_counts(axes, cells)
    return curve_result(table, FIVE_POINT, loyalty=Loyalty.STATED, minimum=5)


def answers_in(survey, segment, table):
    """Answers of one segment: score to (respondents, loyal)."""
    return [
        {
            "answers": {"overall": str(score), "again": "5" if place < loyal else "1"},
            "segment": segment,
            "submitted_at": START,
        }
        for score, (n, loyal) in table.items()
        for place in range(n)
    ]


@pytest.fixture
def two_segments(survey):
    """Two segments alike in their ratio, with few answers in one cell of the second."""
    segments = [
        Segment.objects.create(code=code, name={"en": code.title()}) for code in ("firms", "homes")
    ]
    tables = [
        {1: (20, 2), 2: (20, 2), 3: (30, 6), 4: (60, 12), 5: (60, 36)},
        {1: (2, 1), 2: (20, 1), 3: (30, 3), 4: (60, 6), 5: (60, 18)},
    ]
    for segment, table in zip(segments, tables, strict=True):
        factories.make_responses(survey, answers_in(survey, segment, table))
    return survey


def test_zones_and_quadrants_hold_everybody_once():
    found = zone_result(curve_of([[30, 10], [30, 10], [40, 10], [60, 20], [20, 70]]))

    assert [zone.scores for zone in found.zones] == [(1, 2), (3, 4), (5,)]
    assert sum(zone.share.value for zone in found.zones) == pytest.approx(1)
    assert [part.n for part in found.quadrants.four] == [90, 80, 30, 100]


def test_reader_moves_the_cuts():
    result = curve_of([[30, 10], [30, 10], [40, 10], [60, 20], [20, 70]])

    found = zone_result(result, Cuts(2, 4, 5))

    assert [zone.scores for zone in found.zones] == [(1,), (2, 3), (4, 5)]
    assert found.quadrants.mercenary.n == 20


def test_a_zone_does_not_give_away_a_hidden_share():
    few_in_one = curve_of([[2, 1], [30, 10], [4, 3], [60, 20], [20, 70]])
    hidden = {point.score for point in few_in_one.points if point.is_hidden}

    found = zone_result(few_in_one)

    # Defection holds 1 (hidden) and 2 (shown): with its loyal share, that of 1 could be had.
    assert hidden == {1, 3}
    assert found.zones[0].loyal.status is Status.SUPPRESSED
    assert found.zones[1].loyal.status is Status.SUPPRESSED
    assert found.zones[2].loyal.is_defined


def test_quadrants_are_hidden_where_hidden_shares_lie_on_both_sides():
    result = curve_of([[2, 1], [30, 10], [40, 13], [3, 2], [20, 70]])

    assert zone_result(result).quadrants is None
    assert zone_result(result, Cuts(2, 5, 2)).quadrants is None


@pytest.mark.parametrize("seed", range(20))
def test_no_line_of_a_table_holds_one_hidden_cell_alone(seed):
    generator = random.Random(seed)
    sizes = [[generator.choice([0, 1, 3, 8, 20, 50]) for _ in range(5)] for _ in range(4)]

    hidden = hidden_in_table(sizes, minimum=5)

    lines = [[(r, c) for c in range(5)] for r in range(4)]
    lines += [[(r, c) for r in range(4)] for c in range(5)]
    for line in lines:
        filled = [sizes[r][c] for r, c in line if sizes[r][c]]
        own = [sizes[r][c] for r, c in line if (r, c) in hidden]
        enough = len(own) > 1 and sum(own) >= 5
        assert not own or enough or len(own) == len(filled)
    small = {(r, c) for r in range(4) for c in range(5) if 0 < sizes[r][c] < 5}
    assert small <= hidden


def test_segments_hide_a_small_cell_with_its_partners(two_segments):
    found = survey_results(Selection(two_segments))

    segments = segment_result(found.selection, found.curve(Loyalty.STATED))

    firms, homes = segments.curves
    assert not homes.shares[0].is_defined
    assert not firms.shares[0].is_defined
    assert firms.shares[4].value == pytest.approx(0.6)
    assert homes.shares[4].value == pytest.approx(0.3)


def test_step_is_compared_within_segments(two_segments):
    found = survey_results(Selection(two_segments))

    segments = segment_result(found.selection, found.curve(Loyalty.STATED))

    assert segments.comparison.risk_ratio.value == pytest.approx(3)
    assert segments.sameness.p_value > 0.05


def test_value_of_moving_takes_the_mix_of_segments(two_segments):
    found = survey_results(Selection(two_segments))
    result = found.curve(Loyalty.STATED)
    segments = segment_result(found.selection, result)

    moved = worth(result, segments, share_moved=0.5, margin=100)

    assert moved.is_standardised
    assert moved.customers == 120
    assert moved.moved.extra.value == pytest.approx(120 * 0.5 * 0.3)
    assert moved.moved.value.value == pytest.approx(1800)


def test_one_segment_is_no_comparison(xerox_survey):
    found = survey_results(Selection(xerox_survey))

    assert segment_result(found.selection, found.curve(Loyalty.STATED)) is None


def test_page_reckons_the_worth_of_a_step(staff_client, xerox_survey):
    asked = {"moved": "25", "margin": "900", "discount": "10"}

    text = text_of(page(staff_client, "reports:curve", xerox_survey, **asked))

    assert "If 25.0% of 400 customers who give 4 behaved like those who give 5" in text
    assert "about 25 more would be loyal: a margin of 22,500" in text
    assert "Lifetime value of a customer at each score" in text


@pytest.mark.parametrize(
    "asked",
    [
        {"moved": "x", "margin": "1"},
        {"moved": "101", "margin": "1"},
        {"moved": "nan", "margin": "inf"},
        {"moved": "5", "margin": ""},
        {"moved": "5", "margin": "9", "discount": "0"},
        {"indifference_from": "5", "affection_from": "3"},
        {"indifference_from": "77"},
        {"over": "nothing"},
    ],
)
def test_rubbish_is_answered_with_a_sentence(staff_client, xerox_survey, asked):
    response = page(staff_client, "reports:curve", xerox_survey, **asked)

    assert response.status_code == 200
    assert "Zone of affection" in response.content.decode()


def test_page_names_who_leaves_and_who_is_captive(staff_client, xerox_survey):
    text = text_of(page(staff_client, "reports:curve", xerox_survey))

    assert "Satisfied but leaving 62.5%" in text
    assert "Captive: loyal without being satisfied 0.9%" in text
    assert "a risk, not a success" in text


def test_page_lays_a_segment_over_the_curve(staff_client, two_segments):
    content = page(staff_client, "reports:curve", two_segments, over="homes").content.decode()

    assert '"meta": "overlay"' in content
    assert "over=firms" in content


def test_queries_of_the_curve_are_few(staff_client, two_segments, django_assert_max_num_queries):
    address = reverse("reports:curve", args=[two_segments.slug])
    staff_client.get(address)

    with django_assert_max_num_queries(20):
        staff_client.get(address, {"loyalty": "observed", "moved": "5", "margin": "9"})
