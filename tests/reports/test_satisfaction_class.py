"""Questions and breakdowns among those of one class of satisfaction."""

import re

import pytest
from django.urls import reverse

from reports.dataset import Selection, cube_of, forget_cells, one_reading, published_questionnaires
from reports.disclosure import disclosure_of
from reports.filters import Filters
from reports.rollups import rebuild
from surveys.enums import Role, SatisfactionClass
from surveys.models import Response
from tests import factories

pytestmark = pytest.mark.django_db

SCORES = {
    SatisfactionClass.LOW: [1, 2],
    SatisfactionClass.MODERATE: [3, 4],
    SatisfactionClass.HIGH: [5],
}


@pytest.fixture
def analyst(client):
    client.force_login(factories.make_user(Role.ANALYST))
    return client


def counted_before(survey):
    """The same answers, with all days but today counted."""
    rebuild(survey)
    forget_cells()


@pytest.mark.parametrize("wanted", SatisfactionClass.values)
@pytest.mark.parametrize("is_counted", [False, True])
def test_a_class_holds_the_answers_with_its_scores(random_survey, wanted, is_counted):
    if is_counted:
        counted_before(random_survey)
    rows = Response.objects.filter(
        survey=random_survey, is_test=False, satisfaction__in=SCORES[wanted]
    )
    selection = Selection(random_survey, satisfaction_class=wanted)

    with one_reading():
        cube = cube_of(Selection(random_survey), published_questionnaires(random_survey))

        assert selection.rows().count() == rows.count() > 0
        assert cube.n[cube.is_in({"satisfaction_class": wanted})].sum() == rows.count()


def test_questions_are_those_of_the_class(analyst, random_survey):
    address = reverse("reports:questions", args=[random_survey.slug])

    page = analyst.get(address, {"satisfaction_class": "low"}).content.decode()

    rows = Response.objects.filter(is_test=False, satisfaction__in=[1, 2])
    staff = rows.filter(answers__staff__in=[*"12345", "na"]).count()
    article = page.split('data-question="staff"')[1].split("</article>")[0]
    assert re.search(rf"\b{staff} answers\b", article)
    assert "follow from this choice" in page


def test_a_breakdown_by_class_counts_each_class(analyst, random_survey):
    address = reverse("reports:breakdown", args=[random_survey.slug])

    page = analyst.get(address, {"by": "satisfaction_class", "measure": "nps"}).content.decode()

    for wanted, scores in SCORES.items():
        rows = Response.objects.filter(is_test=False, satisfaction__in=scores)
        base = rows.filter(recommendation__isnull=False).count()
        row = page.split(f'<th scope="row">{wanted.label}')[1].split("</tr>")[0]
        assert f"<td>{base}</td>" in row


def test_pages_on_overall_satisfaction_itself_have_no_such_filter(analyst, random_survey):
    for name in ("reports:results", "reports:curve", "reports:trend"):
        page = analyst.get(reverse(name, args=[random_survey.slug])).content.decode()
        assert "satisfaction_class" not in page


def test_a_class_that_leaves_few_others_is_hidden(survey, administrator):
    factories.make_responses(
        survey,
        [
            {
                "answers": {"overall": "5" if place < 40 else "1"},
                "submitted_at": factories.datetime(2026, 3, 1, tzinfo=factories.UTC),
            }
            for place in range(43)
        ],
    )
    asked = published_questionnaires(survey)

    chosen = Filters(survey, administrator, satisfaction_class="high")

    assert chosen.selection.rows().count() == 40  # control: enough by itself
    assert disclosure_of(cube_of(Selection(survey), asked)).shows({})
    assert not chosen.may_be_shown(asked)
