"""How numbers look."""

import math
from datetime import date
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from reports.words import formatting


def ends(low, high, value=None):
    return SimpleNamespace(low=low, high=high, value=value, has_interval=low is not None)


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.819, "81.9%"),
        (0.996, "99.6%"),
        (0.9997, ">99.9%"),
        (1.0, "100.0%"),
        (0.0, "0.0%"),
        (0.0004, "<0.1%"),
        (0.0625, "6.3%"),
        (0.285, "28.5%"),
        (None, "–"),
    ],
)
def test_percent_has_one_decimal_and_never_claims_all(share, shown):
    assert formatting.percent(share) == shown


@pytest.mark.parametrize(
    ("points", "shown"), [(31.6, "+32"), (-5.2, "−5"), (0.4, "0"), (-0.4, "0"), (None, "–")]
)
def test_net_score_has_a_sign_and_no_decimals(points, shown):
    assert formatting.net_score(points) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(6.0, "6.0"), (1.209, "1.21"), (1.999, "2.0"), (0.5, "0.50"), (None, "–")]
)
def test_ratio_has_as_many_decimals_as_it_needs(value, shown):
    assert formatting.ratio(value) == shown


def test_ratio_interval_takes_the_decimals_of_its_estimate():
    assert formatting.ratio_interval(ends(1.83, 2.44, 2.11)) == "1.8 to 2.4"
    assert formatting.ratio_interval(ends(0.97, 2.44, 1.5)) == "0.97 to 2.44"


def test_unbounded_interval_says_or_more():
    assert formatting.ratio_interval(ends(3.2, math.inf)) == "3.2 or more"


def test_no_interval_is_a_dash():
    assert formatting.interval(ends(None, None)) == "–"


@pytest.mark.parametrize(
    ("needed", "shown"), [(3.2, "4"), (41.0, "41"), (122.4, "130"), (19731, "20,000")]
)
def test_more_answers_are_rounded_up_to_two_digits(needed, shown):
    assert formatting.more_answers(needed) == shown


@pytest.mark.parametrize(
    ("language", "shown", "number"),
    [
        ("en", "3 April 2026", "26,840"),
        ("zh-hans", "2026年4月3日", "26,840"),
        ("zh-hant", "2026年4月3日", "26,840"),
    ],
)
def test_days_and_counts_follow_the_language(language, shown, number):
    with override(language):
        assert formatting.day(date(2026, 4, 3)) == shown
        assert formatting.count(26840) == number


def test_one_answer_is_singular():
    assert [formatting.answers(n) for n in (0, 1, 2)] == ["0 answers", "1 answer", "2 answers"]
