"""Issuing bulletins: asked for as a row that a worker takes, with what the file rests on.

A row is claimed by an UPDATE with the expected state in its WHERE, for the
time of a lease; what was abandoned is taken up again when the lease is over.
"""

import hashlib
import logging
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.leases import claim, is_abandoned, is_due
from reports.models import Edition, EditionMail, Paper
from reports.words.definitions import CURVE, RESULTS, definition_versions
from surveys.enums import JobState

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 3

logger = logging.getLogger(__name__)


def request_edition(*, survey, unit, level, language, user, paper=Paper.A4, with_comments=False):
    """Ask for a bulletin: the row is the truth, the task only wakes a worker."""
    from reports.tasks import render_edition_task

    with transaction.atomic():
        edition = Edition(
            survey=survey,
            unit=unit,
            level=level,
            language=language,
            paper=paper,
            with_comments=with_comments,
            requested_by=user,
        )
        edition.full_clean(exclude=["file", "digest", "definitions"])
        edition.save()
        transaction.on_commit(lambda: render_edition_task.enqueue(edition.pk))
    return edition


def next_edition():
    """The oldest edition that is due or abandoned, or None; what failed before comes last."""
    due = Edition.objects.filter(is_due(most_attempts=MOST_ATTEMPTS))
    due = due.order_by("attempts", "requested_at", "pk")
    return due.values_list("pk", flat=True).first()


def claim_edition(pk):
    """Take an edition for a lease, or None; of several workers the database lets one through."""
    claimed = claim(Edition.objects.filter(pk=pk), lease=LEASE, most_attempts=MOST_ATTEMPTS)
    related = Edition.objects.select_related("survey", "unit", "run__report")
    return related.get(pk=pk) if claimed else None


def give_up_abandoned_editions():
    """An edition during which the worker died again and again is ended, and says so."""
    ended = Edition.objects.filter(is_abandoned(), attempts__gte=MOST_ATTEMPTS).update(
        state=JobState.FAILED,
        lease_until=None,
        last_error=_("The worker ended each time while it drew this bulletin."),
    )
    if ended:
        logger.warning("%d editions are given up: the worker ended while drawing them.", ended)


def keep_edition(edition, drawn):
    """The file first, then "done" with its digest; a lost claim keeps what the other one wrote.

    Each attempt has a folder of its own, so that nothing of a killed one stays. Raises
    `OSError` when the file cannot be stored whole; then nothing of it is left.
    """
    storage = edition.file.storage
    name = f"{folder_of(edition, edition.attempts)}/{file_name(edition, drawn)}"
    try:
        edition.file.name = storage.save(name, ContentFile(drawn.content))
    except OSError:
        storage.delete(name)
        raise
    if not _note_done(edition, drawn):
        storage.delete(edition.file.name)
        return
    for attempt in range(1, edition.attempts):
        forget_attempt(storage, folder_of(edition, attempt))


def _note_done(edition, drawn):
    """In one transaction: it is done, and its recipients are owed a mail."""
    with transaction.atomic():
        done = Edition.objects.filter(
            pk=edition.pk, state=JobState.RUNNING, attempts=edition.attempts
        ).update(
            state=JobState.DONE,
            file=edition.file.name,
            digest=hashlib.sha256(drawn.content).hexdigest(),
            data_cutoff=drawn.data_cutoff,
            responses_counted=drawn.responses,
            definitions=definition_versions(RESULTS + CURVE),
            finished_at=timezone.now(),
            lease_until=None,
            last_error="",
        )
        if done and edition.run:
            owed = [EditionMail(edition=edition, address=a) for a in edition.run.report.addresses]
            EditionMail.objects.bulk_create(owed, ignore_conflicts=True)
    return done


def folder_of(edition, attempt):
    """Where the file of one attempt stands."""
    return f"editions/{edition.pk}/{attempt}"


def forget_attempt(storage, folder):
    """Remove what a worker that was killed has left behind."""
    if storage.exists(folder):
        for name in storage.listdir(folder)[1]:
            storage.delete(f"{folder}/{name}")
        storage.delete(folder)


def give_back_edition(edition, sentence):
    """A failure is seen; it is tried again until the attempts are used up."""
    logger.warning("Edition %s was not drawn: %s", edition.pk, sentence)
    ended = edition.attempts >= MOST_ATTEMPTS
    Edition.objects.filter(pk=edition.pk, state=JobState.RUNNING, attempts=edition.attempts).update(
        state=JobState.FAILED if ended else JobState.QUEUED, lease_until=None, last_error=sentence
    )


def file_name(edition, drawn):
    """Survey, unit, data cut-off, length and language; safe for every file system."""
    parts = [edition.survey.slug, edition.unit.code if edition.unit else "", edition.level]
    parts += [edition.language, drawn.data_cutoff.strftime("%Y-%m-%d")]
    return "-".join(filter(None, parts)) + ".pdf"
