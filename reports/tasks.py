"""Work of the background; the queue only wakes a worker, the rows say what is due."""

import logging

from django.db import Error
from django.utils.translation import gettext as _
from django_tasks import task

from reports.exporters.bulletin import draw_edition
from reports.exporters.errors import PdfFailed
from reports.services import (
    claim_edition,
    give_back_edition,
    give_up_abandoned_editions,
    keep_edition,
    next_edition,
)
from reports.stored_results import compute_result

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
