"""Erasing a customer leaves no trace of the person and every figure as it was."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from surveys.models import AccessRecord, Complaint, Customer, Erasure, Response
from surveys.services.erase import TRACES, erase_customer, erase_next_customer, request_erasure
from tests import factories

from .everything import (
    CANARY,
    is_whole,
    left_of,
    make_known_customer,
    mark_every_text,
    rows_about,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def customer(media):
    customer = make_known_customer(media)
    mark_every_text(customer)
    return Customer.objects.get(pk=customer.pk)


def test_no_trace_is_left_anywhere(customer, media):
    number = customer.external_id
    tables, files = left_of(CANARY, media)
    assert len(tables) >= 12  # control: the search finds what is there
    assert files

    erase_customer(customer=customer)

    assert left_of(CANARY, media) == ([], [])
    assert left_of(number, media) == ([], [])


def test_every_table_that_leads_to_a_customer_is_in_the_search(customer):
    """A new table with a customer in it must be filled by `make_known_customer`, and erased."""
    found = {model.__name__ for model in rows_about(customer)}

    assert found >= {
        "AccessRecord",
        "Complaint",
        "ComplaintEntry",
        "CustomerAlias",
        "Delivery",
        "Event",
        "ExclusionDecision",
        "Invitation",
        "OutboxMessage",
        "PanelMember",
        "Response",
        "ResponseDraft",
        "ResponseRevision",
        "SkippedCustomer",
        "StageChange",
        "TaggedComment",
    }


def test_figures_stay(customer):
    response = Response.objects.get()
    before = (response.satisfaction, response.submitted_on, response.survey_id, response.version_id)

    erase_customer(customer=customer)

    response.refresh_from_db()
    assert before == (
        response.satisfaction,
        response.submitted_on,
        response.survey_id,
        response.version_id,
    )
    assert response.answers["overall"] == "4"
    assert response.answers["own_single_choice"] == "c1"
    assert (response.customer, response.account, response.event, response.invitation) == (None,) * 4
    assert Complaint.objects.get().words == "–"


def test_others_keep_everything(customer, survey):
    other = factories.make_customer(name="Bob")
    answer = factories.make_response(
        survey, {"overall": "2", "comment": "Too slow."}, customer=other
    )

    erase_customer(customer=customer)

    answer.refresh_from_db()
    assert (answer.customer, answer.answers["comment"]) == (other, "Too slow.")


def test_log_of_who_looked_stays_without_the_name(customer):
    erase_customer(customer=customer)

    assert AccessRecord.objects.get().customer is None


def test_what_is_left_of_the_work_names_nobody(customer):
    erase_customer(customer=customer)

    erasure = Erasure.objects.get()
    assert (erasure.state, erasure.customer, erasure.files) == ("done", None, [])


def test_asking_twice_is_one_work(customer):
    assert request_erasure(customer=customer) == request_erasure(customer=customer)
    assert erase_next_customer()
    assert not erase_next_customer()


def test_command_asks_for_the_number_and_erases(customer):
    call_command("erase_person", customer.external_id, "--yes")

    assert not Customer.objects.exists()
    with pytest.raises(CommandError, match="no customer"):
        call_command("erase_person", customer.external_id, "--yes")


class Died(BaseException):
    """The worker is gone, in the midst of a statement."""


def die_at(step, work, *, commits_each=False):
    """Do the work and die before its statement number `step`; whether it came to its end.

    With `commits_each` the database has no transactions: each statement counts at once.
    """
    executed = 0

    def count(execute, *statement):
        nonlocal executed
        executed += 1
        if executed == step:
            raise Died
        result = execute(*statement)
        if commits_each and connection.in_atomic_block:
            connection.connection.commit()
        return result

    try:
        with connection.execute_wrapper(count):
            work()
    except Died:
        return False
    return True


def states_after_dying(number, media, **how):
    """What was found after each death, until one worker came through."""
    for step in range(1, 200):
        is_through = die_at(step, erase_next_customer, **how)
        Erasure.objects.filter(state="running").update(lease_until="2020-01-01T00:00Z")
        if is_through and not Erasure.objects.exclude(state="done").exists():
            return
        if Customer.objects.filter(external_id=number).exists():
            yield step, is_whole(number)
        else:
            yield (
                step,
                CANARY not in str(list(Response.objects.values()))
                and not (left_of(CANARY, media)[0]),
            )


@pytest.mark.django_db(transaction=True)
def test_nobody_is_half_erased_wherever_the_worker_dies(media):
    customer = make_known_customer(media)
    request_erasure(customer=customer)

    found = list(states_after_dying(customer.external_id, media))

    assert len(found) > 20
    assert all(is_right for _step, is_right in found)
    assert left_of(CANARY, media) == ([], [])


@pytest.mark.django_db(transaction=True)
def test_control_somebody_is_half_erased_without_the_transaction(media):
    customer = make_known_customer(media)
    request_erasure(customer=customer)

    found = list(states_after_dying(customer.external_id, media, commits_each=True))

    assert not all(is_right for _step, is_right in found)


def test_applications_say_what_they_keep():
    assert {trace.__name__ for trace in TRACES} >= {"exports_with_answers", "tags_of_comments"}
