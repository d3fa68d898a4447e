"""Relationship and transactional surveys side by side: figures, rights and what is hidden."""

import csv
import io
import random

import pytest
from django.urls import reverse

from surveys.enums import MeasureRole, Role, SurveyKind
from surveys.models import Response, Segment, Unit
from tests import factories
from tests.reports.rows import START, make_rows

pytestmark = pytest.mark.django_db

PAGE, FILE = "reports:survey_kinds", "reports:survey_kinds_csv"


@pytest.fixture
def both(survey):
    """A relationship survey and a transactional one with random answers of the same units."""
    make_rows(survey, random.Random(7), 400)
    visit = factories.make_published_survey(slug="visit", kind=SurveyKind.TRANSACTIONAL)
    give(visit, random.Random(8), 300)
    return survey, visit


def give(survey, dice, number, units=None, segments=None):
    """Random overall answers, of the units and segments that are there."""
    units = units or list(Unit.objects.filter(depth=2))
    segments = segments or list(Segment.objects.filter(code__startswith="segment-"))
    factories.make_responses(
        survey,
        [
            {
                "answers": {"overall": str(dice.randint(1, 5))},
                "placement": dice.choice(units).placement,
                "segment": dice.choice(segments),
                "submitted_at": START,
            }
            for _ in range(number)
        ],
    )


def figures(client, **query):
    """The file as a mapping of group, survey and figure to value, ends and base."""
    text = client.get(reverse(FILE), query).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    return {(row[0], row[1], row[4]): row[5:] for row in rows}


def sign_in(client, role=Role.ANALYST, unit=None):
    client.force_login(factories.make_user(role, unit=unit))


def test_every_figure_is_that_of_the_rows(client, both):
    sign_in(client)

    found = figures(client, by="segment")

    segments = {segment.name["en"]: segment for segment in Segment.objects.all()}
    told = {key[0] for key in found} - {"Everybody", "Not known"}
    assert told == {"Segment 0", "Segment 1"}
    for survey in both:
        rows = Response.objects.filter(survey=survey, is_test=False)
        for name in told:
            scores = list(
                rows.filter(segment=segments[name]).values_list("satisfaction", flat=True)
            )
            about = (name, survey.title["en"])
            share, low, high, base = map(float, found[*about, "Top box"])
            assert base == len(scores)
            assert share == pytest.approx(scores.count(5) / len(scores))
            assert low < share < high
            for score in range(1, 6):
                own = float(found[*about, f"Score {score}"][0])
                assert own == pytest.approx(scores.count(score) / len(scores))
            assert float(found[*about, "Mean"][0]) == pytest.approx(sum(scores) / len(scores))


def test_differences_stand_beside_both_and_nothing_is_pooled(client, both):
    sign_in(client)

    found = figures(client, by="segment")

    first, second = (survey.title["en"] for survey in both)
    shares = [float(found["Segment 1", title, "Top box"][0]) for title in (first, second)]
    difference = found["Segment 1", second, "Difference of the top box"]
    bases = [int(found["Segment 1", title, "Top box"][3]) for title in (first, second)]
    assert float(difference[0]) == pytest.approx(shares[1] - shares[0])
    assert float(difference[1]) < float(difference[0]) < float(difference[2])
    assert int(difference[3]) == sum(bases)
    assert ("Segment 1", first, "Difference of the top box") not in found
    assert {key[1] for key in found} == {first, second}


def test_on_different_scales_only_parts_of_the_scale_are_shown(client, both):
    long = factories.make_survey(kind=SurveyKind.TRANSACTIONAL, slug="long")
    version = factories.make_draft(long)
    version.questions.filter(role=MeasureRole.OVERALL).delete()
    factories.make_rating(
        version.sections.first(), "whole", role=MeasureRole.OVERALL, position=9, values=range(11)
    )
    factories.publish(version)
    unit = Unit.objects.filter(depth=2).first()
    factories.make_responses(
        long,
        [
            {"answers": {"whole": str(n % 11)}, "placement": unit.placement, "submitted_at": START}
            for n in range(110)
        ],
    )
    sign_in(client)

    page = client.get(reverse(PAGE), {"transactional": "long", "by": "unit-2"}).content.decode()
    found = figures(client, transactional="long", by="unit-2")

    assert "different scales" in page
    assert "Mean" not in {key[2] for key in found}
    assert float(found[unit.name, long.title["en"], "Top box"][0]) == pytest.approx(10 / 110)
    assert float(found[unit.name, long.title["en"], "Bottom (0–4)"][0]) == pytest.approx(50 / 110)
    assert (unit.name, long.title["en"], "Difference of the top box") in found


def test_a_small_group_and_its_complement_are_hidden_in_their_survey_alone(client, both):
    survey, _visit = both
    units = list(Unit.objects.filter(depth=2))
    small = factories.make_published_survey(slug="small", kind=SurveyKind.TRANSACTIONAL)
    dice = random.Random(9)
    for unit, number in zip(units, (3, 20, 30), strict=True):
        give(small, dice, number, units=[unit])
    sign_in(client)

    found = figures(client, transactional="small", by="unit-2")

    of_small = {key[0]: key[2] for key in found if key[1] == small.title["en"]}
    assert of_small["Shop 0"] == of_small["Shop 1"] == "hidden"
    assert (units[2].name, small.title["en"], "Top box") in found
    assert (units[0].name, survey.title["en"], "Top box") in found
    assert ("Shop 0", small.title["en"], "Difference of the top box") not in found


def test_a_manager_sees_own_units_and_nothing_else(client, both):
    unit = Unit.objects.get(name="Shop 1")
    sign_in(client, Role.MANAGER, unit)

    found = figures(client, by="segment")

    for survey in both:
        own = Response.objects.filter(survey=survey, is_test=False, placement__unit=unit).count()
        assert int(found["Everybody", survey.title["en"], "Top box"][3]) == own
    page = client.get(reverse(PAGE), {"by": "unit-2"})
    assert "Shop 2" not in page.content.decode()
    other = Unit.objects.get(name="Shop 2")
    assert client.get(reverse(PAGE), {"unit": other.code}).status_code == 404


def test_surveys_of_employees_are_never_offered(client, both):
    staff = factories.make_published_survey(slug="staff", kind=SurveyKind.EMPLOYEE)
    sign_in(client, Role.ADMINISTRATOR)

    page = client.get(reverse(PAGE)).content.decode()
    asked = client.get(reverse(PAGE), {"transactional": staff.slug})

    assert staff.title["en"] not in page
    assert "Select a valid choice" in asked.content.decode()
    assert client.get(reverse(FILE), {"transactional": staff.slug}).status_code == 404


def test_the_page_leads_on_where_a_kind_is_lacking(client, survey):
    sign_in(client, Role.DESIGNER)

    page = client.get(reverse(PAGE)).content.decode()

    assert "A transactional survey that asks for overall satisfaction is still lacking." in page
    assert reverse("surveys:survey_create") in page


def test_home_and_overview_lead_to_the_page(client, both):
    sign_in(client)
    _survey, visit = both

    home = client.get(reverse("reports:home")).content.decode()
    overview = client.get(reverse("reports:results", args=[visit.slug])).content.decode()

    assert f'href="{reverse(PAGE)}"' in home
    assert f"{reverse(PAGE)}?transactional={visit.slug}" in overview
