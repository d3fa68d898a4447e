"""Walking through a file a batch at a time, all of it or nothing."""

import unicodedata
from dataclasses import dataclass, field

from django.db import Error, transaction
from django.utils.translation import gettext as _

from .errors import FileRefused, RowRefused
from .table_files import open_table

BATCH_ROWS = 500
SENTENCES_KEPT = 100


@dataclass(slots=True)
class Row:
    """A row that passed its check: its number in the file, and its values by column."""

    number: int
    values: dict


@dataclass(slots=True)
class Outcome:
    """What became of the rows; `refusals` holds the first hundred sentences."""

    file: str
    encoding: object = None
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    refusals: list = field(default_factory=list)
    unused_columns: list = field(default_factory=list)
    example: str = ""
    is_written: bool = False

    def refuse(self, number, reason):
        """Count a row that cannot be used."""
        self.refused += 1
        if len(self.refusals) < SENTENCES_KEPT:
            self.refusals.append((number, str(reason)))


class Importer:
    """One kind of file: what its columns are, when a row is right, how rows are stored."""

    required = ()
    optional = ()

    def begin(self, columns):
        """Look at the columns that are there; may raise `FileRefused`."""

    def check(self, cells):
        """The values of one row, from texts by column; may raise `RowRefused`."""
        raise NotImplementedError

    def store(self, rows, outcome):
        """Store checked rows, count them, and refuse those that fit nothing in the database."""
        raise NotImplementedError

    def finish(self, outcome):
        """Do what can only be done once every row is known."""


def run_import(importer, path, *, encoding=None, dry_run=False, good_rows_only=False):
    """Import a file and say what became of its rows.

    Everything happens in one transaction. It is taken back when `dry_run` is
    set, and when a row was refused unless `good_rows_only` is set. Raises
    `FileRefused` when the file as a whole cannot be used.
    """
    with open_table(path, encoding=encoding) as table:
        outcome = Outcome(table.name, table.encoding)
        try:
            with transaction.atomic():
                _walk(importer, table, outcome)
                outcome.is_written = not dry_run and (good_rows_only or not outcome.refused)
                if not outcome.is_written:
                    transaction.set_rollback(True)
        except Error as error:
            raise FileRefused(
                _("The database stopped the import of %(file)s; nothing was written (%(reason)s).")
                % {"file": table.name, "reason": type(error).__name__}
            ) from error
    return outcome


def _walk(importer, table, outcome):
    places = _columns(importer, table, outcome)
    importer.begin(set(places))
    for batch in _batches(importer, table, places, outcome):
        importer.store(batch, outcome)
    importer.finish(outcome)


def _columns(importer, table, outcome):
    """Where each column of ours stands in the file."""
    names = [column_name(column) for column in table.columns]
    known = {*importer.required, *importer.optional}
    twice = sorted({name for name in names if name in known and names.count(name) > 1})
    if twice:
        raise FileRefused(
            _("%(file)s has the column “%(column)s” more than once.")
            % {"file": table.name, "column": twice[0]}
        )
    missing = [name for name in importer.required if name not in names]
    if missing:
        raise FileRefused(
            _("%(file)s has no column “%(column)s”; its columns are: %(columns)s.")
            % {
                "file": table.name,
                "column": missing[0],
                "columns": ", ".join(column[:40] for column in table.columns[:20]),
            }
        )
    outcome.unused_columns = [
        column for column, name in zip(table.columns, names, strict=True) if name not in known
    ]
    return {name: place for place, name in enumerate(names) if name in known}


def column_name(column):
    """A column name in the form in which it is compared: small letters and underscores."""
    return "_".join(unicodedata.normalize("NFKC", column).lower().replace("-", " ").split())


def _batches(importer, table, places, outcome):
    batch, seen = [], set()
    for number, cells in table.rows:
        if not any(cell.strip() for cell in cells):
            continue
        outcome.rows += 1
        width = len(cells)
        texts = {name: cells[at] if at < width else "" for name, at in places.items()}
        if not outcome.example:
            outcome.example = next((t for t in texts.values() if not t.isascii()), "")
        try:
            row = Row(number, importer.check(texts))
            _refuse_repeated(row, importer, seen)
        except RowRefused as refusal:
            outcome.refuse(number, refusal)
            continue
        batch.append(row)
        if len(batch) == BATCH_ROWS:
            yield batch
            batch = []
    if batch:
        yield batch


def _refuse_repeated(row, importer, seen):
    """Refuse a second row with the same id; only a hash of each id is kept."""
    identity = row.values[importer.required[0]]
    if hash(identity) in seen:
        raise RowRefused(
            _("%(column)s “%(id)s” stands in an earlier row too.")
            % {"column": importer.required[0], "id": identity}
        )
    seen.add(hash(identity))
