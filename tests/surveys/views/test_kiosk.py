"""A shared device shows nobody what the last person answered."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from surveys.models import Response, ResponseDraft
from tests import factories

from .conftest import answer_all, hidden_fields, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def kiosk(survey):
    """The address of a link on a shared device."""
    return f"/s/{factories.make_public_link(survey, is_kiosk=True).slug}/"


def later(seconds):
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=True)


def test_kiosk_is_answered_like_any_other(client, kiosk):
    reply = answer_all(client, kiosk)

    page = client.get(reply["Location"])
    assert "Your answers are saved" in page.content.decode()
    assert Response.objects.get().satisfaction == 5


def test_thank_you_page_goes_back_to_the_start_within_30_seconds(client, kiosk):
    page = client.get(answer_all(client, kiosk)["Location"])

    seconds, _, address = page["Refresh"].partition("; url=")
    assert int(seconds) <= 30
    assert address == kiosk


def test_page_without_scripts_leaves_time_to_type_and_offers_to_begin_anew(client, kiosk):
    """Nobody can tell there who is still typing, so the next person is asked."""
    kept = send(client, kiosk, {"overall": "2"})["Location"]

    first, second = (client.get(address).content.decode() for address in (kiosk, kept))

    assert f'<noscript><meta http-equiv="refresh" content="300; url={kiosk}"></noscript>' in second
    assert f'<a href="{kiosk}">Begin anew</a></p></noscript>' in second
    for page in (first, second):
        assert "This page begins anew five minutes after it was opened." in page
    assert f'<a href="{kiosk}">' not in first


def test_no_cookie_tells_the_next_person(client, kiosk):
    send(client, kiosk, {"overall": "2"})

    page = client.get(kiosk)

    assert not client.cookies
    assert "checked" not in page.content.decode()
    assert "You began earlier" not in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_cookie_from_before_is_not_read(client, public):
    send(client, public.address, {"overall": "2"})
    public.link.is_kiosk = True
    public.link.save()

    assert "checked" not in client.get(public.address).content.decode()


def test_going_back_to_a_page_leads_to_an_empty_start(client, kiosk):
    kept = send(client, kiosk, {"overall": "2"})["Location"]
    assert client.get(kept).status_code == 200

    with later(30):
        again = client.get(kept)

    assert (again.status_code, again["Location"]) == (302, kiosk)


def test_going_back_shows_answers_where_no_kiosk_is(client, public):
    """The control: without the protection the answers are there."""
    kept = send(client, public.address, {"overall": "2"})["Location"]
    first_page = kept.replace("/2/", "/1/")

    with later(30):
        page = client.get(first_page)

    assert 'value="2" checked' in page.content.decode()


def test_going_back_to_the_thanks_shows_no_reward_code(client, survey, kiosk):
    survey.gives_reward_codes = True
    survey.save()
    survey.reward_codes.create(code="TEA-1")
    thanks = answer_all(client, kiosk)["Location"]
    assert "TEA-1" in client.get(thanks).content.decode()

    with later(30):
        again = client.get(thanks)

    assert (again.status_code, again["Location"]) == (302, kiosk)


def test_address_without_its_moment_or_with_a_forged_one_is_not_shown(client, kiosk):
    kept = send(client, kiosk, {"overall": "2"})["Location"]
    bare = kept.partition("?")[0]

    for address in (bare, f"{bare}?at=kiosk", f"{bare}?at=kiosk:1:x", kept + "0"):
        assert client.get(address)["Location"] == kiosk


def test_page_with_a_mistake_is_asked_for_anew(client, kiosk):
    """What a POST brought back would come again from the browser's history."""
    reply = send(client, kiosk, {"again": "4"})
    page = client.get(reply["Location"])
    text = page.content.decode()
    assert reply.status_code == 303
    assert page.status_code == 422
    assert 'name="again" value="4" checked' in text
    assert '<a href="#q-overall-1">' in text

    with later(30):
        assert client.get(reply["Location"])["Location"] == kiosk
    mended = client.post(kiosk, hidden_fields(page) | {"overall": "4", "again": "4"})
    assert mended.status_code == 303


def test_single_page_with_a_mistake_is_stored_once_mended(client, single_page):
    kiosk = f"/s/{factories.make_public_link(single_page, is_kiosk=True).slug}/"
    page = client.get(send(client, kiosk, {"comment": "So."})["Location"])

    reply = client.post(kiosk, hidden_fields(page) | {"overall": "5", "comment": "So."})

    assert "/thanks/" in reply["Location"]
    assert Response.objects.get().answers["comment"] == "So."
    assert not ResponseDraft.objects.exists()


def test_language_button_keeps_what_was_typed(client, db):
    survey = factories.make_published_survey(languages=["en", "zh-hans"])
    kiosk = f"/s/{factories.make_public_link(survey, is_kiosk=True).slug}/"

    reply = send(client, kiosk, {"overall": "2"}, _language="zh-hans")
    page = client.get(reply["Location"]).content.decode()

    assert '<html lang="zh-hans" dir="ltr">' in page
    assert 'value="2" checked' in page


def test_shared_device_offers_nothing_personal(client, survey, kiosk):
    survey.takes_complaints = True
    survey.save()

    page = client.get(answer_all(client, kiosk)["Location"]).content.decode()

    assert "complaint" not in page
    assert client.post(f"{kiosk}complaint/", {"token": "x" * 27}).status_code == 404
