"""`run_due` begins what is due and says so; the survey plan names whom each wave chose."""

from io import StringIO

from django.core.management import call_command

from reports.words.plan import survey_plan
from surveys.enums import MessageKind
from tests import factories

from .builders import (
    DAY,
    NOON,
    make_customers,
    make_rule,
    make_series,
    make_text,
    make_wave,
    mark_sent,
    recruit,
)


def said():
    """What the command prints, line by line."""
    out = StringIO()
    call_command("run_due", stdout=out)
    return out.getvalue().splitlines()


def test_everything_due_is_begun_and_told_once(survey, noon):
    _reminded, repaired = make_customers(2)
    asking = recruit(
        make_wave(survey, reminder_text=make_text(survey, MessageKind.REMINDER), reminder_days=[3])
    )
    mark_sent(asking, NOON - 3 * DAY)
    make_series(factories.make_published_survey())
    factories.make_event(repaired, kind="repair_done", occurred_at=NOON - 7 * DAY)
    make_rule(factories.make_published_survey())

    assert said() == [
        "Waves begun: 1.",
        "Skipped, with the reason: 1.",
        "Reminders: 2.",
    ]
    assert said() == ["Nothing is due."]


def test_event_that_is_due_is_asked_about(survey, noon):
    (customer,) = make_customers(1)
    factories.make_event(customer, kind="repair_done", occurred_at=NOON - 7 * DAY)
    make_rule(survey)

    assert said() == ["Asked about events: 1."]


def test_report_names_population_and_seed_of_each_wave(survey):
    make_customers(5)
    recruit(make_wave(survey, name="Spring", sample_size=2, sample_seed=77))

    survey.refresh_from_db()
    plan = dict(survey_plan(survey))

    assert plan["Customers of each wave"] == "Spring: All customers, 2 at random, seed 77"
    assert plan["How they were chosen"] == "A random number from a list, 2 chosen, seed 77"
