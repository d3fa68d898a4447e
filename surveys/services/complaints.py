"""Complaints: a customer begins one, sends it once and sees what becomes of it; staff answer.

The page that begins a complaint carries a fresh token, so that pressing the
button twice begins one. Whoever has the token may read the complaint; only
its hash is stored.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import ComplaintEntryKind, ComplaintState
from surveys.errors import SurveyError, UnknownLink
from surveys.models import Complaint, ComplaintEntry
from surveys.tokens import hash_token, is_token

from .visits import day_in

LONGEST_WORDS = 10_000
FURTHER = (ComplaintState.IN_PROGRESS, ComplaintState.CLOSED)


def begin_complaint(*, token, language, public_link=None, invitation=None):
    """Note that somebody opened the form for a complaint; the same token begins one only once.

    Exactly one of `public_link` and `invitation` is given, with its survey.
    """
    if not is_token(token):
        raise UnknownLink("This is not a token that a page of ours made.")
    door = public_link or invitation
    unit = public_link.unit if public_link else invitation.customer.unit
    complaint, _is_new = Complaint.objects.get_or_create(
        token_hash=hash_token(token),
        defaults={
            "survey": door.survey,
            "public_link": public_link,
            "invitation": invitation,
            "customer": invitation.customer if invitation else None,
            "placement_id": unit.placement_id if unit else None,
            "language": language,
            "begun_on": day_in(door.survey),
        },
    )
    return complaint


def send_complaint(*, complaint, words, contact=""):
    """Store what the customer wrote, once; what came first stays."""
    now = timezone.now()
    Complaint.objects.filter(pk=complaint.pk, state=ComplaintState.BEGUN).update(
        state=ComplaintState.RECEIVED,
        words=words,
        contact=contact,
        received_on=day_in(complaint.survey),
        received_at=None if complaint.survey.is_anonymous else now,
    )
    complaint.refresh_from_db()
    return complaint


def add_entry(*, complaint, kind, text, author):
    """Write a note for staff or an answer to the customer; the first one takes the complaint up."""
    if not text.strip():
        raise SurveyError(_("Please write something."))
    with transaction.atomic():
        entry = ComplaintEntry.objects.create(
            complaint=complaint, kind=ComplaintEntryKind(kind), text=text.strip(), author=author
        )
        Complaint.objects.filter(pk=complaint.pk, state=ComplaintState.RECEIVED).update(
            state=ComplaintState.IN_PROGRESS
        )
    return entry


def set_state(*, complaint, state):
    """Say how far a complaint is; one that was not sent has no further state."""
    if state not in FURTHER:
        raise SurveyError(_("A complaint can be in progress or closed."))
    sent = Complaint.objects.filter(pk=complaint.pk).exclude(state=ComplaintState.BEGUN)
    if not sent.update(state=state):
        raise SurveyError(_("This complaint was not sent."))
    complaint.refresh_from_db()
    return complaint
