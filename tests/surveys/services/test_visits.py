"""Counting visits: what was counted fits together, whatever happens in whatever order."""

import random
import uuid

import pytest
from django.db import connection
from django.db.models import Count

from surveys.enums import Device
from surveys.models import Response, ResponseDraft, Visit
from surveys.questionnaire import questionnaire_of
from surveys.services.save_draft import save_draft
from surveys.services.submit_response import submit_response
from surveys.services.visits import FIRST_PAGE, Opening, Way, count_shown
from tests import factories

pytestmark = pytest.mark.django_db

ANSWERS = {"overall": "5", "again": "4", "recommend": "9", "staff": "4", "comment": None}


class Crowd:
    """Customers who do at random what customers do."""

    def __init__(self, survey, dice):
        self.survey, self.dice = survey, dice
        self.questionnaire = questionnaire_of(survey.versions.get())
        self.links = [factories.make_public_link(survey) for _ in range(3)]
        self.shown, self.begun, self.sent = [], [], 0

    def act(self):
        """One random step of one random customer."""
        self.dice.choices([self.open, self.open_again, self.go_on, self.send], [3, 1, 4, 3])[0]()

    def open(self):
        one = {"public_link": self.dice.choice(self.links), "submission_id": uuid.uuid4()}
        opening = Opening(visit_id=uuid.uuid4(), device=self.dice.choice(Device.values))
        self.shown.append((one, opening))
        if self.dice.random() < 0.8:  # the others have no script
            self._count(one, opening)

    def open_again(self):
        if self.shown:
            self._count(*self.dice.choice(self.shown))

    def go_on(self):
        if self.shown:
            one, opening = self.dice.choice(self.shown)
            self._save(one, opening)

    def send(self):
        if self.shown:
            one, opening = self.shown.pop(self.dice.randrange(len(self.shown)))
            for _time in range(self.dice.choice([1, 1, 2])):
                self._submit(one, opening)
            self.sent += 1

    def _count(self, one, opening):
        count_shown(
            survey=self.survey,
            version_id=self.questionnaire.version_id,
            opening=opening,
            public_link=one["public_link"],
        )

    def _save(self, one, opening):
        save_draft(
            questionnaire=self.questionnaire,
            answers={"overall": "3"},
            language="en",
            opening=opening,
            way=self.dice.choice([FIRST_PAGE, Way(2), Way(2, (1,))]),
            **one,
        )

    def _submit(self, one, opening):
        draft = ResponseDraft.objects.filter(pk=one["submission_id"]).first()
        visit_id = draft.visit_id if draft else opening.visit_id
        submit_response(
            questionnaire=self.questionnaire,
            answers=ANSWERS,
            language="en",
            opening=Opening(visit_id=visit_id, device=opening.device),
            **one,
        )


def wander(survey, *, steps, seed):
    crowd = Crowd(survey, random.Random(seed))
    for _step in range(steps):
        crowd.act()
    return crowd


def counts_of(visits):
    return visits.aggregate(
        shown=Count("shown_on"), started=Count("started_on"), completed=Count("completed_on")
    )


def assert_reconciled(survey, crowd):
    visits = Visit.objects.filter(version__survey=survey)
    total = counts_of(visits)
    assert total["completed"] == crowd.sent == Response.objects.filter(survey=survey).count()
    by_link = dict.fromkeys((link.pk for link in crowd.links), 0)
    for group in ("public_link", "device", "shown_on", "placement"):
        for row in visits.values(group).annotate(
            shown=Count("shown_on"), started=Count("started_on"), completed=Count("completed_on")
        ):
            assert row["completed"] <= row["started"] <= row["shown"]
            if group == "public_link":
                by_link[row[group]] = row["completed"]
    assert by_link == {
        link.pk: Response.objects.filter(public_link=link).count() for link in crowd.links
    }


def test_counts_reconcile_after_random_steps(survey):
    crowd = wander(survey, steps=600, seed=1)

    assert_reconciled(survey, crowd)


@pytest.mark.long
def test_counts_reconcile_after_ten_thousand_random_steps(survey):
    crowd = wander(survey, steps=10_000, seed=2)

    assert_reconciled(survey, crowd)


def test_counting_outside_the_rows_would_be_noticed(survey):
    """Control: a row that is completed twice over does not reconcile."""
    crowd = wander(survey, steps=100, seed=3)

    Visit.objects.create(
        version=survey.versions.get(),
        public_link=crowd.links[0],
        shown_on="2026-01-01",
        started_on="2026-01-01",
        completed_on="2026-01-01",
    )

    with pytest.raises(AssertionError):
        assert_reconciled(survey, crowd)


@pytest.fixture
def visit(survey):
    """A customer's visit of the two pages up to the end."""
    link = factories.make_public_link(survey, unit=factories.make_unit())
    one = {"public_link": link, "submission_id": uuid.uuid4(), "language": "en"}
    questionnaire = questionnaire_of(survey.versions.get())
    opening = Opening(device=Device.PHONE)
    draft = save_draft(
        questionnaire=questionnaire, answers={"overall": "5"}, opening=opening, way=Way(2), **one
    )
    opening = Opening(visit_id=draft.visit_id, device=Device.PHONE)
    submit_response(questionnaire=questionnaire, answers=ANSWERS, opening=opening, **one)
    return Visit.objects.get()


def test_visit_knows_link_unit_and_device(visit):
    assert visit.public_link.visits.get() == visit
    assert visit.placement == visit.public_link.unit.placement
    assert (visit.device, visit.reached) == (Device.PHONE, 2)
    assert visit.shown_on == visit.started_on == visit.completed_on


def test_nothing_joins_a_completed_visit_to_the_response(visit):
    response = Response.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM surveys_visit")
        values = {str(value).replace("-", "") for value in cursor.fetchone()}

    ids = {response.pk.hex, response.submission_id.hex, response.fingerprint}
    assert not values & ids
    assert not {field.get_internal_type() for field in Visit._meta.fields} & {"DateTimeField"}
    assert not ResponseDraft.objects.exists()


def test_visit_of_another_link_is_left_alone(survey, visit):
    other = factories.make_public_link(survey)
    questionnaire = questionnaire_of(survey.versions.get())
    foreign = Visit.objects.create(version=survey.versions.get(), shown_on=visit.shown_on)

    submit_response(
        questionnaire=questionnaire,
        submission_id=uuid.uuid4(),
        answers=ANSWERS,
        language="en",
        public_link=other,
        opening=Opening(visit_id=foreign.pk),
    )

    foreign.refresh_from_db()
    assert foreign.completed_on is None
    assert other.visits.get().completed_on is not None
