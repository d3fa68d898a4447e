"""What a link says in each of its states, and that looking at it changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests import factories

from .conftest import answer_all, database_fingerprint, hidden_fields, send

pytestmark = pytest.mark.django_db

STATUS = {
    "open": 200,
    "begun": 200,
    "unknown": 404,
    "withdrawn": 404,
    "not yet open": 403,
    "unpublished": 403,
    "paused": 403,
    "closed": 410,
    "survey closed": 410,
    "used": 410,
}
PUBLIC = ["open", "begun", "unknown", "not yet open", "unpublished", "paused", "closed"]
PERSONAL = ["open", "begun", "unknown", "withdrawn", "unpublished", "closed", "used"]
STATES = [
    *[("public", state) for state in [*PUBLIC, "survey closed"]],
    *[("personal", state) for state in [*PERSONAL, "survey closed"]],
]
JARGON = ["invitation", "token", "version", "published", "invalid", "illegal", "None"]


@pytest.fixture(params=STATES, ids=" ".join)
def case(request, client):
    """A link in some state: its address and the status that a GET has."""
    kind, state = request.param
    door = request.getfixturevalue(kind)
    address = door.address
    if state == "begun":
        send(client, address, {"overall": "5"})
    elif state == "used":
        answer_all(client, address)
    elif state == "unknown":
        address = address[:3] + "nobody-has-this-address/"
    elif state == "survey closed":
        door.survey.versions.update(state="closed", closed_at=timezone.now())
    elif state == "unpublished":
        door.survey.versions.update(state="draft", published_at=None, digest="")
    elif kind == "public":
        change_link(door.link, state)
    else:
        change_invitation(door.invitation, state)
    return address, STATUS[state]


def change_link(link, state):
    hour = timedelta(hours=1)
    link.is_active = state != "paused"
    link.opens_at = timezone.now() + (hour if state == "not yet open" else -2 * hour)
    link.closes_at = timezone.now() + (2 * hour if state != "closed" else -hour)
    link.save()


def change_invitation(invitation, state):
    invitation.state = "revoked" if state == "withdrawn" else "open"
    invitation.expires_at = timezone.now() + timedelta(hours=-1 if state == "closed" else 1)
    invitation.save()


def test_each_state_has_its_page(client, case):
    address, status = case

    page = client.get(address)

    assert page.status_code == status
    assert "survey@127.0.0.1" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["Cache-Control"] == "no-store"
    assert "noindex" in page["X-Robots-Tag"]
    if status != 200:
        assert not [word for word in JARGON if word in page.content.decode()]


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_only_sending_writes(client, case, method):
    address, _status = case
    before = database_fingerprint()

    for part in ["", "?overall=5", "1/", "2/", "3/", "thanks/", "?lang=zh-hans", "?new=1"]:
        reply = getattr(client, method)(address + part)
        assert reply.status_code < 500
        assert not reply.cookies

    assert database_fingerprint() == before


def test_sending_writes(client, door):
    """Control: the fingerprint sees what a POST changes."""
    before = database_fingerprint()

    send(client, door.address, {"overall": "5"})

    assert database_fingerprint() != before


def test_closed_states_store_nothing_that_is_sent(client, case):
    address, status = case
    form = {"_id": "0f8fad5b-d9cb-469f-a165-70867728950e", "_version": "1", "overall": "5"}
    before = database_fingerprint()

    reply = client.post(address, form)

    assert reply.status_code == (
        303 if status == 200 else 409 if "answered" in reply.text else status
    )
    assert (database_fingerprint() == before) == (status != 200)


def test_each_reason_has_a_page_of_its_own(client, public, personal):
    """U19: five plain pages, each with its own heading, sentence, status and a way to get help."""
    pages = [client.get("/s/nobody-has-this-address/")]
    for state in ["not yet open", "paused", "closed"]:
        change_link(public.link, state)
        pages.append(client.get(public.address))
    answer_all(client, personal.address)
    pages.append(client.get(personal.address))

    headings = {page.text.split("<h1", 1)[1].split("</h1>")[0] for page in pages}
    sentences = {page.text.split("</h1>")[1].split("</p>")[0] for page in pages}

    assert len(headings) == len(sentences) == 5
    assert [page.status_code for page in pages] == [404, 403, 403, 410, 410]
    assert all('href="mailto:survey@127.0.0.1"' in page.text for page in pages)


def test_last_page_says_what_is_saved_and_whom_to_ask(client, door):
    """U18: it can be kept as a bookmark, and opening it sends nothing."""
    thanks = answer_all(client, door.address)["Location"]
    before = database_fingerprint()

    pages = [client.get(thanks) for _ in range(3)]

    assert {page.status_code for page in pages} == {200}
    for words in ["Your answers are saved", "nothing more to do", "mailto:survey@127.0.0.1"]:
        assert words in pages[2].text
    assert "<form" not in pages[2].text
    assert database_fingerprint() == before


def test_unknown_and_withdrawn_links_look_alike(client, personal):
    personal.invitation.state = "revoked"
    personal.invitation.save()

    pages = [client.get(personal.address), client.get("/r/" + "x" * 27 + "/")]

    assert pages[0].content == pages[1].content
    assert [page.status_code for page in pages] == [404, 404]


def test_closing_between_does_not_unsay_what_was_saved(client, public):
    first = hidden_fields(client.get(public.address)) | {"overall": "5"}
    kept = client.post(public.address, first)
    last = hidden_fields(client.get(kept["Location"])) | {"comment": "Good."}
    thanks = client.post(kept["Location"], last)["Location"]
    change_link(public.link, "closed")

    again = client.post(kept["Location"], last)

    assert (again.status_code, again["Location"]) == (303, thanks)
    assert client.get(thanks).status_code == 200


@pytest.mark.parametrize(
    ("mode", "kind", "words"),
    [
        ("named", "personal", "together with your customer record"),
        ("named", "public", "Your name is not asked"),
        ("anonymous", "public", "nothing joins your answers to you"),
        ("anonymous_invited", "public", "nothing joins your answers to you"),
        ("anonymous_invited", "personal", "see that you answered, but not what you answered"),
    ],
)
def test_first_page_says_who_sees_what(client, db, mode, kind, words):
    survey = factories.make_published_survey(mode=mode)
    address = f"/s/{factories.make_public_link(survey).slug}/"
    if kind == "personal":
        address = f"/r/{factories.make_invitation(survey)[1]}/"

    assert words in client.get(address).content.decode()


def test_link_that_opens_later_says_when_by_which_clock(client, public):
    type(public.survey).objects.update(time_zone="Asia/Taipei")
    public.link.opens_at = datetime(2099, 12, 1, 1, 30, tzinfo=UTC)
    public.link.save()

    english, chinese = (
        client.get(public.address, HTTP_ACCEPT_LANGUAGE=language).content.decode()
        for language in ("en", "zh-hans")
    )

    assert "Dec. 1, 2099, 9:30 a.m. (Asia/Taipei)" in english
    assert "2099年12月1日 09:30 (Asia/Taipei)" in chinese


@pytest.mark.parametrize("state", ["closed", "paused"])
def test_what_was_typed_is_shown_when_the_link_takes_it_no_more(client, public, state):
    page = hidden_fields(client.get(public.address))
    change_link(public.link, state)
    type(public.link).objects.filter(pk=public.link.pk).update(is_active=state != "paused")

    refused = client.post(public.address, page | {"overall": "4", "recommend": "7"})

    text = " ".join(refused.content.decode().split())
    assert refused.status_code == STATUS[state]
    assert "which was not stored" in text
    assert "<dd>7</dd>" in text


def test_kiosk_shows_nothing_that_was_typed(client, public):
    page = hidden_fields(client.get(public.address))
    type(public.link).objects.update(is_kiosk=True, is_active=False)

    refused = client.post(public.address, page | {"overall": "4", "recommend": "7"})

    assert "not stored" not in refused.content.decode()
