"""Writing the answers that somebody may read to a file in the format wished."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.answer_files.table import NUMBERS, answer_table
from reports.models import ExportFormat
from reports.permissions import answers_to_export_for

from .answer_files import WRITERS
from .errors import ExportFailed

STATISTICS = (ExportFormat.SAV, ExportFormat.DTA)
ENDINGS = {ExportFormat.CSV: "zip"}
PIECE = 2000


def write_answers(export, folder, note):
    """Write the file of an export into a folder; returns its path and its rows.

    `note` is told how many rows are written, and of how many. Raises
    `ExportFailed` with a sentence, or `OSError`.
    """
    selection, with_customers = answers_to_export_for(export)
    cells = NUMBERS if export.format in STATISTICS else export.cells
    with override(export.language):
        table = answer_table(
            selection,
            cells=cells,
            language=export.language,
            unit=export.unit,
            with_customers=with_customers,
        )
        _refuse_too_few(table, selection.survey)
        note(0, table.total)
        ending = ENDINGS.get(export.format, export.format)
        path = folder / f"{'-'.join(_name_parts(export))}.{ending}"
        WRITERS[export.format](table, path, lambda rows: _noted(rows, note, table.total))
    return path, table.total


def _noted(rows, note, total):
    for number, row in enumerate(rows, 1):
        yield row
        if number % PIECE == 0:
            note(number, total)


def _refuse_too_few(table, survey):
    if not table.total:
        raise ExportFailed(_("There are no answers in this choice."))
    if survey.is_anonymous and table.total < settings.MINIMUM_BASE:
        raise ExportFailed(
            _("Fewer than %(minimum)s anonymous answers are not given out.")
            % {"minimum": settings.MINIMUM_BASE}
        )


def _name_parts(export):
    yield export.survey.slug
    if export.unit:
        yield export.unit.code
    yield "answers"
    yield export.requested_at.strftime("%Y-%m-%d")
