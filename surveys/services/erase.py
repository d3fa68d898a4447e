"""Erasing one customer: every trace outside backups, and no figure with them.

The answers stay, without customer, account, event and personal link, and
without what was written in the customer's own words; everything else goes. An
`Erasure` row is the work. One transaction empties the database and leaves in
the row which files lie outside of it; they go afterwards, and then the row is
done and names nobody. A worker that dies in between leaves a row whose lease
ends, and the next one goes on: nobody is ever half erased.

Other applications add to `TRACES` what they keep: a function that is given the
responses of the customer, deletes its own rows in the same transaction and
returns names of files or folders in the media folder.
"""

import logging
import shutil
import uuid
from datetime import timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from surveys.enums import AttributeKind, JobState, QuestionType
from surveys.models import (
    Complaint,
    Customer,
    CustomerAttribute,
    Erasure,
    ExclusionDecision,
    ImportRun,
    OutboxMessage,
    Question,
    Response,
    ResponseRevision,
)
from surveys.tokens import hash_token, new_token

from .changed_days import note_changed_days

LEASE = timedelta(minutes=5)
ERASED = "–"  # where a constraint wants some words
OWN_WORDS = {
    QuestionType.SHORT_TEXT,
    QuestionType.LONG_TEXT,
    QuestionType.EMAIL,
    QuestionType.CONSENT,
    QuestionType.DATE,
}
RATED_IN_PARTS = {QuestionType.MATRIX, QuestionType.EXPECTATION_PAIR}

logger = logging.getLogger(__name__)


def files_of_imports(_responses):
    """Forget every file that was brought in: any of them may hold a row of the customer."""
    folders = [f"imports/{name}" for name in ImportRun.objects.values_list("folder", flat=True)]
    ImportRun.objects.all().delete()
    return folders


TRACES = [files_of_imports]


def request_erasure(*, customer, user=None, is_by_rule=False):
    """Ask for a customer to be erased; asking twice is one request. A worker does it."""
    erasure, _is_new = Erasure.objects.get_or_create(
        customer=customer, defaults={"requested_by": user, "is_by_rule": is_by_rule}
    )
    return erasure


def erase_customer(*, customer, user=None):
    """Erase a customer now, unless a worker does already; when this dies, a worker goes on."""
    erasure = request_erasure(customer=customer, user=user)
    if _claim(erasure.pk):
        _erase(Erasure.objects.get(pk=erasure.pk))


def erase_next_customer():
    """Do or finish one erasure that is asked for; whether there was one."""
    free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=timezone.now())
    for key in Erasure.objects.filter(free).order_by("pk").values_list("pk", flat=True)[:20]:
        if _claim(key):
            _erase(Erasure.objects.get(pk=key))
            return True
    return False


def _claim(key):
    now = timezone.now()
    free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=now)
    return Erasure.objects.filter(free, pk=key).update(
        state=JobState.RUNNING, lease_until=now + LEASE
    )


def _erase(erasure):
    if erasure.customer_id is not None:
        _empty_database(erasure)
    for name in erasure.files:
        _remove(name)
    Erasure.objects.filter(pk=erasure.pk).update(
        state=JobState.DONE, files=[], lease_until=None, finished_at=timezone.now()
    )
    logger.info("A customer was erased (erasure %d).", erasure.pk)


def _empty_database(erasure):
    """Take the customer out of every table, all at once or not at all."""
    with transaction.atomic():
        customer = Customer.objects.select_for_update(of=("self",)).get(pk=erasure.customer_id)
        responses = Response.objects.filter(
            Q(customer=customer) | Q(invitation__customer=customer) | Q(event__customer=customer)
        )
        files = [name for trace in TRACES for name in trace(responses)]
        _blank_complaints(customer)
        for response in responses.select_for_update(of=("self",)):
            _unlink(response)
            note_changed_days(response.survey_id, [response.submitted_on])
        customer.invitations.all().delete()
        customer.events.all().delete()
        customer.delete()
        Erasure.objects.filter(pk=erasure.pk).update(files=files)
    erasure.refresh_from_db()


def _unlink(response):
    """Keep of an answer what the figures need, and nothing that the customer wrote."""
    ResponseRevision.objects.filter(response=response).delete()
    OutboxMessage.objects.filter(response=response).delete()
    ExclusionDecision.objects.filter(response=response).update(reason=ERASED)
    types = _types_by_key(response)
    Response.objects.filter(pk=response.pk).update(
        customer=None,
        account=None,
        event=None,
        invitation=None,
        submission_id=uuid.uuid4(),
        fingerprint=hash_token(new_token()),
        traits=_traits_for_figures(response.traits),
        answers={
            key: None if _is_in_own_words(key, types) else answer
            for key, answer in response.answers.items()
        },
    )


def _types_by_key(response):
    questions = Question.objects.filter(version=response.version_id)
    return dict(questions.values_list("key", "type"))


def _is_in_own_words(key, types):
    """Whether an entry may hold anything but picked answers, marks and numbers."""
    question, _dot, part = key.partition(".")
    kind = types.get(question)
    if kind is None or kind in OWN_WORDS:
        return True
    return part == "other" and kind not in RATED_IN_PARTS


def _traits_for_figures(traits):
    """What groups answers: the lists, and attributes that are a choice from few."""
    if traits is None:
        return None
    choices = CustomerAttribute.objects.filter(kind=AttributeKind.CHOICE)
    kept = {"stage", "type", "panel", "role", "handler"} | {
        f"attribute.{code}" for code in choices.values_list("code", flat=True)
    }
    return {name: value for name, value in traits.items() if name in kept} or None


def _blank_complaints(customer):
    """Leave of their complaints that there was one, where and how far it came."""
    theirs = Complaint.objects.filter(Q(customer=customer) | Q(invitation__customer=customer))
    for complaint in theirs.select_for_update(of=("self",)):
        complaint.entries.all().delete()
        Complaint.objects.filter(pk=complaint.pk).update(
            words=ERASED if complaint.words else "",
            contact="",
            customer=None,
            invitation=None,
            token_hash=hash_token(new_token()),
        )


def _remove(name):
    """Remove a file or a folder of the media folder; one that is gone already is no error."""
    path = Path(default_storage.path(name))
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
