"""Work of the background; the queue only wakes a worker, the rows say what is due."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import Error
from django.utils.translation import gettext as _
from django_tasks import task

from reports.answer_files.exports import (
    ClaimLost,
    claim_export,
    folder_for,
    forget_files,
    give_back_export,
    keep_export,
    next_export,
    note_progress,
)
from reports.editions.bulletins import (
    claim_edition,
    give_back_edition,
    give_up_abandoned_editions,
    keep_edition,
    next_edition,
)
from reports.exporters.answers import write_answers
from reports.exporters.bulletin import draw_edition
from reports.exporters.errors import ExportFailed, PdfFailed
from reports.stored_results import compute_result
from surveys.services.heartbeat import beat

logger = logging.getLogger(__name__)


@task()
def render_edition_task(pk):
    """Draw one bulletin."""
    render_edition(pk)


def render_edition(pk):
    """Draw one edition if it is still due and nobody else has it; safe to run twice.

    Returns whether this call did the work.
    """
    edition = claim_edition(pk)
    if edition is None:
        return False
    try:
        keep_edition(edition, draw_edition(edition))
    except PdfFailed as problem:
        give_back_edition(edition, str(problem))
    except OSError as problem:
        reason = {"reason": problem.strerror or problem}
        give_back_edition(edition, _("The file could not be stored: %(reason)s.") % reason)
    except Error:
        raise
    except Exception as problem:
        logger.exception("Edition %s broke off.", pk)
        reason = {"reason": type(problem).__name__}
        give_back_edition(edition, _("The bulletin could not be drawn: %(reason)s") % reason)
    return True


def render_next_edition():
    """Draw the oldest edition that is due or abandoned; False when there is none."""
    give_up_abandoned_editions()
    pk = next_edition()
    return pk is not None and render_edition(pk)


@task()
def compute_result_task(pk):
    """Compute one stored result."""
    compute_result(pk)


@task()
def write_export_task(pk):
    """Write one file of answers."""
    write_export(pk)


def write_export(pk, *, after_piece=lambda: None):
    """Write one export if it is still due and nobody else has it; safe to run twice.

    Returns whether this call did the work. `after_piece` is called whenever a
    piece is written.
    """
    export = claim_export(pk)
    if export is None:
        return False

    def note(written, total):
        note_progress(export, written, total)
        beat()
        after_piece()

    try:
        path, rows = write_answers(export, folder_for(export), note)
        keep_export(export, path, rows=rows)
    except ClaimLost:
        return True
    except PermissionDenied:
        _give_up(export, _("Who asked for it may no longer read these answers."))
    except ExportFailed as problem:
        _give_up(export, str(problem))
    except OSError as problem:
        forget_files(export)
        reason = {"reason": problem.strerror or problem}
        give_back_export(export, _("The file could not be stored: %(reason)s.") % reason)
    return True


def write_next_export():
    """Write the oldest export that is due or abandoned; False when there is none."""
    pk = next_export()
    return pk is not None and write_export(pk)


def _give_up(export, sentence):
    forget_files(export)
    give_back_export(export, sentence, for_good=True)
