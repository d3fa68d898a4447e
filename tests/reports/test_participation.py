"""The progress of the fieldwork: counts that fit together, small groups hidden, own units only."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from reports.fieldwork.participation import Period, participation
from surveys.enums import Device, Role
from surveys.models import Visit
from surveys.services.visits import day_in
from tests import factories
from tests.reports.test_pages import signed_in, text_of
from tests.surveys.rules.surveys import make_draft, question, section, when

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 2)
WEEK = Period(MONDAY, MONDAY + timedelta(days=6))


def make_visits(survey, number, *, day=MONDAY, started=0, completed=0, reached=1, **fields):
    """So many visits, of which some were started and some of these completed."""
    version = survey.versions.get(state="published")
    return Visit.objects.bulk_create(
        Visit(
            version=version,
            shown_on=day,
            started_on=day if place < started else None,
            completed_on=day if place < completed else None,
            reached=reached if place < started else 1,
            **fields,
        )
        for place in range(number)
    )


def funnel_of(group):
    return group.funnel and (group.funnel.shown, group.funnel.started, group.funnel.completed)


def test_funnel_counts_visits_of_the_period(survey):
    make_visits(survey, 10, started=7, completed=4)
    make_visits(survey, 10, day=MONDAY - timedelta(days=1))
    make_visits(survey, 10, day=MONDAY + timedelta(days=7))

    found = participation(survey, WEEK).funnel

    assert (found.shown, found.started, found.completed) == (10, 7, 4)


def test_groups_add_up_to_the_total(survey):
    links = [factories.make_public_link(survey, name=name) for name in ("Door", "Till")]
    units = [factories.make_unit(name) for name in ("North", "South")]
    for place, (link, unit) in enumerate(zip(links, units, strict=True)):
        make_visits(
            survey,
            6 + place,
            started=4,
            completed=2,
            day=MONDAY + timedelta(days=place),
            public_link=link,
            placement=unit.placement,
            device=[Device.PHONE, Device.DESKTOP][place],
        )

    found = participation(survey, WEEK)

    for groups in (found.by_day, found.by_link, found.by_unit, found.by_device):
        assert sum(group.funnel.shown for group in groups) == found.funnel.shown == 13
        assert sum(group.funnel.completed for group in groups) == found.funnel.completed == 4
    assert [group.key for group in found.by_link] == ["Door", "Till"]


def test_small_group_is_hidden_with_the_one_that_would_tell_it(survey):
    for number, device in ((3, Device.TABLET), (6, Device.DESKTOP), (20, Device.PHONE)):
        make_visits(survey, number, device=device)

    found = {group.key: funnel_of(group) for group in participation(survey, WEEK).by_device}

    assert found == {Device.TABLET: None, Device.DESKTOP: None, Device.PHONE: (20, 0, 0)}


def test_long_period_is_told_by_weeks(survey):
    period = Period(MONDAY, MONDAY + timedelta(days=90))
    for day in (0, 6, 7, 90):
        make_visits(survey, 5, day=MONDAY + timedelta(days=day))

    found = participation(survey, period)

    assert [(group.key, group.funnel.shown) for group in found.by_day] == [
        (MONDAY, 10),
        (MONDAY + timedelta(days=7), 5),
        (MONDAY + timedelta(days=84), 5),
    ]
    assert {group.key for group in found.by_day} <= set(period.spans)


def test_pages_tell_where_people_left(survey):
    make_visits(survey, 10)
    make_visits(survey, 20, started=20, completed=8, reached=2)

    pages = participation(survey, WEEK).pages

    assert [(page.reached, page.left) for page in pages] == [(30, 10), (20, 12)]


@pytest.fixture
def survey_of_three():
    """A survey whose second page is for the dissatisfied alone."""
    low = when("answer.overall", "is_at_most", 3)
    draft = make_draft(
        section(question("overall")),
        section(question("why", "long_text"), rule=low),
        section(question("comment", "long_text")),
    )
    return factories.publish(draft).survey


def test_page_that_a_rule_passes_over_is_not_counted_as_reached(survey_of_three):
    make_visits(survey_of_three, 16, started=16, completed=10, reached=3)
    make_visits(survey_of_three, 5, started=5, reached=2)
    unhappy = [answer_row(overall="1", why="Cold soup")] * 4
    factories.make_responses(survey_of_three, unhappy + [answer_row(overall="5")] * 6)

    pages = participation(survey_of_three, WEEK).pages

    assert [(page.reached, page.left) for page in pages] == [(21, 0), (15, 5), (16, 6)]


def test_page_that_was_passed_over_before_giving_up_is_not_counted_as_reached(survey_of_three):
    make_visits(survey_of_three, 20, started=20, reached=3, passed_over=[2])
    make_visits(survey_of_three, 10, started=10, reached=3, passed_over=[])
    make_visits(survey_of_three, 6, started=6, reached=2, passed_over=[])

    pages = participation(survey_of_three, WEEK).pages

    assert [(page.reached, page.left) for page in pages] == [(36, 0), (16, 6), (30, 30)]


def test_questions_tell_what_was_left_blank(survey):
    for comment, number in (("Good.", 4), (None, 6)):
        rows = [answer_row(comment=comment) for _ in range(number)]
        factories.make_responses(survey, rows)

    blank = {one.item.key: (one.asked, one.blank) for one in participation(survey, WEEK).questions}

    assert blank["comment"] == (10, 6)
    assert blank["overall"] == (10, 0)


def answer_row(*, seconds=None, **answers):
    from datetime import UTC, datetime

    given = {"overall": "5", "again": "4", "recommend": "9", "staff": "3", "comment": None}
    return {
        "answers": given | answers,
        "submitted_at": datetime(2026, 3, 3, 12, tzinfo=UTC),
        "seconds": seconds,
    }


def test_median_and_quartiles_of_the_time_taken(survey):
    times = [10, 20, 30, 40, 50, None]
    factories.make_responses(survey, [answer_row(seconds=seconds) for seconds in times])

    found = participation(survey, WEEK).time

    # R: quantile(c(10,20,30,40,50), c(.25,.5,.75), type = 2)
    assert (found.lower_quartile, found.median, found.upper_quartile) == (20, 30, 40)
    assert found.base == 5


def test_few_known_times_give_no_median(survey):
    factories.make_responses(survey, [answer_row(seconds=30)] * 4)

    assert participation(survey, WEEK).time.median is None


@pytest.fixture
def busy(survey):
    """A survey with visits in two units today."""
    for name, number in (("North", 12), ("South", 30)):
        unit = factories.make_unit(name)
        make_visits(
            survey,
            number,
            started=9,
            completed=7,
            reached=2,
            day=day_in(survey),
            placement=unit.placement,
            public_link=factories.make_public_link(survey, unit=unit, name=f"=Door {name}"),
            device=Device.PHONE,
        )
    return survey


def address(survey, name="fieldwork:progress"):
    return reverse(name, args=[survey.slug])


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DESIGNER, Role.ANALYST, Role.VIEWER])
def test_page_shows_the_funnel(busy, role):
    text = text_of(signed_in(factories.make_user(role)).get(address(busy)))

    assert "Shown 42 100.0%" in text
    assert "Begun 18 42.9%" in text
    assert "Sent 14 33.3%" in text


def test_manager_sees_own_units_only(busy):
    unit = busy.public_links.get(name="=Door North").unit
    client = signed_in(factories.make_user(Role.MANAGER, unit=unit))

    text = text_of(client.get(address(busy)))

    assert "Shown 12 100.0%" in text
    assert "South" not in text
    other = busy.public_links.get(name="=Door South").unit
    assert client.get(address(busy), {"unit": other.code}).status_code == 404


@pytest.mark.parametrize("name", ["fieldwork:progress", "fieldwork:progress_csv"])
def test_fieldwork_is_not_for_everybody(busy, name):
    stranger = signed_in(factories.make_user())

    assert stranger.get(address(busy, name)).status_code == 404
    assert Client().get(address(busy, name)).status_code == 302
    assert stranger.post(address(busy, name)).status_code == 405


@pytest.mark.parametrize("query", [{"period": "8"}, {"period": "x"}, {"unit": "nowhere"}])
def test_unknown_choice_is_not_found(staff_client, busy, query):
    assert staff_client.get(address(busy), query).status_code == 404


def test_page_of_a_survey_that_nobody_saw(staff_client, survey):
    text = text_of(staff_client.get(address(survey)))

    assert "Nobody has seen this survey in this period" in text


def test_page_of_a_survey_without_a_published_version(staff_client, db):
    draft = factories.make_draft(factories.make_survey())

    assert staff_client.get(address(draft.survey)).status_code == 200


def test_file_holds_the_figures_of_the_page(staff_client, busy):
    reply = staff_client.get(address(busy, "fieldwork:progress_csv"))
    rows = list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))

    assert "attachment" in reply["Content-Disposition"]
    assert ["Unit", "North", "12", "9", "7"] in rows
    assert ["Link", "'=Door South", "30", "9", "7"] in rows
    days = [row for row in rows if row[0] == "Day"]
    assert days == [["Day", day_in(busy).isoformat(), "42", "18", "14"]]


def test_number_of_queries_does_not_grow_with_visits(
    staff_client, busy, django_assert_max_num_queries
):
    staff_client.get(address(busy))
    make_visits(busy, 200, day=day_in(busy))

    with django_assert_max_num_queries(18):
        staff_client.get(address(busy))


def test_chart_draws_each_day_from_its_counts(staff_client, busy):
    content = staff_client.get(address(busy)).content.decode()

    drawing = re.search(r'<svg[^>]*class="chart-svg".*?</svg>', content, re.S)[0]
    heights = [float(height) for height in re.findall(r'height="([\d.]+)" fill="#', drawing)]
    assert heights == pytest.approx([150, 150 * 18 / 42, 150 * 14 / 42], abs=0.01)
