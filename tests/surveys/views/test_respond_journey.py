"""Answering from the first page to the thank-you page, by both kinds of link."""

import uuid

import pytest

from surveys.enums import InvitationState
from surveys.models import OutboxMessage, Response, ResponseDraft
from tests import factories

from .conftest import answer_all, hidden_fields, send


def test_both_pages_make_one_response(client, door):
    reply = answer_all(client, door.address)

    response = Response.objects.get()
    assert reply.status_code == 303
    assert response.answers == {
        "overall": "5",
        "again": "4",
        "recommend": "9",
        "staff": "na",
        "comment": "Good.",
    }
    assert not ResponseDraft.objects.exists()


def test_thank_you_page_shows_again_and_again(client, door, new_browser):
    address = answer_all(client, door.address)["Location"]

    pages = [client.get(address), new_browser().get(address)]

    assert [page.status_code for page in pages] == [200, 200]
    assert "Your answers are saved" in pages[1].content.decode()


def test_personal_link_belongs_to_its_customer(client, personal):
    answer_all(client, personal.address)

    personal.invitation.refresh_from_db()
    assert personal.invitation.state == InvitationState.ANSWERED
    assert Response.objects.get().customer == personal.invitation.customer


def test_thank_you_mail_is_owed_once(client, single_page):
    single_page.sends_thanks = True
    single_page.save()
    customer = factories.make_customer(email="ada@example.org")
    _invitation, token = factories.make_invitation(single_page, customer)
    form = hidden_fields(client.get(f"/r/{token}/")) | {"overall": "5"}

    replies = [client.post(f"/r/{token}/", form) for _ in range(3)]

    assert {(reply.status_code, reply["Location"]) for reply in replies} == {
        (303, f"/r/{token}/thanks/")
    }
    assert OutboxMessage.objects.count() == 1


def test_each_page_sent_twice_is_stored_once(client, door):
    first = hidden_fields(client.get(door.address)) | {"overall": "5"}
    [kept, _again] = [client.post(door.address, first) for _ in range(2)]
    second = hidden_fields(client.get(kept["Location"])) | {"comment": "Good."}

    replies = [client.post(kept["Location"], second) for _ in range(2)]

    assert replies[0].status_code == replies[1].status_code == 303
    assert replies[0]["Location"] == replies[1]["Location"]
    assert Response.objects.count() == 1


def test_page_sent_again_after_the_end_leads_to_the_thanks(client, door):
    first = hidden_fields(client.get(door.address)) | {"overall": "5"}
    kept = client.post(door.address, first)
    thanks = send(client, kept["Location"], {"comment": "Good."})["Location"]

    again = client.post(door.address, first)

    assert (again.status_code, again["Location"]) == (303, thanks)


def test_other_answers_under_the_same_id_are_a_conflict(client, door):
    first = hidden_fields(client.get(door.address)) | {"overall": "5"}
    kept = client.post(door.address, first)
    send(client, kept["Location"], {"comment": "Good."})

    other = client.post(door.address, first | {"overall": "1"})

    assert other.status_code == 409
    assert "first answers are saved" in other.content.decode()
    assert Response.objects.get().satisfaction == 5


def test_used_personal_link_says_so(client, personal, new_browser):
    answer_all(client, personal.address)
    stranger = {"_id": str(uuid.uuid4()), "_version": "1", "overall": "1"}

    shown = new_browser().get(personal.address)
    sent = new_browser().post(personal.address, stranger)

    assert (shown.status_code, sent.status_code) == (410, 409)
    assert "already answered" in shown.content.decode()
    assert Response.objects.get().satisfaction == 5


def test_back_keeps_what_was_typed(client, door):
    kept = send(client, door.address, {"overall": "5"})

    back = send(client, kept["Location"], {"comment": "Half a sen", "staff": "7"}, _back="1")

    assert 'value="5" checked' in client.get(back["Location"]).content.decode()
    assert "Half a sen" in client.get(kept["Location"]).content.decode()


def test_personal_link_resumes_on_another_device(client, personal, new_browser):
    send(client, personal.address, {"overall": "2"})

    page = new_browser().get(personal.address).content.decode()

    assert 'value="2" checked' in page
    assert "Go on with page 2" in page


def test_two_devices_add_to_one_draft(client, personal, new_browser):
    other = new_browser()
    opened_earlier = hidden_fields(other.get(personal.address))
    kept = send(client, personal.address, {"overall": "2", "again": "3"})
    client.post(
        kept["Location"],
        hidden_fields(client.get(kept["Location"])) | {"comment": "Phone", "_back": "1"},
    )

    kept = other.post(personal.address, opened_earlier | {"overall": "4", "again": "3"})

    assert "Phone" in other.get(kept["Location"]).content.decode()
    assert ResponseDraft.objects.get().answers["overall"] == "4"


def test_public_link_resumes_in_the_same_browser_only(client, public, new_browser):
    kept = send(client, public.address, {"overall": "2"})

    assert 'value="2" checked' in client.get(public.address).content.decode()
    assert "checked" not in client.get(f"{public.address}?new=1").content.decode()
    assert "checked" not in new_browser().get(public.address).content.decode()
    assert kept.cookies["answers"]["path"] == public.address


def test_cookie_is_gone_when_all_is_sent(client, public):
    answer_all(client, public.address)

    assert "checked" not in client.get(public.address).content.decode()
    assert client.cookies["answers"].value == ""


def test_answers_go_to_the_version_that_was_seen(client, public):
    form = hidden_fields(client.get(public.address)) | {"overall": "5"}
    old = public.survey.versions.get()
    old.state, old.closed_at = "closed", old.published_at
    old.save()
    factories.publish(factories.make_draft(public.survey))

    kept = client.post(public.address, form)
    send(client, kept["Location"], {"comment": "Good."})

    assert Response.objects.get().version == old


@pytest.mark.parametrize("query", ["?overall=3", "?a=overall:3", "?overall=9&a=overall:3"])
def test_score_in_the_link_chooses_and_stores_nothing(client, door, query):
    page = client.get(door.address + query).content.decode()

    assert 'value="3" checked' in page
    assert page.count("checked") == 1
    assert not Response.objects.exists()
    assert not ResponseDraft.objects.exists()


def test_answer_of_another_link_is_not_taken_for_ones_own(client, survey):
    [(_, first), (_, second)] = [factories.make_invitation(survey) for _ in range(2)]
    page = hidden_fields(client.get(f"/r/{first}/")) | {"overall": "5"}
    client.post(f"/r/{first}/", page)

    reply = client.post(f"/r/{second}/", page)

    assert reply.status_code == 400
    assert ResponseDraft.objects.count() == 1
