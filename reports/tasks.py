"""Work of the background; the queue only wakes a worker, the rows say what is due."""

from django.utils.translation import gettext as _
from django_tasks import task

from reports.exporters.bulletin import draw_bulletin
from reports.exporters.errors import PdfFailed
from reports.services import claim_edition, give_back_edition, keep_edition, next_edition
from reports.stored_results import compute_result


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
        drawn = draw_bulletin(
            survey=edition.survey,
            unit=edition.unit,
            level=edition.level,
            language=edition.language,
        )
        keep_edition(edition, drawn)
    except PdfFailed as problem:
        give_back_edition(edition, str(problem))
    except OSError as problem:
        reason = {"reason": problem.strerror or problem}
        give_back_edition(edition, _("The file could not be stored: %(reason)s.") % reason)
    return True


def render_next_edition():
    """Draw the oldest edition that is due or abandoned; False when there is none."""
    pk = next_edition()
    return pk is not None and render_edition(pk)


@task()
def compute_result_task(pk):
    """Compute one stored result."""
    compute_result(pk)
