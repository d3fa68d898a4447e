"""Counts against a plain recomputation from the rows."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from reports.dataset import Selection, distribution_counts, measure_counts, observed_counts
from reports.enums import Loyalty
from scoring.counts import MISSING, NOT_APPLICABLE
from surveys.models import Event, Panel, Response, Wave
from surveys.permissions import placements_for
from tests import factories
from tests.reports.rows import make_rows

SEEDS = [1, 2, 3]


def counted(table):
    """The non-empty cells of a table."""
    return {
        (score, loyal): n
        for score in table.axis("score").levels
        for loyal in table.axis("loyal").levels
        if (n := table.count(score=score, loyal=loyal))
    }


def rows_of(survey, **fields):
    return list(Response.objects.filter(survey=survey, is_test=False, **fields))


@pytest.mark.parametrize("seed", SEEDS)
def test_stated_counts_equal_a_recomputation_from_the_rows(survey, seed):
    make_rows(survey, random.Random(seed), 300)
    expected = Counter()
    for row in rows_of(survey):
        again = row.answers["again"]
        expected[(int(row.answers["overall"]), MISSING if again is None else int(again) >= 4)] += 1

    counts = measure_counts(Selection(survey))

    assert counted(counts.curve_table(Loyalty.STATED)) == dict(expected)
    assert counts.span.responses == sum(expected.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_recommendation_counts_equal_a_recomputation_from_the_rows(survey, seed):
    make_rows(survey, random.Random(seed), 300)
    expected = Counter()
    for row in rows_of(survey):
        given = row.answers["recommend"]
        expected[(int(row.answers["overall"]), MISSING if given is None else int(given) >= 9)] += 1

    counts = measure_counts(Selection(survey))

    assert counted(counts.curve_table(Loyalty.RECOMMENDATION)) == dict(expected)


@pytest.mark.parametrize("days", [30, 180])
@pytest.mark.parametrize("seed", SEEDS)
def test_observed_counts_equal_a_recomputation_from_the_rows(survey, seed, days):
    make_rows(survey, random.Random(seed), 300)
    window = timedelta(days=days)
    purchases = list(Event.objects.filter(kind__shows_loyalty=True))
    cutoff = max(event.occurred_at for event in purchases)
    known = [row for row in rows_of(survey) if row.customer_id]
    ready = [row for row in known if row.submitted_at + window <= cutoff]
    last = {row.customer_id: row for row in sorted(ready, key=lambda r: (r.submitted_at, r.pk))}
    expected = Counter(
        (
            row.satisfaction,
            any(
                event.customer_id == row.customer_id
                and row.submitted_at < event.occurred_at <= row.submitted_at + window
                for event in purchases
            ),
        )
        for row in last.values()
    )

    counts = observed_counts(Selection(survey), days=days)

    assert counted(counts.table) == dict(expected)
    assert counts.without_follow_up == len(known) - len(ready)
    assert counts.without_customer == len(rows_of(survey)) - len(known)
    assert counts.earlier_answers == len(ready) - len(last)


def test_purchase_counts_after_the_answer_until_the_last_moment_of_the_window(survey):
    window = timedelta(days=180)
    moments = [timedelta(0), timedelta(microseconds=1), window, window + timedelta(microseconds=1)]
    for offset in moments:
        customer = factories.make_customer()
        row = factories.make_response(survey, {"overall": "5"}, customer=customer)
        factories.make_event(customer, occurred_at=row.submitted_at + offset)
    late = factories.make_customer()
    factories.make_event(late, occurred_at=row.submitted_at + 2 * window)

    counts = observed_counts(Selection(survey))

    assert counted(counts.table) == {(5, False): 2, (5, True): 2}


def test_answers_without_full_follow_up_are_never_not_loyal(survey):
    customer = factories.make_customer()
    row = factories.make_response(survey, {"overall": "1"}, customer=customer)
    factories.make_event(customer, occurred_at=row.submitted_at + timedelta(days=179))

    counts = observed_counts(Selection(survey))

    assert counts.table.base == 0
    assert counts.without_follow_up == 1


def test_missing_and_not_applicable_are_counted_apart(db):
    survey = factories.make_survey()
    version = factories.make_draft(survey)
    overall = version.questions.get(key="overall")
    overall.is_required = False
    overall.save()
    overall.choices.create(code="na", label={"en": "Does not apply"}, kind="not_applicable")
    factories.publish(version)
    for score in ["5", "na", None]:
        factories.make_response(survey, {"overall": score, "again": "5"})

    table = measure_counts(Selection(survey)).curve_table(Loyalty.STATED)

    assert counted(table) == {(5, True): 1, (NOT_APPLICABLE, True): 1, (MISSING, True): 1}


@pytest.mark.parametrize("seed", SEEDS)
def test_distribution_equals_a_recomputation_from_the_rows(survey, seed):
    make_rows(survey, random.Random(seed), 300)
    rows = rows_of(survey)
    given = [row.answers["staff"] for row in rows if "staff" in row.answers]

    counts = distribution_counts(Selection(survey), "staff")

    assert counts.counts == tuple(given.count(code) for code in [*"12345", "na"])
    assert counts.skipped == given.count(None)
    assert counts.not_shown == len(rows) - len(given)


def test_multiple_choice_is_counted_by_choice(db):
    survey = factories.make_survey()
    version = factories.make_draft(survey)
    question = version.questions.get(key="staff")
    question.type, question.role = "multiple_choice", ""
    question.save()
    factories.publish(version)
    factories.make_response(survey, {"overall": "5", "staff": ["1", "2"]})
    factories.make_response(survey, {"overall": "5", "staff": ["2"]})
    factories.make_response(survey, {"overall": "5", "staff": None})

    counts = distribution_counts(Selection(survey), "staff")

    assert (counts.count_of("1"), counts.count_of("2")) == (1, 2)
    assert (counts.respondents, counts.skipped) == (2, 1)


def test_manager_counts_only_the_own_units(random_survey):
    unit = Response.objects.filter(placement__isnull=False).first().placement.unit
    manager = factories.make_user("manager", unit=unit)
    expected = len(rows_of(random_survey, placement__unit=unit))

    counts = measure_counts(Selection(random_survey, placements=placements_for(manager)))

    assert 0 < counts.span.responses == expected


def test_groups_add_up_to_the_whole(random_survey):
    whole = measure_counts(Selection(random_survey)).curve_table(Loyalty.STATED)

    grouped = measure_counts(Selection(random_survey), by="segment__code")

    assert grouped.curve_table(Loyalty.STATED).sum_to("score", "loyal") == whole


def test_days_are_included_at_both_ends(random_survey):
    days = sorted({row.submitted_on for row in rows_of(random_survey)})[3:9]
    expected = len(rows_of(random_survey, submitted_on__range=(days[0], days[-1])))

    counts = measure_counts(Selection(random_survey, first_day=days[0], last_day=days[-1]))

    assert counts.span.responses == expected
    assert (counts.span.first_day, counts.span.last_day) == (days[0], days[-1])


def test_versions_with_another_scale_are_counted_apart(survey):
    factories.make_response(survey, {"overall": "5", "again": "5"})
    survey.versions.update(state="closed")
    version = factories.make_draft(survey)
    version.questions.get(key="overall").choices.create(code="6", label={"en": "6"}, value=6)
    factories.publish(version)
    factories.make_response(survey, {"overall": "6", "again": "5"})

    counts = measure_counts(Selection(survey))

    assert (counts.scale.highest, counts.span.responses, counts.other_versions) == (6, 1, 1)


def test_number_of_queries_does_not_grow_with_answers(survey, django_assert_num_queries):
    selection = Selection(survey)
    measure_counts(selection)  # the frozen questionnaire is read once

    for number in (1, 30):
        make_rows(survey, random.Random(number), number)
        with django_assert_num_queries(4):
            measure_counts(selection)
        with django_assert_num_queries(7):
            observed_counts(selection)
        with django_assert_num_queries(3):
            distribution_counts(selection, "staff")


def test_panel_that_is_reported_apart_counts_only_where_its_wave_is_chosen(db):
    survey = factories.make_published_survey()
    panel = Panel.objects.create(name="Voices", is_apart=True)
    wave = Wave.objects.create(
        survey=survey, name="Voices", panel=panel, starts_on="2026-01-01", ends_on="2026-01-31"
    )
    for score, asked_by in (("5", wave), ("1", None)):
        for _time in range(6):
            response = factories.make_response(survey, {"overall": score})
            Response.objects.filter(pk=response.pk).update(wave=asked_by)

    everybody, voices = Selection(survey), Selection(survey, wave=wave)

    assert everybody.rows().count() == 6
    assert set(everybody.rows().values_list("satisfaction", flat=True)) == {1}
    assert set(voices.rows().values_list("satisfaction", flat=True)) == {5}
    assert voices.universe.rows().count() == 6
    Panel.objects.update(is_apart=False)
    assert everybody.rows().count() == 12
