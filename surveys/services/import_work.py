"""What a worker does with a file that was brought in: check it, or import it.

The rows and the words that they are imported are written by one transaction, so
that a file which a killed worker had begun can be taken up again and is imported once.
"""

import logging
from datetime import timedelta

from django.db import Error
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from surveys.enums import ImportState
from surveys.imports.columns import Matching
from surveys.imports.errors import FileRefused
from surveys.imports.kinds import importer_for
from surveys.imports.running import run_import
from surveys.models import ImportRun

from .heartbeat import beat
from .import_files import refusals_of, remove_source, source_path
from .import_runs import WORKBOOK

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 3
NOTED_EVERY_ROWS = 2500

logger = logging.getLogger(__name__)


class ClaimLost(Exception):
    """Somebody cancelled the import, or another worker has it, because the lease was over."""


def work_on_next_import():
    """Check or import the file that has waited for longest; False when there is none."""
    waiting = ImportRun.objects.filter(_is_due()).order_by("requested_at", "pk")
    pk = waiting.values_list("pk", flat=True).first()
    return pk is not None and work_on_import(pk)


def work_on_import(pk, *, after_piece=lambda: None):
    """Check or import a file if it is still due and nobody else has it; safe to run twice.

    Returns whether this call took it. `after_piece` is called whenever progress is noted.
    """
    run = _claim(pk)
    if run is None:
        return False
    with translation.override(run.language):
        try:
            _work(run, after_piece)
        except ClaimLost:
            logger.info("Import %s was given up while it ran.", pk)
        except FileRefused as refusal:
            _give_back(run, str(refusal), is_final=not isinstance(refusal.__cause__, Error))
        except OSError as problem:
            reason = {"reason": problem.strerror or problem}
            _give_back(run, _("The file could not be read: %(reason)s.") % reason)
        except Error:
            raise
        except Exception as problem:
            logger.exception("Import %s broke off.", pk)
            reason = {"reason": type(problem).__name__}
            _give_back(run, _("The import broke off (%(reason)s).") % reason, is_final=True)
    return True


def _work(run, after_piece):
    noted = 0

    def note(rows):
        nonlocal noted
        if rows - noted >= NOTED_EVERY_ROWS:
            noted = rows
            _note_progress(run, rows)
            after_piece()

    with refusals_of(run) as refusals:
        outcome = run_import(
            importer_for(run),
            source_path(run),
            name=run.name,
            encoding=None if run.encoding == WORKBOOK else run.encoding,
            dry_run=not run.is_confirmed,
            good_rows_only=run.good_rows_only,
            matching=Matching(run.places, run.constants),
            refusals=refusals,
            on_progress=note,
            claim=lambda outcome: _finish(run, outcome, ImportState.DONE),
        )
    if outcome.is_written:
        remove_source(run)
    else:
        _finish(run, outcome, ImportState.CHECKED)


def _claim(pk):
    """Take a run for a lease, or None; what broke off too often is given up."""
    taken = ImportRun.objects.filter(_is_due(), pk=pk).update(
        state=ImportState.RUNNING,
        lease_until=timezone.now() + LEASE,
        attempts=F("attempts") + 1,
    )
    if not taken:
        return None
    run = ImportRun.objects.select_related("survey").get(pk=pk)
    if run.attempts > MOST_ATTEMPTS:
        _give_back(run, _("The worker was stopped again and again at this file."), is_final=True)
        return None
    return run


def _is_due():
    left = Q(state=ImportState.RUNNING, lease_until__lt=timezone.now())
    return Q(state=ImportState.QUEUED) | left


def _note_progress(run, rows):
    """Say how far it is and go on holding it; raises `ClaimLost`."""
    if not _held(run).update(rows_done=rows, lease_until=timezone.now() + LEASE):
        raise ClaimLost
    beat()


def _finish(run, outcome, state):
    """Keep what became of the rows; in the transaction that writes them, if they are written."""
    is_done = state == ImportState.DONE
    done = _held(run).update(
        state=state,
        lease_until=None,
        last_error=_not_written(run, outcome),
        rows_done=outcome.rows,
        rows_total=outcome.rows,
        counts={
            "new": outcome.new,
            "changed": outcome.changed,
            "unchanged": outcome.unchanged,
            "refused": outcome.refused,
        },
        findings=_findings(outcome, is_done),
        is_confirmed=is_done,
        finished_at=timezone.now() if is_done else None,
    )
    if not done:
        raise ClaimLost


def _findings(outcome, is_done):
    return {
        "refusals": outcome.refusals,
        "garbled": outcome.garbled,
        "unused": outcome.unused_columns[:50],
        "examples": [] if is_done else outcome.examples,
    }


def _not_written(run, outcome):
    if run.is_confirmed and not outcome.is_written:
        return _("Nothing was imported: rows are refused now that were not when it was checked.")
    return ""


def _give_back(run, sentence, *, is_final=False):
    """A failure is seen; it is tried again until the attempts are used up."""
    logger.warning("Import %s did not come to its end.", run.pk)
    ended = is_final or run.attempts >= MOST_ATTEMPTS
    _held(run).update(
        state=ImportState.FAILED if ended else ImportState.QUEUED,
        lease_until=None,
        last_error=sentence,
        rows_done=0,
    )


def _held(run):
    return ImportRun.objects.filter(pk=run.pk, state=ImportState.RUNNING, attempts=run.attempts)
