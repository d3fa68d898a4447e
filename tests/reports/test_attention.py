"""What to look at: three things by a fixed rule, none that is not there, none that says why."""

import random
from datetime import timedelta

import pytest

from reports.dataset import Selection
from reports.overview.attention import MOST
from reports.overview.overview import overview, places_on_paper
from reports.summaries import survey_results
from tests import factories
from tests.reports.rows import START, make_rows
from tests.reports.test_pages import page, text_of

pytestmark = pytest.mark.django_db

CAUSAL = ("because", "caused", "leads to", "due to", "results in", "thanks to")


def shown(survey):
    selection = Selection(survey)
    results = survey_results(selection, with_distributions=True)
    places = () if results.is_hidden else places_on_paper(selection)
    return overview(results, places=places)


@pytest.fixture
def worst_shop(survey):
    """Three shops, of which one is clearly worse."""
    rows = []
    for name, share in (("Good", 8), ("Fair", 7), ("Bad", 1)):
        placement = factories.make_unit(name).placement
        rows += [
            {
                "answers": {"overall": "5" if n % 10 < share else "2"},
                "placement": placement,
                "submitted_at": START + timedelta(days=n % 300),
            }
            for n in range(100)
        ]
    factories.make_responses(survey, rows)
    return survey


def test_the_clearly_worst_unit_is_named_with_figure_interval_and_base(worst_shop):
    matter = next(one for one in shown(worst_shop).matters if one.kind == "place")

    assert matter.text.startswith("Bad: Top box 10.0% (95% interval ")
    assert "n = 100" in matter.text
    assert matter.query == {"by": "unit-1"}


def test_nothing_is_named_where_units_do_not_differ(survey):
    """Noise: 20 surveys of random answers name a unit in hardly any."""
    make_rows(survey, random.Random(5), 300)

    found = shown(survey)

    assert [m for m in found.matters if m.kind == "place" and "Not known" in m.text] == []


@pytest.mark.parametrize("seed", range(5))
def test_words_never_say_why(survey, seed):
    make_rows(survey, random.Random(seed), 250)

    for matter in shown(survey).matters:
        assert not any(word in matter.text.lower() for word in CAUSAL)


def test_there_are_three_at_most(survey):
    make_rows(survey, random.Random(2), 400)

    assert len(shown(survey).matters) <= MOST


def test_few_answers_have_nothing_to_look_at(survey):
    make_rows(survey, random.Random(2), 3)

    assert shown(survey).matters == ()


def test_first_screen_has_all_that_a_decision_needs(staff_client, worst_shop):
    """Headline, score, interval, base, period, change with verdict, what to look at."""
    text = text_of(page(staff_client, "reports:results", worst_shop))

    assert "of the customers give the best score" in text
    assert "95% interval" in text
    assert "n = 300" in text
    assert "1 June 2025 to" in text
    assert "Change of the top box" in text
    assert "To look at Bad" in text
