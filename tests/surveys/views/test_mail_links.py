"""A score in a mail's link: scanners open it a thousand times, and only a person's press counts."""

import pytest

from surveys.enums import InvitationState
from surveys.models import Response, ResponseDraft

from .conftest import answer_all, database_fingerprint, hidden_fields

pytestmark = pytest.mark.django_db

SCANNERS = [
    {},
    {"sec-purpose": "prefetch"},
    {"purpose": "prefetch", "x-moz": "prefetch"},
    {"user-agent": "Mozilla/5.0 (compatible; LinkScanner/1.0)"},
    {"x-http-method-override": "POST"},
]


def open_many_times(client, address, times):
    """GET and HEAD, as scanners and mail programs do."""
    for number in range(times):
        look = client.head if number % 2 else client.get
        reply = look(address, headers=SCANNERS[number % len(SCANNERS)])
        assert reply.status_code == 200


@pytest.mark.parametrize("times", [60, pytest.param(1000, marks=pytest.mark.long)])
def test_opening_the_link_counts_nothing_and_spends_nothing(client, personal, times):
    before = database_fingerprint()

    open_many_times(client, f"{personal.address}?a=overall:2", times)

    assert database_fingerprint() == before
    personal.invitation.refresh_from_db()
    assert personal.invitation.state == InvitationState.OPEN


def test_person_still_answers_after_the_scanner(client, personal, new_browser):
    open_many_times(client, f"{personal.address}?a=overall:2", 10)
    person = new_browser()

    page = person.get(f"{personal.address}?a=overall:2")
    assert 'value="2" checked' in page.content.decode()
    kept = person.post(personal.address, hidden_fields(page) | {"overall": "2"})
    second = hidden_fields(person.get(kept["Location"])) | {"comment": "Slow."}
    person.post(kept["Location"], second)

    assert Response.objects.get().satisfaction == 2


def test_two_scores_of_one_mail_count_once(client, personal):
    """The customer presses one score, then goes back to the mail and presses another."""
    for score in ("2", "5"):
        client.get(f"{personal.address}?a=overall:{score}")

    answer_all(client, personal.address)

    assert Response.objects.count() == 1
    assert not ResponseDraft.objects.exists()
