"""Files of answers: asked for as a row, written by a worker, kept for some days.

Each attempt writes into a folder of its own that no row names until the file is
whole, so a killed worker leaves nothing that could be taken for a file.
"""

import hashlib
import logging
import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.leases import claim, is_due
from reports.models import AnswerExport
from surveys.enums import JobState

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 3

logger = logging.getLogger(__name__)


class ClaimLost(Exception):
    """Another worker has taken the row, because the lease was over."""


def request_export(*, user, survey, **wishes):
    """Ask for a file of answers: the row is the truth, the task only wakes a worker."""
    from reports.tasks import write_export_task

    with transaction.atomic():
        export = AnswerExport(survey=survey, requested_by=user, **wishes)
        export.full_clean(exclude=["file", "digest"])
        export.save()
        transaction.on_commit(lambda: write_export_task.enqueue(export.pk))
    return export


def next_export():
    """The oldest export that is due or abandoned, or None."""
    due = AnswerExport.objects.filter(is_due()).order_by("requested_at", "pk")
    return due.values_list("pk", flat=True).first()


def claim_export(pk):
    """Take an export for a lease, or None; what broke off too often is given up."""
    if not claim(AnswerExport.objects.filter(pk=pk), lease=LEASE):
        return None
    export = AnswerExport.objects.select_related("survey", "unit", "requested_by").get(pk=pk)
    forget_files(export)
    if export.attempts > MOST_ATTEMPTS:
        give_back_export(export, _("The worker was stopped again and again while it wrote."))
        return None
    return export


def note_progress(export, written, total):
    """Say how far the file is and go on holding it; raises `ClaimLost`."""
    held = _held(export).update(
        rows_written=written, rows_total=total, lease_until=timezone.now() + LEASE
    )
    if not held:
        raise ClaimLost


def folder_for(export):
    """An empty folder for this attempt."""
    folder = _folder(export) / str(export.attempts)
    folder.mkdir(parents=True)
    return folder


def keep_export(export, path, *, rows):
    """Say that the file is whole; a lost claim takes its folder away."""
    done = _held(export).update(
        state=JobState.DONE,
        file=path.relative_to(default_storage.path("")).as_posix(),
        size=path.stat().st_size,
        digest=_digest(path),
        rows_written=rows,
        rows_total=rows,
        finished_at=timezone.now(),
        lease_until=None,
        last_error="",
    )
    if not done:
        shutil.rmtree(path.parent, ignore_errors=True)


def give_back_export(export, sentence, *, for_good=False):
    """A failure is seen; it is tried again until the attempts are used up."""
    logger.warning("Export %s was not written: %s", export.pk, sentence)
    ended = for_good or export.attempts >= MOST_ATTEMPTS
    _held(export).update(
        state=JobState.FAILED if ended else JobState.QUEUED,
        lease_until=None,
        last_error=sentence,
        rows_written=0,
    )


def forget_files(export):
    """Remove whatever earlier attempts have left."""
    shutil.rmtree(_folder(export), ignore_errors=True)


def purge_exports():
    """Remove one export whose days are over, its file first; False when there is none."""
    before = timezone.now() - timedelta(days=settings.EXPORTS_KEPT_DAYS)
    ended = (JobState.DONE, JobState.FAILED)
    export = AnswerExport.objects.filter(requested_at__lt=before, state__in=ended).first()
    if export is None:
        return False
    forget_files(export)
    export.delete()
    return True


def _held(export):
    return AnswerExport.objects.filter(
        pk=export.pk, state=JobState.RUNNING, attempts=export.attempts
    )


def _folder(export):
    return Path(default_storage.path(f"exports/{export.pk}"))


def _digest(path):
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
