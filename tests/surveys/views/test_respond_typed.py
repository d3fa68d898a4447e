"""What is typed on a page that is still open: kept, shown again, and no answer yet."""

import pytest

from surveys.models import Response, ResponseDraft
from tests import factories

from .conftest import answer_all, hidden_fields, send


def type_on(client, address, answers):
    """What the script of the page does a moment after something was typed."""
    return send(client, address, answers, _typed="1")


def test_typed_answers_are_shown_again_and_are_not_sent(client, door):
    reply = type_on(client, door.address, {"overall": "4", "again": "2"})

    draft = ResponseDraft.objects.get()
    assert reply.status_code == 204
    assert draft.answers == {}
    assert draft.unsent == {"overall": "4", "again": "2", "recommend": None}
    assert 'value="4" checked' in client.get(door.address).text


def test_page_that_was_only_filled_in_does_not_count_as_sent(client, door):
    type_on(client, door.address, {"overall": "4", "again": "2", "recommend": "9"})

    page = client.get(door.address).text

    assert page.count(" checked") == 3
    assert "Go on with page 2" not in page


def test_sending_takes_what_stands_on_the_page(client, door):
    form = hidden_fields(client.get(door.address))
    client.post(door.address, form | {"overall": "4", "again": "2", "_typed": "1"})

    kept = client.post(door.address, form | {"overall": "3"})

    draft = ResponseDraft.objects.get()
    assert kept.status_code == 303
    assert (draft.answers["overall"], draft.answers["again"]) == ("3", None)
    assert draft.unsent == {}


def test_typing_the_same_a_hundred_times_is_one_draft(client, door):
    form = hidden_fields(client.get(door.address)) | {"overall": "4", "_typed": "1"}

    replies = {client.post(door.address, form).status_code for _ in range(100)}

    assert replies == {204}
    assert ResponseDraft.objects.get().unsent["overall"] == "4"


def test_later_page_is_typed_on_beside_what_was_sent(client, door):
    second = send(client, door.address, {"overall": "5"})["Location"]

    type_on(client, second, {"comment": "Half a sen"})

    assert ResponseDraft.objects.get().answers["overall"] == "5"
    assert "Half a sen" in client.get(second).text
    assert "Go on with page 2" in client.get(door.address).text


def test_what_cannot_be_kept_is_told_and_the_rest_is_kept(client, door):
    second = send(client, door.address, {"overall": "5"})["Location"]

    reply = type_on(client, second, {"comment": "NUL \x00", "staff": "4"})

    assert reply.status_code == 422
    assert ResponseDraft.objects.get().unsent == {"staff": "4"}


def test_typing_after_the_end_stores_nothing(client, door):
    form = hidden_fields(client.get(door.address))
    answer_all(client, door.address)

    for identity in (form["_id"], str(Response.objects.get().submission_id)):
        client.post(door.address, form | {"_id": identity, "overall": "1", "_typed": "1"})

    assert Response.objects.get().satisfaction == 5
    assert not ResponseDraft.objects.filter(submission_id=Response.objects.get().submission_id)


@pytest.mark.parametrize("kind", ["public", "personal"])
def test_draft_of_a_single_page_goes_when_it_is_sent(client, single_page, kind):
    address = f"/s/{factories.make_public_link(single_page).slug}/"
    if kind == "personal":
        address = f"/r/{factories.make_invitation(single_page)[1]}/"
    form = hidden_fields(client.get(address)) | {"overall": "5"}
    client.post(address, form | {"_typed": "1"})
    shown_again = hidden_fields(client.get(address))

    client.post(address, shown_again | {"overall": "4"})

    assert Response.objects.get().satisfaction == 4
    assert not ResponseDraft.objects.exists()


def test_script_is_told_where_to_go_on(client, door):
    kept = send(client, door.address, {"overall": "5"}, _script="1")
    thanks = send(client, kept["Location"], {"comment": "Good."}, _script="1")

    assert (kept.status_code, thanks.status_code) == (201, 201)
    assert "Your answers are saved" in client.get(thanks["Location"]).text
