"""Comments as CSV or XLSX: what the page shows, all its pages."""

from io import BytesIO

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.comments.masking import masked
from surveys.rules.piping import with_fallbacks
from surveys.texts import text_in

from .figure_files import csv_text, write_sheet

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def comment_file(kind, found, survey, *, is_masked):
    """The bytes or the text of a file with a row for each comment."""
    rows = list(comment_rows(found, survey, is_masked=is_masked))
    if kind == "csv":
        return csv_text(rows)
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        write_sheet(book, _("Comments"), rows, has_head=True)
    return out.getvalue()


def comment_rows(found, survey, *, is_masked):
    """A head and the comments; day, unit and segment only where answers are not anonymous."""
    head = [_("Question"), _("Comment"), _("Satisfaction"), _("Tags")]
    yield head + ([_("Day"), _("Unit"), _("Segment")] if found.shows_circumstances else [])
    language = get_language()
    names = {
        key: with_fallbacks(text_in(question.text, language, survey.default_language))
        for key, question in found.questions.items()
    }
    for comment in found.comments:
        text = masked(comment.text) if is_masked else comment.text
        tags = ", ".join(found.tags_of.get(comment.place, ()))
        row = [names[comment.key], text, comment.score, tags]
        if found.shows_circumstances:
            row += [comment.day.isoformat(), comment.unit, comment.segment]
        yield row
