"""S7: who guesses addresses learns nothing; `bench/guessing.py` measures the time it takes."""

import random
import secrets

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.enums import InvitationState
from surveys.services.address_limits import UNKNOWN_LINKS
from surveys.tokens import TOKEN_BYTES, new_token
from tests import factories

pytestmark = pytest.mark.django_db
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@pytest.fixture(autouse=True)
def unlimited(settings):
    """An attacker with many addresses, whom no brake stops."""
    settings.UNKNOWN_LINKS_PER_MINUTE = 0
    UNKNOWN_LINKS.forget()


@pytest.fixture
def tokens(survey):
    """Personal links that are open."""
    return [factories.make_invitation(survey)[1] for _ in range(20)]


def near_misses(token):
    """The token with one sign changed, one left out, one more, and in other letters."""
    dice = random.Random(token)
    for place in range(len(token)):
        other = dice.choice([sign for sign in ALPHABET if sign != token[place]])
        yield token[:place] + other + token[place + 1 :]
    yield from (token[:-1], token + "A", token.swapcase(), token[::-1])


def answer_to(client, token):
    """Everything that an attacker sees, and how many queries it took."""
    with CaptureQueriesContext(connection) as captured:
        reply = client.get(f"/r/{token}/")
    return reply.status_code, reply.content, sorted(reply.headers.items()), len(captured)


def test_token_has_more_than_128_random_bits():
    assert TOKEN_BYTES * 8 >= 128
    assert len({new_token() for _ in range(1000)}) == 1000


def test_no_guess_opens_a_survey(client, tokens):
    guesses = [secrets.token_urlsafe(TOKEN_BYTES) for _ in range(200)]
    guesses += [guess for token in tokens for guess in near_misses(token)]

    assert {client.get(f"/r/{guess}/").status_code for guess in guesses} == {404}
    assert client.get(f"/r/{tokens[0]}/").status_code == 200


def test_near_misses_and_withdrawn_links_look_like_links_that_never_were(client, survey, tokens):
    withdrawn, token = factories.make_invitation(survey)
    type(withdrawn).objects.filter(pk=withdrawn.pk).update(state=InvitationState.REVOKED)

    never_was = answer_to(client, new_token())
    alike = [token, *near_misses(tokens[0]), "x", "x" * 500, "§"]

    assert never_was[0] == 404
    assert {repr(answer_to(client, guess)) for guess in alike} == {repr(never_was)}


@pytest.mark.parametrize("page", ["1/", "thanks/", f"visits/{'0' * 8}-0000-4000-8000-{'0' * 12}/"])
def test_other_pages_of_a_link_tell_nothing_either(client, survey, page):
    withdrawn, token = factories.make_invitation(survey)
    type(withdrawn).objects.filter(pk=withdrawn.pk).update(state=InvitationState.REVOKED)

    replies = [client.post(f"/r/{one}/{page}") for one in (token, new_token())]

    assert replies[0].status_code == replies[1].status_code != 200
    assert replies[0].content == replies[1].content


def test_complaints_and_published_pages_look_alike_for_every_guess(client):
    for start in ("/c/", "/p/"):
        replies = [client.get(f"{start}{new_token()}/") for _ in range(3)]

        assert {(one.status_code, one.content) for one in replies} == {(404, replies[0].content)}
