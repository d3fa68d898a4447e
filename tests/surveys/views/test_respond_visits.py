"""What is counted while a customer answers, and how long answering took."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from surveys.enums import Device, FlagKind, SurveyMode
from surveys.models import Response, ResponseFlag, Visit
from tests import factories

from .conftest import answer_all, hidden_fields, send

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"
)


def visit_address(page):
    """Where a page says that it was shown."""
    return re.search(r'data-visit="([^"]+)"', page.content.decode())[1]


def test_looking_counts_nothing_until_the_page_says_so(client, door):
    page = client.get(door.address)
    assert not Visit.objects.exists()

    replies = [client.post(visit_address(page), headers={"user-agent": PHONE}) for _ in range(2)]

    assert [reply.status_code for reply in replies] == [204, 204]
    visit = Visit.objects.get()
    assert (visit.started_on, visit.device) == (None, Device.PHONE)


def test_shown_page_and_its_answers_are_one_visit(client, door):
    page = client.get(door.address)
    address = visit_address(page)
    client.post(address)
    form = hidden_fields(page) | {"overall": "5", "_visit": address.split("/")[-2]}

    kept = client.post(door.address, form)
    assert Visit.objects.get().reached == 2
    send(client, kept["Location"], {"comment": "Good."})

    assert Visit.objects.get().completed_on


def test_without_a_script_the_first_page_sent_counts_as_shown(client, door):
    answer_all(client, door.address)

    visit = Visit.objects.get()
    assert visit.shown_on == visit.started_on == visit.completed_on
    assert visit.reached == 2


def test_page_is_counted_once_when_the_visit_goes_on(client, door):
    send(client, door.address, {"overall": "5"})

    assert "data-visit" not in client.get(door.address).content.decode()


@pytest.mark.parametrize("visit", ["", "x", "00000000000000000000000000000000", "%00"])
def test_damaged_visit_is_an_unknown_page(client, door, visit):
    assert client.post(f"{door.address}visits/{visit or '-'}/").status_code == 404
    assert not Visit.objects.exists()


def test_reading_the_address_of_a_visit_counts_nothing(client, door):
    address = f"{door.address}visits/{uuid.uuid4()}/"

    assert client.get(address).status_code == 404
    assert not Visit.objects.exists()


def test_closed_link_counts_no_visit(client, public):
    page = client.get(public.address)
    public.link.is_active = False
    public.link.save()

    assert client.post(visit_address(page)).status_code == 403
    assert not Visit.objects.exists()


def answer_in(client, address, seconds):
    """Fill in both pages in so many seconds."""
    with time_machine.travel(MORNING, tick=False) as clock:
        page = client.get(address)
        clock.shift(seconds / 2)
        kept = client.post(address, hidden_fields(page) | {"overall": "5"})
        page = client.get(kept["Location"])
        clock.shift(seconds / 2)
        client.post(kept["Location"], hidden_fields(page) | {"comment": "Good."})
    return Response.objects.get()


@pytest.mark.parametrize("seconds", [2, 100, 3600])
def test_time_taken_is_kept(client, door, seconds):
    assert answer_in(client, door.address, seconds).seconds == seconds


def test_long_interruption_counts_as_an_hour(client, door):
    assert answer_in(client, door.address, 5 * 24 * 3600).seconds == 3600


def test_clock_set_back_leaves_the_time_unknown(client, single_page):
    link = factories.make_public_link(single_page)
    with time_machine.travel(MORNING, tick=False) as clock:
        form = hidden_fields(client.get(f"/s/{link.slug}/")) | {"overall": "5"}
        clock.shift(timedelta(hours=-1))
        client.post(f"/s/{link.slug}/", form)

    assert Response.objects.get().seconds in (None, 0)


def test_anonymous_answer_keeps_only_the_step_of_its_time(client, db):
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)
    link = factories.make_public_link(survey)

    assert answer_in(client, f"/s/{link.slug}/", 74).seconds == 90


@pytest.mark.parametrize("opened", ["", "x", "-1", "99999999999", "1", "9" * 30])
def test_time_that_cannot_be_is_not_believed(client, single_page, opened):
    link = factories.make_public_link(single_page)
    form = hidden_fields(client.get(f"/s/{link.slug}/")) | {"overall": "5", "_opened": opened}

    client.post(f"/s/{link.slug}/", form)

    assert Response.objects.get().seconds == 0


def test_answer_of_signed_in_staff_is_flagged(staff_client, client, single_page):
    link = factories.make_public_link(single_page)
    for browser in (staff_client, client):
        form = hidden_fields(browser.get(f"/s/{link.slug}/")) | {"overall": "5"}
        browser.post(f"/s/{link.slug}/", form)

    assert Response.objects.count() == 2
    assert ResponseFlag.objects.get().kind == FlagKind.STAFF
