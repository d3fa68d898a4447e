"""What the first page says to look at, survey by survey."""

import random
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.rollups import rebuild
from surveys.enums import ComplaintState, InvitationState, Role
from surveys.models import Complaint, Invitation
from tests import factories
from tests.reports.rows import make_rows

pytestmark = pytest.mark.django_db

HOME = reverse("reports:home")


def matter_on_home(role=Role.ANALYST, unit=None):
    """Kind and text of what is to be looked at, of the only survey."""
    client = Client()
    client.force_login(factories.make_user(role, unit=unit))
    page = client.get(HOME).content.decode()
    found = re.search(r'data-matter="(\w+)">(.*?)</p>', page, re.DOTALL)
    return found.groups() if found else ("", "")


def complain(survey, unit, days):
    return Complaint.objects.create(
        survey=survey,
        placement=unit.placement,
        token_hash=f"{Complaint.objects.count():064}",
        state=ComplaintState.RECEIVED,
        words="Cold soup",
        language="en",
        begun_on=timezone.localdate(),
        received_on=timezone.localdate() - timedelta(days=days),
        received_at=timezone.now(),
    )


def invite(survey, unit, days, answered, *, number=100, after=timedelta(days=2)):
    """Invitations of some days ago, of which so many were answered."""
    for place in range(number):
        invitation, _token = factories.make_invitation(survey, factories.make_customer(unit=unit))
        state = InvitationState.ANSWERED if place < answered else InvitationState.OPEN
        moment = timezone.now() - timedelta(days=days)
        Invitation.objects.filter(pk=invitation.pk).update(
            state=state,
            created_at=moment,
            answered_at=moment + after if place < answered else None,
        )


def test_complaints_that_wait_come_first_and_only_for_who_may_read_them(random_survey):
    shop, other = factories.make_unit("Mine"), factories.make_unit("Other")
    complain(random_survey, shop, days=9)
    complain(random_survey, shop, days=0)

    kind, text = matter_on_home()

    assert kind == "complaints"
    assert "1 complaint has not been taken up" in text
    assert matter_on_home(Role.MANAGER, shop)[0] == "complaints"
    assert matter_on_home(Role.MANAGER, other)[0] != "complaints"
    assert matter_on_home(Role.VIEWER)[0] != "complaints"


@pytest.mark.parametrize(("lately", "is_told"), [(5, True), (45, False)])
def test_a_response_rate_that_fell_is_told_with_its_interval(survey, lately, is_told):
    unit = factories.make_unit()
    invite(survey, unit, days=60, answered=50)
    invite(survey, unit, days=20, answered=lately)
    invite(survey, unit, days=1, answered=0)  # too new to have answered

    kind, text = matter_on_home()

    assert (kind == "response_rate") is is_told
    if is_told:
        assert "Of 100 invited lately, 5.0% answered within two weeks, against 50.0% of 100" in text
        assert "95% interval" in text


def test_answers_that_had_more_time_make_no_fall(survey):
    unit = factories.make_unit()
    invite(survey, unit, days=90, answered=50, after=timedelta(days=40))
    invite(survey, unit, days=20, answered=0)

    assert matter_on_home() == ("", "")


def test_a_fall_in_the_newest_month_is_told_and_a_rise_is_not(survey):
    first = timezone.now().replace(day=1) - timedelta(days=1)
    for best, kind in ((5, "trend"), (95, "")):
        survey.responses.all().delete()
        rows = []
        for month in range(14):
            moment = first.replace(day=1) - timedelta(days=28 * month)
            fives = best if month == 0 else 50 + month % 3
            rows += [
                {
                    "answers": {"overall": "5" if n < fives else "4"},
                    "submitted_at": moment,
                }
                for n in range(100)
            ]
        factories.make_responses(survey, rows)

        assert matter_on_home()[0] == kind


def test_home_takes_few_queries_whatever_there_are(
    staff_client, survey, django_assert_max_num_queries
):
    surveys = [survey, *(factories.make_published_survey(slug=f"one-{n}") for n in range(5))]
    for one in surveys:
        make_rows(one, random.Random(one.pk), 40)
        rebuild(one)
    staff_client.get(HOME)  # reads each published version once, which never changes

    with django_assert_max_num_queries(20):
        staff_client.get(HOME)
