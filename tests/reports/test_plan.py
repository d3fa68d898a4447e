"""The survey plan is stored, edited and printed."""

from datetime import date

import pytest
from django.urls import reverse

from reports.dataset import Selection
from reports.exporters.pdf import bulletin_html
from reports.presentation import results_view
from reports.summaries import survey_results
from reports.words.plan import survey_plan
from tests import factories

pytestmark = pytest.mark.django_db

PLAN = {
    "purpose": "To learn why customers stay.",
    "population": "Customers with a contract.",
    "selection": "random",
    "sample_size": "1200",
    "sample_seed": "42",
    "selection_rule": "Drawn from the customer list.",
    "field_from": "2026-03-01",
    "field_until": "2026-03-31",
}
WORDS = [
    ("Purpose", "To learn why customers stay."),
    ("Who could be asked", "Customers with a contract."),
    (
        "How they were chosen",
        "A random number from a list, 1,200 chosen, seed 42 · Drawn from the customer list.",
    ),
    ("Planned days", "1 March 2026 to 31 March 2026, time zone Asia/Taipei"),
]


def save(client, survey, **fields):
    data = {
        "title__en": "Spring",
        "kind": survey.kind,
        "mode": survey.mode,
        "languages": ["en"],
        "default_language": "en",
        "time_zone": "Asia/Taipei",
    }
    address = reverse("surveys:survey_settings", args=[survey.slug])
    answer = client.post(address, data | PLAN | fields)
    survey.refresh_from_db()
    return answer


def test_plan_is_stored_and_printed_on_page_and_paper(staff_client, survey):
    save(staff_client, survey)
    for _number in range(5):
        factories.make_response(survey, {"overall": "5"})

    page = staff_client.get(reverse("reports:results", args=[survey.slug])).content.decode()
    view = results_view(survey_results(Selection(survey, None), loyalties=()))
    paper = bulletin_html(view, survey=survey, level="manager", language="en")

    assert survey_plan(survey) == WORDS
    for name, words in WORDS:
        assert f"<dt>{name}</dt><dd>{words}</dd>" in page
        assert f"<dt>{name}</dt><dd>{words}</dd>" in paper


def test_plan_is_shown_again_for_editing(staff_client, survey):
    save(staff_client, survey)

    page = staff_client.get(reverse("surveys:survey_settings", args=[survey.slug]))

    values = {name: page.context["form"][name].value() for name in PLAN}
    assert {name: str(value) for name, value in values.items()} == PLAN
    assert 'value="2026-03-01"' in page.content.decode()


def test_random_selection_gets_a_seed_that_stays(staff_client, survey):
    save(staff_client, survey, sample_seed="")
    drawn = survey.sample_seed
    assert drawn is not None

    save(staff_client, survey, sample_seed=str(drawn))

    assert survey.sample_seed == drawn


def test_only_a_random_selection_has_a_seed(staff_client, survey):
    save(staff_client, survey, selection="all")

    assert survey.sample_seed is None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("field_until", "2026-02-01", "The last day is before the first."),
        ("field_from", "31.02.2026", "valid date"),
        ("sample_size", "0", "greater than or equal to 1"),
        ("sample_seed", "99999999999", "less than or equal to"),
    ],
)
def test_wrong_plan_is_told_and_not_stored(staff_client, survey, field, value, sentence):
    page = save(staff_client, survey, **{field: value})

    assert sentence in page.content.decode()
    assert survey.purpose == ""


def test_survey_without_a_plan_prints_none(survey):
    assert survey_plan(survey) == []


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"field_from": date(2026, 3, 1)}, "from 1 March 2026, time zone UTC"),
        ({"field_until": date(2026, 3, 1)}, "until 1 March 2026, time zone UTC"),
    ],
)
def test_open_field_dates_are_said_in_words(dates, words):
    assert survey_plan(factories.make_survey(**dates)) == [("Planned days", words)]
