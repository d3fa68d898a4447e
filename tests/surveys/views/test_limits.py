"""Brakes against programs: too many pages, too many guesses, nobody known by an address."""

import re
import secrets
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from surveys.models import AddressCount, Response
from surveys.services.address_limits import (
    SUBMISSIONS,
    UNKNOWN_LINKS,
    AddressLimit,
    forget_old_counts,
)
from surveys.tokens import new_token
from tests import factories

from .conftest import hidden_fields, send

pytestmark = pytest.mark.django_db
A_MINUTE = "2026-03-02 10:00:05Z"


@pytest.fixture(autouse=True)
def one_minute():
    """One minute that does not end, and processes that were just started."""
    SUBMISSIONS.forget()
    UNKNOWN_LINKS.forget()
    with time_machine.travel(A_MINUTE, tick=False):
        yield


@pytest.fixture
def strict(settings):
    """Small limits."""
    settings.SUBMISSIONS_PER_MINUTE = 30
    settings.UNKNOWN_LINKS_PER_MINUTE = 20
    return settings


@pytest.fixture
def address(single_page):
    return f"/s/{factories.make_public_link(single_page).slug}/"


def send_many(client, address, number, **sender):
    page = hidden_fields(client.get(address))
    forms = [
        page | {"_id": str(uuid.UUID(int=n, version=4)), "overall": "5", "comment": "Kept."}
        for n in range(number)
    ]
    return [client.post(address, form, **sender) for form in forms]


def test_pages_over_the_limit_are_kept_and_not_stored(client, strict, address):
    replies = send_many(client, address, 35)

    late = replies[-1]
    text = late.content.decode()
    assert [reply.status_code for reply in replies] == [303] * 30 + [429] * 5
    assert Response.objects.count() == 30
    assert 'name="comment" value="Kept."' in text
    assert "Many answers came from your network" in text
    assert late["Retry-After"] == "60"


def test_kept_page_is_stored_a_minute_later(client, strict, address):
    late = send_many(client, address, 31)[-1]

    with time_machine.travel("2026-03-02 10:01:05Z", tick=False):
        reply = client.post(address, hidden_fields(late))

    assert reply.status_code == 303
    assert Response.objects.count() == 31


def test_without_the_limit_everything_is_stored(client, address):
    """The control: nothing else holds a program back."""
    replies = send_many(client, address, 35)

    assert {reply.status_code for reply in replies} == {303}


def test_other_addresses_are_not_held_back(client, strict, address):
    send_many(client, address, 31)

    reply = client.post(address, {"overall": "5"}, REMOTE_ADDR="203.0.113.9")

    assert reply.status_code != 429


def test_personal_links_are_not_limited(client, strict, single_page):
    send_many(client, f"/s/{factories.make_public_link(single_page).slug}/", 31)
    _invitation, token = factories.make_invitation(single_page)

    assert send(client, f"/r/{token}/", {"overall": "5"}).status_code == 303


def test_few_pages_ask_the_database_nothing(client, strict, address):
    send_many(client, address, 9)

    assert not AddressCount.objects.exists()


def test_two_processes_share_a_limit(strict):
    limits = [AddressLimit("shared", "SUBMISSIONS_PER_MINUTE", step=10) for _ in range(2)]

    refused = [limit.is_exceeded_by("192.0.2.1") for _ in range(40) for limit in limits]

    assert 30 <= refused.index(True) <= 50


def test_database_knows_no_address(client, strict, address):
    sender = "198.51.100.77"
    send_many(client, address, 31, REMOTE_ADDR=sender)
    for _ in range(3):
        client.get(f"/r/{new_token()}/", REMOTE_ADDR=sender)

    keys = list(AddressCount.objects.values_list("key", flat=True))
    rows = repr(list(AddressCount.objects.values()) + list(Response.objects.values()))
    assert len(keys) == 2
    assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in keys)
    assert sender not in rows


def test_key_of_an_address_is_another_one_each_minute(strict):
    def key_now():
        UNKNOWN_LINKS.is_exceeded_by("192.0.2.1")
        return set(AddressCount.objects.values_list("key", flat=True))

    first = key_now()
    with time_machine.travel("2026-03-02 10:01:05Z", tick=False):
        assert len(key_now() - first) == 1


def test_counts_are_forgotten(strict):
    UNKNOWN_LINKS.is_exceeded_by("192.0.2.1")
    assert not forget_old_counts()

    with time_machine.travel("2026-03-02 10:03:00Z", tick=False):
        assert forget_old_counts()

    assert not AddressCount.objects.exists()


def test_addresses_of_one_household_count_together(strict):
    for number in range(20):
        UNKNOWN_LINKS.is_exceeded_by(f"2001:db8:1:2::{number:x}")

    assert UNKNOWN_LINKS.is_exceeded_by("2001:db8:1:2:ffff::1")
    assert not UNKNOWN_LINKS.is_exceeded_by("2001:db8:1:3::1")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "is_held_back"),
    [
        (0, "203.0.113.{}", True),
        (1, "203.0.113.{}", False),
        (1, "203.0.113.{}, 198.51.100.1", True),
    ],
    ids=["header of a visitor", "one proxy", "forged before one proxy"],
)
def test_only_our_own_proxies_are_believed(client, strict, proxies, forwarded, is_held_back):
    strict.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    replies = [
        client.get(f"/r/{new_token()}/", headers={"x-forwarded-for": forwarded.format(number)})
        for number in range(25)
    ]

    assert (replies[-1].status_code == 429) == is_held_back


def near_misses(token, number):
    """Tokens like a good one, with one or two signs changed."""
    signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
    for _ in range(number):
        place = secrets.randbelow(len(token))
        guess = token[:place] + secrets.choice(signs) + token[place + 1 :]
        yield guess if guess != token else token[::-1]


def guess(client, survey, number):
    """Guess tokens, half of them near a good one; the replies."""
    _invitation, token = factories.make_invitation(survey)
    guesses = [*near_misses(token, number // 2), *(new_token() for _ in range(number // 2))]
    return [client.get(f"/r/{one}/") for one in guesses], token


@pytest.mark.parametrize(
    "number", [400, pytest.param(100_000, marks=pytest.mark.long, id="100000")]
)
def test_guesses_hit_nothing_and_are_slowed_down(client, strict, survey, number):
    replies, token = guess(client, survey, number)

    statuses = [reply.status_code for reply in replies]
    assert statuses[:20] == [404] * 20
    assert set(statuses[20:]) == {429}
    assert AddressCount.objects.get().count <= 22
    assert client.get(f"/r/{token}/").status_code == 200


def test_guesses_are_not_slowed_down_without_the_limit(client, survey):
    """The control."""
    replies, _token = guess(client, survey, 100)

    assert {reply.status_code for reply in replies} == {404}


def test_unknown_and_withdrawn_links_look_alike(client, survey):
    _withdrawn, token = factories.make_invitation(survey, state="revoked")
    pages = [client.get(f"/r/{one}/") for one in (token, new_token(), "x", "x" * 500)]

    assert len({(page.status_code, page.content, repr(page.headers)) for page in pages}) == 1


@pytest.mark.parametrize("kind", ["r", "s", "c"])
def test_all_kinds_of_unknown_links_are_counted_together(client, strict, kind):
    for _ in range(20):
        client.get(f"/{kind}/{new_token()}/")

    assert client.get(f"/c/{new_token()}/").status_code == 429


def test_good_links_open_however_much_was_guessed(client, strict, door):
    for _ in range(30):
        client.get(f"/r/{new_token()}/")

    assert client.get(door.address).status_code == 200
    assert send(client, door.address, {"overall": "5"}).status_code == 303


def test_expired_and_open_links_do_not_count_as_guesses(client, strict, survey):
    past = timezone.now() - timedelta(days=1)
    _invitation, token = factories.make_invitation(survey, expires_at=past)

    statuses = {client.get(f"/r/{token}/").status_code for _ in range(30)}

    assert statuses == {410}
