"""R17: fifty versions are published while two hundred people answer; nothing goes astray."""

import random
import uuid

import pytest
from django.test import Client

from surveys.enums import QuestionType
from surveys.models import Choice, Question, SurveyVersion
from surveys.questionnaire import questionnaire_of
from surveys.services.publishing import publish_version, start_next_draft
from tests import factories

PEOPLE, PUBLISHES = 200, 50
CODES = [f"reason{number}" for number in range(8)]

pytestmark = pytest.mark.django_db(transaction=True)


class Person:
    """Answers page by page, as somebody does who is interrupted after the first."""

    def __init__(self, door, dice):
        self.browser, self.door, self.dice = Client(), door, dice
        self.form = {"_id": str(uuid.uuid4()), "_lang": "en"}
        self.answers = {}

    def begin(self, version):
        """Send the first page of the version that is open."""
        self.version = version
        self.answers = {"overall": str(self.dice.randint(1, 5))}
        answer = self.browser.post(self.door, self._page(self.answers))
        assert answer.status_code == 303
        self.next_page = answer["Location"]

    def finish(self, *, version=None):
        """Send the second page, as the version that was begun or as another; gives the status."""
        offered = [choice.code for choice in self._reasons().scored_choices]
        self.answers["reasons"] = [code for code in offered if self.dice.random() < 0.4] or None
        sent = {"reasons": self.answers["reasons"] or []}
        if version is not None:
            sent["_version"] = version.number
        return self.browser.post(self.next_page, self._page(sent)).status_code

    def _reasons(self):
        return questionnaire_of(self.version).question("reasons")

    def _page(self, answers):
        return self.form | {"_version": self.version.number} | answers


def make_first_version():
    """A survey with a second page whose options will change."""
    survey = factories.make_survey()
    draft = factories.make_draft(survey)
    question = Question.objects.create(
        version=draft,
        section=draft.sections.last(),
        key="reasons",
        type=QuestionType.MULTIPLE_CHOICE,
        text={"en": "Why?"},
        position=5,
    )
    for position, code in enumerate(CODES):
        Choice.objects.create(
            question=question, code=code, label={"en": code.title()}, position=position
        )
    draft.questions.filter(key__in=["comment", "staff"]).delete()
    factories.publish(draft)
    return survey


def publish_changed(survey, dice):
    """Publish a next version in which options were renamed, removed, put back and reordered."""
    draft = start_next_draft(survey=survey)
    question = draft.questions.get(key="reasons")
    question.choices.all().delete()
    kept = dice.sample(CODES, dice.randint(3, len(CODES)))
    for position, code in enumerate(kept):
        label = {"en": f"{code} as of {draft.number}"}
        Choice.objects.create(question=question, code=code, label=label, position=position)
    return publish_version(version=draft, revision=draft.revision)


def answer_while_publishing(dice):
    """Everybody begins and finishes at their own moment; gives people and where they answered."""
    survey = make_first_version()
    door = f"/s/{factories.make_public_link(survey).slug}/"
    people = [Person(door, dice) for _ in range(PEOPLE)]
    moments = [(dice.random(), "publish", None) for _ in range(PUBLISHES)]
    for person in people:
        begin, finish = sorted((dice.random(), dice.random()))
        moments += [(begin, "begin", person), (finish, "finish", person)]
    return survey, sorted(moments, key=lambda moment: moment[0])


def test_publishing_loses_and_misfiles_nothing():
    dice = random.Random(17)
    survey, moments = answer_while_publishing(dice)
    current, finished, seen_before = survey.versions.get(), [], {}

    for _moment, kind, person in moments:
        if kind == "publish":
            before = {one.pk: (one.version_id, one.answers) for one in survey.responses.all()}
            current = publish_changed(survey, dice)
            seen_before |= before
        elif kind == "begin":
            person.begin(current)
        else:
            assert person.finish() == 303
            finished.append(person)

    stored = {str(one.submission_id): one for one in survey.responses.all()}
    misfiled = [
        person
        for person in finished
        if (row := stored[person.form["_id"]]).version_id != person.version.pk
        or {key: row.answers.get(key) for key in person.answers} != person.answers
    ]
    after = {one.pk: (one.version_id, one.answers) for one in survey.responses.all()}
    assert SurveyVersion.objects.filter(survey=survey).count() == PUBLISHES + 1
    assert len(stored) == len(finished) == PEOPLE
    assert misfiled == []
    assert {pk: after[pk] for pk in seen_before} == seen_before
    across = sum(person.version.number < current.number for person in finished)
    print(f"R17: {PEOPLE} people, {PUBLISHES} publishes, {across} on older versions, misfiled 0")


def test_pages_taken_as_another_version_are_misfiled():
    """Control: when a page is taken as one of the newest version, options go astray."""
    dice = random.Random(17)
    survey = make_first_version()
    door = f"/s/{factories.make_public_link(survey).slug}/"
    people = [Person(door, dice) for _ in range(20)]
    for person in people:
        person.begin(survey.versions.get())
    newest = publish_changed(survey, dice)

    statuses = [person.finish(version=newest) for person in people]

    assert 422 in statuses
    assert newest.pk in survey.responses.values_list("version_id", flat=True)
