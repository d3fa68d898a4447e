"""Figures from counted days are those of the rows, whatever happens to the rows meanwhile."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports import rollups
from reports.dataset import (
    BY_WAVE,
    Selection,
    cube_of,
    entries_counted,
    measure_counts,
    period_counts,
    published_questionnaires,
    reading_of,
    with_last_moment,
)
from reports.models import Rollup
from reports.rollups import rebuild, roll_up_next, wrong_days
from surveys.enums import SurveyMode
from surveys.imports.responses import ResponseImporter
from surveys.imports.staging import Staging
from surveys.models import Response, Segment, UnitPlacement
from surveys.questionnaire import questionnaire_of
from surveys.services import changed_days
from surveys.services.change_response import change_response
from surveys.services.exclusions import decide_on_responses
from surveys.services.import_responses import imported_response
from surveys.services.mixing import mix
from surveys.services.submit_response import submit_response
from surveys.services.sweeps import SWEEPS
from surveys.services.units import move_unit
from tests import factories
from tests.reports.rows import START, make_rows

pytestmark = pytest.mark.django_db


def roll_up():
    """What the worker does until nothing is left."""
    while roll_up_next():
        pass


def selections(survey):
    """The whole, and parts by everything that a page can filter by."""
    shop = UnitPlacement.objects.filter(unit__name="Shop 1")
    segment = Segment.objects.first()
    return [
        Selection(survey),
        Selection(survey, with_excluded=True),
        Selection(survey, segment=segment),
        Selection(survey, language="en", channel="link"),
        Selection(survey, first_day=date(2025, 8, 3), last_day=date(2026, 1, 20)),
        Selection(survey, shop, visible=shop),
    ]


def figures(survey):
    """Everything that is counted from days, as plain values."""
    asked = published_questionnaires(survey)
    return [_figures(selection, asked) for selection in selections(survey)]


def _figures(selection, asked):
    counts = measure_counts(selection, questionnaires=asked)
    by_segment = measure_counts(selection, questionnaires=asked, by="segment__code")
    cube = cube_of(selection, asked, column="satisfaction")
    names = sorted(cube.columns)
    columns = [
        [cube.columns[name].values[code] for code in cube.columns[name].codes] for name in names
    ]
    cells = Counter()
    for *key, n in zip(*columns, cube.answers.tolist(), cube.n.tolist(), strict=True):
        cells[tuple(key)] += n
    return (
        table_of(counts.table),
        table_of(by_segment.table),
        with_last_moment(selection, counts.span),
        counts.other_versions,
        names,
        cells,
        period_counts(selection, asked, "overall").values,
        period_counts(selection, asked, None, by=BY_WAVE).responses,
        entries_counted(selection, ("staff", "again", "comment"), written=("comment",)),
    )


def table_of(table):
    return [(axis.name, axis.levels) for axis in table.axes], table.n.tolist()


def from_rows(survey):
    """The same figures without a single day that was counted before."""
    kept = Rollup.objects.filter(survey=survey).values_list("complete_before", flat=True).first()
    Rollup.objects.filter(survey=survey).update(complete_before=None)
    try:
        return figures(survey)
    finally:
        Rollup.objects.filter(survey=survey).update(complete_before=kept)


def test_counted_days_give_the_figures_of_the_rows(random_survey):
    expected = figures(random_survey)

    roll_up()

    assert reading_of(random_survey).parts[0].n.sum() > 300
    assert figures(random_survey) == expected


def test_worker_counts_unasked():
    assert roll_up_next in SWEEPS


class Fieldwork:
    """Everything that can happen to the answers of a survey, at random and by the real services."""

    def __init__(self, survey, administrator, seed):
        self.survey, self.user, self.dice = survey, administrator, random.Random(seed)
        self.questionnaire = questionnaire_of(survey.versions.get())
        self.link = factories.make_public_link(survey)
        self.units, self.segments = make_rows(survey, self.dice, 120)
        self.number = 0
        survey.changeable_days = 60
        survey.save()

    def answers(self):
        """One filled questionnaire."""
        score = self.dice.randint(1, 5)
        again, recommend = self.dice.choice("12345"), str(self.dice.randint(0, 10))
        return {"overall": str(score), "again": again, "recommend": recommend, "staff": "na"}

    def some(self, number=3):
        """Some of the responses."""
        keys = list(Response.objects.filter(survey=self.survey).values_list("pk", flat=True))
        return Response.objects.filter(pk__in=self.dice.sample(sorted(keys), number))

    def answer_now(self):
        """Somebody answers today."""
        submit_response(
            questionnaire=self.questionnaire,
            submission_id=uuid4(),
            answers=self.answers(),
            language="en",
            public_link=self.link,
        )

    def leave_out(self):
        """Staff leave answers out, or take them in again."""
        excludes = self.dice.random() < 0.6
        decide_on_responses(
            responses=self.some(), excludes=excludes, reason="A look", user=self.user
        )

    def bring_old_answers(self):
        """Answers of past days come in a file."""
        day = START + timedelta(days=self.dice.randrange(500))
        self.number += 1
        importer = ResponseImporter(self.survey)
        importer.days = {day.date()}
        with Staging() as staging, transaction.atomic():
            staging.insert(
                [
                    imported_response(
                        survey=self.survey,
                        questionnaire=self.questionnaire,
                        external_id=f"{self.number}-{place}",
                        answers=self.answers(),
                        answered_at=day,
                        language="en",
                        unit=self.dice.choice(self.units),
                    )
                    for place in range(self.dice.randint(1, 4))
                ]
            )
            importer.write(staging)

    def change_an_answer(self):
        """A customer changes an answer of the last weeks."""
        invitation, _token = factories.make_invitation(self.survey)
        first = submit_response(
            questionnaire=self.questionnaire,
            submission_id=uuid4(),
            answers=self.answers(),
            language="en",
            invitation=invitation,
        ).response
        before = timezone.now() - timedelta(days=self.dice.randint(3, 20))
        Response.objects.filter(pk=first.pk).update(submitted_at=before, submitted_on=before.date())
        changed_days.note_changed_days(self.survey.pk, [before.date()])
        if self.dice.random() < 0.7:
            roll_up()
        invitation.refresh_from_db()
        change_response(
            invitation=invitation,
            questionnaire=self.questionnaire,
            submission_id=uuid4(),
            replaces=first.submission_id,
            answers=self.answers(),
            language="en",
        )

    def move_a_unit(self):
        """A shop goes elsewhere in the tree; its answers stay where they were given."""
        move_unit(unit=self.dice.choice(self.units), parent=factories.make_unit("Region"))

    def count_some_days(self):
        """The worker comes by."""
        for _time in range(self.dice.randint(1, 3)):
            roll_up_next()

    def count_all_anew(self):
        """The operator has everything counted anew."""
        rebuild(self.survey)

    def something(self):
        """One of these."""
        what = self.dice.choice(
            [
                self.answer_now,
                self.leave_out,
                self.leave_out,
                self.bring_old_answers,
                self.bring_old_answers,
                self.change_an_answer,
                self.move_a_unit,
                self.count_some_days,
                self.count_some_days,
                self.count_all_anew,
            ]
        )
        what()
        return what.__name__


@pytest.fixture
def small_steps(monkeypatch):
    """The worker counts few days at a time, so that often only some are counted."""
    monkeypatch.setattr(rollups, "DAYS_AT_ONCE", 40)


@pytest.mark.parametrize("seed", range(3))
def test_figures_are_those_of_the_rows_at_every_moment(survey, administrator, seed, small_steps):
    fieldwork = Fieldwork(survey, administrator, seed)
    roll_up()
    for step in range(12):
        what = fieldwork.something()
        assert figures(survey) == from_rows(survey), f"step {step}: {what}"
    roll_up()
    assert figures(survey) == from_rows(survey)
    assert wrong_days(survey) == []


def test_without_telling_the_figures_would_go_wrong(survey, administrator, monkeypatch):
    """The control: with nobody listening to what changed, the same test finds it."""
    fieldwork = Fieldwork(survey, administrator, 1)
    roll_up()
    monkeypatch.setattr(changed_days, "LISTENERS", [])

    fieldwork.bring_old_answers()

    assert figures(survey) != from_rows(survey)
    assert wrong_days(survey)


def test_first_page_needs_no_further_queries_for_further_surveys(
    staff_client, xerox_survey, django_assert_num_queries
):
    address = reverse("reports:home")
    make_rows(factories.make_published_survey(), random.Random(1), 30)
    roll_up()
    staff_client.get(address)  # what stays in memory is read once
    with CaptureQueriesContext(connection) as two_surveys:
        staff_client.get(address)
        number_before = len(two_surveys)
    for number in range(4):
        further = factories.make_published_survey()
        factories.make_responses(further, answers_of_a_day(20, number))
    roll_up()
    staff_client.get(address)

    with django_assert_num_queries(number_before):
        staff_client.get(address)


def answers_of_a_day(number, place):
    """Some answers of one past day."""
    moment = START + timedelta(days=place)
    full = {"overall": "5", "again": "4", "recommend": "9", "staff": "4"}
    return [{"answers": full, "submitted_at": moment} for _ in range(number)]


def test_page_of_the_curve_needs_at_most_twenty_five_queries(staff_client, random_survey):
    roll_up()
    address = reverse("reports:curve", args=[random_survey.slug])
    staff_client.get(address)

    for query in ({}, {"segment": "segment-1"}, {"unit": UnitPlacement.objects.last().unit.code}):
        with CaptureQueriesContext(connection) as queries:
            staff_client.get(address, query)
            assert len(queries) <= 25


def test_command_finds_what_was_changed_past_topbox_and_mends_it(random_survey):
    roll_up()
    Response.objects.filter(survey=random_survey, satisfaction=5).update(satisfaction=1)

    with pytest.raises(CommandError, match="Wrong days"):
        call_command("rebuild_rollups", "--check", stdout=StringIO())
    call_command("rebuild_rollups", random_survey.slug, stdout=StringIO())

    call_command("rebuild_rollups", "--check", stdout=StringIO())
    assert figures(random_survey) == from_rows(random_survey)


def test_command_names_a_survey_that_does_not_exist(random_survey):
    with pytest.raises(CommandError, match="There is no survey “nothing”"):
        call_command("rebuild_rollups", "nothing", stdout=StringIO())


def test_answer_that_comes_while_its_day_is_counted_is_not_lost(random_survey, monkeypatch):
    day = START.date() + timedelta(days=3)
    counting = rollups._count

    def count_slowly(survey, days):
        found = counting(survey, days)
        if day in days and not Response.objects.filter(submitted_on=day, language="yy").exists():
            factories.make_responses(survey, answers_of_a_day(1, 3))
            Response.objects.filter(submitted_on=day).update(language="yy")
            changed_days.note_changed_days(survey.pk, [day])
        return found

    monkeypatch.setattr(rollups, "_count", count_slowly)
    roll_up_next()

    assert figures(random_survey) == from_rows(random_survey)
    roll_up()
    assert wrong_days(random_survey) == []


def test_anonymous_answers_are_counted_when_they_are_mixed():
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)
    for _ in range(6):
        factories.make_response(survey, {"overall": "5", "again": "4"})
    past = timezone.now().date() - timedelta(days=9)
    Response.objects.update(submitted_on=past)
    roll_up()
    assert Rollup.objects.get(survey=survey).complete_before > past

    mix(survey)

    assert measure_counts(Selection(survey)).span.responses == 6
    roll_up()
    assert measure_counts(Selection(survey)).span.responses == 6
    assert figures(survey) == from_rows(survey)


def test_day_is_counted_only_when_it_is_over_everywhere(random_survey):
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)

    assert changed_days.first_open_day(noon - timedelta(microseconds=1)) == date(2026, 3, 1)
    assert changed_days.first_open_day(noon) == date(2026, 3, 2)
    assert rollups.first_uncountable_day() <= changed_days.first_open_day()
