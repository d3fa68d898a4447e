"""The page of answers that look odd: who sees it, what it lists, what a decision does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from surveys.enums import FlagKind, Role, SurveyMode
from surveys.models import Response, ResponseFlag
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def make_flagged(survey, *kinds, **fields):
    """An answer with these signs."""
    row = {"answers": {"overall": "5"}, "submitted_at": NOON, "examined_by_rule": 1}
    [response] = factories.make_responses(survey, [row | fields])
    for kind in kinds:
        ResponseFlag.objects.create(
            response=response, kind=kind, rule_version=1, flagged_on=NOON.date()
        )
    return response


@pytest.fixture
def odd(survey):
    """Answers without, with one and with two signs, by the number of their signs."""
    return [
        make_flagged(survey),
        make_flagged(survey, FlagKind.TOO_FAST),
        make_flagged(survey, FlagKind.TOO_FAST, FlagKind.STRAIGHT_LINE),
    ]


def address(survey, name="response_quality", **query):
    return reverse(f"surveys:{name}", args=[survey.slug], query=query)


def listed(client, survey, **query):
    page = client.get(address(survey, **query))
    return {response.pk for response in page.context["page"]}


def signed_in(role, **fields):
    client = Client()
    client.force_login(factories.make_user(role, **fields))
    return client


def decide(client, survey, *responses, query=None, **form):
    form = {"chosen": [str(one.pk) for one in responses], "decision": "exclude"} | form
    return client.post(address(survey, **(query or {})), form)


@pytest.mark.parametrize(
    ("sign", "numbers"),
    [
        ("", [1, 2]),
        ("any", [1, 2]),
        ("suspicious", [2]),
        ("straight_line", [2]),
        ("all", [0, 1, 2]),
    ],
)
def test_list_shows_the_signs_asked_for(staff_client, survey, odd, sign, numbers):
    assert listed(staff_client, survey, sign=sign) == {odd[number].pk for number in numbers}


def test_chosen_answer_is_left_out_and_listed_with_who_and_why(staff_client, survey, odd):
    reply = decide(staff_client, survey, odd[1], reason="Seven seconds")

    page = staff_client.get(reply["Location"]).content.decode()
    assert Response.objects.get(is_excluded=True) == odd[1]
    assert "1 answer is left out." in page
    assert "Left out: Seven seconds" in " ".join(page.split())
    assert listed(staff_client, survey, state="excluded") == {odd[1].pk}
    assert listed(staff_client, survey, state="counted") == {odd[2].pk}


def test_answer_counts_again(staff_client, survey, odd):
    decide(staff_client, survey, odd[1], reason="Seven seconds")

    decide(staff_client, survey, odd[1], reason="He reads fast", decision="include")

    assert not Response.objects.filter(is_excluded=True).exists()


def test_whole_list_is_what_the_filter_shows(staff_client, survey, odd):
    for _number in range(60):
        make_flagged(survey, FlagKind.DUPLICATE)

    decide(
        staff_client,
        survey,
        query={"sign": "duplicate"},
        is_whole_list="on",
        reason="One browser",
    )

    assert Response.objects.filter(is_excluded=True).count() == 60
    assert not Response.objects.filter(pk=odd[1].pk, is_excluded=True).exists()


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"reason": " "}, "Please give a reason"),
        ({"reason": "x", "chosen": []}, "Please choose the answers"),
        ({"reason": "x", "chosen": ["nonsense"]}, "Please choose the answers"),
        ({"reason": "x" * 301}, "at most 300"),
        ({"reason": "x", "decision": "delete"}, ""),
    ],
)
def test_incomplete_decision_changes_nothing(staff_client, survey, odd, form, sentence):
    page = decide(staff_client, survey, odd[1], **form)

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not Response.objects.filter(is_excluded=True).exists()


def test_answer_of_another_survey_is_not_touched(staff_client, survey, odd):
    other = make_flagged(factories.make_published_survey(), FlagKind.TOO_FAST)

    decide(staff_client, survey, other, reason="Not mine")

    assert not Response.objects.filter(is_excluded=True).exists()


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.VIEWER])
def test_who_reads_only_figures_is_refused(survey, odd, role):
    client = signed_in(role)

    assert client.get(address(survey)).status_code == 403
    assert decide(client, survey, odd[1], reason="x").status_code == 403
    assert client.post(address(survey, "response_quality_again")).status_code == 403


@pytest.mark.parametrize("name", ["response_quality", "response_quality_again"])
def test_survey_does_not_exist_for_who_has_no_role(survey, name):
    assert signed_in(None).post(address(survey, name)).status_code == 404
    assert Client().post(address(survey, name)).status_code == 302


def test_manager_decides_about_own_units_only(survey):
    mine, other = factories.make_unit(), factories.make_unit()
    own, foreign = (
        make_flagged(survey, FlagKind.TOO_FAST, placement=unit.placement) for unit in (mine, other)
    )
    client = signed_in(Role.MANAGER, unit=mine)

    assert listed(client, survey) == {own.pk}
    decide(client, survey, own, foreign, reason="x")
    decide(client, survey, is_whole_list="on", reason="x")

    assert Response.objects.get(is_excluded=True) == own


def test_anonymous_answer_is_listed_from_the_next_day_on(staff_client, db):
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)
    make_flagged(survey, FlagKind.TOO_FAST, submitted_at=timezone.now())
    yesterday = make_flagged(
        survey, FlagKind.TOO_FAST, submitted_at=timezone.now() - timedelta(days=1)
    )

    assert listed(staff_client, survey) == {yesterday.pk}


def test_looking_again_waits_for_the_worker(staff_client, survey, odd):
    staff_client.post(address(survey, "response_quality_again"))

    assert set(Response.objects.values_list("examined_by_rule", flat=True)) == {0}
    assert not ResponseFlag.objects.exists()


@pytest.mark.parametrize("query", [{"sign": "rude"}, {"state": "lost"}])
def test_unknown_filter_is_not_found(staff_client, survey, query):
    assert staff_client.get(address(survey, **query)).status_code == 404


def test_empty_page_says_so(staff_client, survey):
    assert "No answers to look at yet" in staff_client.get(address(survey)).content.decode()


def test_number_of_queries_does_not_grow(staff_client, survey, odd, django_assert_max_num_queries):
    for _number in range(20):
        make_flagged(survey, FlagKind.TOO_FAST)

    with django_assert_max_num_queries(14):
        staff_client.get(address(survey))


def test_all_with_two_signs_are_offered_and_left_out_with_a_reason(staff_client, survey, odd):
    page = staff_client.get(address(survey)).content.decode()
    assert "1 counted answer has two signs or more" in page
    assert not Response.objects.filter(is_excluded=True).exists()

    query = {"sign": "suspicious", "state": "counted"}
    decide(staff_client, survey, query=query, is_whole_list="on", reason="Two signs or more")

    [left_out] = Response.objects.filter(is_excluded=True)
    assert left_out == odd[2]
    decision = left_out.exclusion_decisions.get()
    assert (decision.reason, decision.decided_by.is_authenticated) == ("Two signs or more", True)
    assert "two signs or more</h2>" not in staff_client.get(address(survey)).content.decode()


def test_who_manages_a_unit_and_views_all_figures_reads_rows_of_the_unit_only(survey):
    mine, other = factories.make_unit(), factories.make_unit()
    own, _foreign, _nowhere = (
        make_flagged(survey, FlagKind.TOO_FAST, placement=placement)
        for placement in (mine.placement, other.placement, None)
    )
    user = factories.make_user(Role.MANAGER, unit=mine)
    user.role_assignments.create(role=Role.VIEWER)
    client = Client()
    client.force_login(user)

    assert listed(client, survey) == {own.pk}
