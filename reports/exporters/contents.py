"""What a bulletin is made from, and tables cut to the length that paper has for them."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from reports.words import formatting


@dataclass(frozen=True, slots=True)
class Contents:
    """What a bulletin is made from; `most_questions` shortens it to fit its pages.

    `findings` are only in the full bulletin, `comments` only where who asked
    for it may read single answers.
    """

    view: object
    survey: object
    level: str
    most_questions: int | None = None
    findings: object | None = None

    @property
    def selection(self):
        """Which answers are counted."""
        return self.view.results.selection


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table with what it leaves out, in words."""

    table: object
    left_out: str = ""


def on_paper(table, most=25, *, columns=None):
    """The first rows of a `ChartTable`, and of its columns those at the places given."""
    if columns is not None:
        table = replace(
            table,
            head=tuple(table.head[place] for place in columns),
            rows=tuple(tuple(row[place] for place in columns) for row in table.rows),
        )
    if len(table.rows) <= most:
        return PaperTable(table)
    text = _("%(shown)s of %(all)s rows; the page on the screen has all of them.")
    values = {"shown": formatting.count(most), "all": formatting.count(len(table.rows))}
    return PaperTable(replace(table, rows=table.rows[:most]), text % values)
