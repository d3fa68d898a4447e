"""F9: a personal link changes its answer until the deadline; the old one is kept."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from surveys.enums import FlagKind
from surveys.models import (
    Customer,
    OutboxMessage,
    Response,
    ResponseDraft,
    ResponseRevision,
    Survey,
)
from tests import factories

from .conftest import answer_all, hidden_fields, send


@pytest.fixture
def changeable(personal):
    """A survey whose answers may be changed for three days."""
    personal.survey.changeable_days = 3
    personal.survey.save()
    return personal


@pytest.fixture
def answered(client, changeable):
    """The same after its first answers."""
    answer_all(client, changeable.address)
    return changeable


@pytest.fixture
def single(single_page):
    """A survey on one page, answered by a personal link, that may still be changed."""
    single_page.changeable_days = 3
    single_page.save()
    return f"/r/{factories.make_invitation(single_page)[1]}/"


def open_to_change(client, address, **answers):
    """Everything that the page would send."""
    return hidden_fields(client.get(address)) | answers


def test_page_shows_the_answers_and_the_deadline(client, answered):
    page = client.get(answered.address).content.decode()

    assert 'value="5" checked' in page
    assert "You can change your answers until" in page
    assert "(UTC)" in page


def test_thank_you_page_leads_back_to_the_answers(client, answered):
    page = client.get(f"{answered.address}thanks/").content.decode()

    assert f'<a href="{answered.address}">Change my answers</a>' in page


def test_change_counts_and_the_old_answers_are_kept(client, answered):
    kept = send(client, answered.address, {"overall": "1", "again": "2", "recommend": "0"})
    assert "Good." in client.get(kept["Location"]).content.decode()
    thanks = send(client, kept["Location"], {"staff": "na", "comment": "Broke."})

    response, revision = Response.objects.get(), ResponseRevision.objects.get()
    assert thanks["Location"] == f"{answered.address}thanks/"
    assert (response.satisfaction, response.answers["comment"]) == (1, "Broke.")
    assert (revision.answers["overall"], revision.answers["comment"]) == ("5", "Good.")
    assert revision.submitted_at <= revision.replaced_at <= response.submitted_at
    assert not ResponseDraft.objects.exists()


def test_only_the_page_that_is_sent_changes(client, answered):
    """Whoever changes the first page and goes on keeps what the second page said."""
    kept = send(client, answered.address, {"overall": "2"})
    page = hidden_fields(client.get(kept["Location"]))
    client.post(kept["Location"], page | {"staff": "na", "comment": "Good."})

    assert Response.objects.get().answers["comment"] == "Good."


def test_nothing_changes_before_the_last_page_is_sent(client, answered):
    send(client, answered.address, {"overall": "1"})

    assert Response.objects.get().satisfaction == 5
    assert 'value="1" checked' in client.get(answered.address).content.decode()


def test_change_sent_again_changes_once(client, single):
    client.post(single, open_to_change(client, single, overall="5"))
    change = open_to_change(client, single, overall="2")

    replies = [client.post(single, change) for _ in range(3)]

    assert {(reply.status_code, reply["Location"]) for reply in replies} == {
        (303, f"{single}thanks/")
    }
    assert ResponseRevision.objects.count() == 1


def test_late_repetition_of_the_first_answer_changes_nothing_back(client, single):
    first = open_to_change(client, single, overall="5")
    client.post(single, first)
    second = open_to_change(client, single, overall="2")
    client.post(single, second)
    client.post(single, open_to_change(client, single, overall="3"))

    replies = [client.post(single, page) for page in (first, second)]

    assert [reply.status_code for reply in replies] == [303, 303]
    assert Response.objects.get().satisfaction == 3
    assert ResponseRevision.objects.count() == 2


def test_second_device_is_told_and_may_insist(client, single, new_browser):
    client.post(single, open_to_change(client, single, overall="5"))
    other = new_browser()
    opened_earlier = open_to_change(other, single, overall="1")
    client.post(single, open_to_change(client, single, overall="2"))

    told = other.post(single, opened_earlier)

    assert told.status_code == 409
    assert "not saved yet" in told.content.decode()
    assert 'value="1" checked' in told.content.decode()
    assert Response.objects.get().satisfaction == 2

    assert other.post(single, hidden_fields(told) | {"overall": "1"}).status_code == 303
    assert Response.objects.get().satisfaction == 1
    assert [one.answers["overall"] for one in ResponseRevision.objects.all()] == ["5", "2"]


def test_page_from_before_the_first_answer_changes_nothing(client, single, new_browser):
    """It does not know that there are answers, so it cannot mean to replace them."""
    stale = open_to_change(new_browser(), single, overall="1")
    client.post(single, open_to_change(client, single, overall="5"))

    assert client.post(single, stale).status_code == 409
    assert Response.objects.get().satisfaction == 5


def test_wrong_change_is_shown_again_and_changes_nothing(client, single):
    client.post(single, open_to_change(client, single, overall="5"))

    refused = client.post(single, open_to_change(client, single, overall="", comment="Words"))

    assert refused.status_code == 422
    assert "Words" in refused.content.decode()
    assert "_replaces" in hidden_fields(refused)
    assert Response.objects.get().satisfaction == 5


def test_deadline_ends_it(client, single):
    client.post(single, open_to_change(client, single, overall="5"))
    change = open_to_change(client, single, overall="1")

    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        looked, sent = client.get(single), client.post(single, change)
        thanks = client.get(f"{single}thanks/")

    assert (looked.status_code, sent.status_code, thanks.status_code) == (410, 409, 200)
    assert "can no longer be changed" in sent.content.decode()
    assert "Change my answers" not in thanks.content.decode()
    assert Response.objects.get().satisfaction == 5


def test_change_after_the_deadline_is_shown_to_who_wrote_it(client, single):
    client.post(single, open_to_change(client, single, overall="5"))
    change = open_to_change(client, single, overall="1", comment="Kind <b>people</b>")

    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        page = client.post(single, change).content.decode()

    assert "which was not stored" in page
    assert "Kind &lt;b&gt;people&lt;/b&gt;" in page
    assert "Kind" not in str(Response.objects.get().answers)


def test_changed_answer_is_looked_at_again_for_signs(client, single):
    client.post(single, open_to_change(client, single, overall="5"))
    response = Response.objects.get()
    for kind in (FlagKind.STRAIGHT_LINE, FlagKind.STAFF):
        response.flags.create(kind=kind, rule_version=1, flagged_on=response.submitted_on)
    Response.objects.update(examined_by_rule=1)

    client.post(single, open_to_change(client, single, overall="1"))

    response.refresh_from_db()
    assert response.examined_by_rule == 0
    assert [flag.kind for flag in response.flags.all()] == [FlagKind.STAFF]


def test_change_that_arrived_in_time_is_still_acknowledged_later(client, single):
    client.post(single, open_to_change(client, single, overall="5"))
    change = open_to_change(client, single, overall="1")
    client.post(single, change)

    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        assert client.post(single, change).status_code == 303


def test_closed_survey_takes_no_change(client, single):
    client.post(single, open_to_change(client, single, overall="5"))
    change = open_to_change(client, single, overall="1")
    survey = Response.objects.get().survey
    survey.versions.update(state="closed", closed_at=timezone.now())

    assert client.post(single, change).status_code == 410
    assert Response.objects.get().satisfaction == 5


def test_change_owes_no_second_mail(client, single):
    Survey.objects.update(sends_thanks=True)
    Customer.objects.update(email="ada@example.org")
    client.post(single, open_to_change(client, single, overall="5"))
    client.post(single, open_to_change(client, single, overall="1"))

    assert OutboxMessage.objects.count() == 1


def test_without_days_a_link_is_used_once(client, personal):
    """Control: the setting is what opens the link again."""
    answer_all(client, personal.address)

    assert client.get(personal.address).status_code == 410
    assert "Change my answers" not in client.get(f"{personal.address}thanks/").content.decode()
