"""Walking through a file a batch at a time, all of it or nothing.

First every row is checked and compared with what is stored: that only reads.
What is to be written waits on disk (`staging.py`) and is written at the end,
in one short transaction.
"""

from contextlib import nullcontext
from dataclasses import dataclass, field

from django.db import Error, IntegrityError, transaction
from django.utils.translation import gettext as _

from .columns import matched_by_name
from .errors import FileRefused, RowRefused
from .mojibake import looks_garbled
from .staging import Staging
from .table_files import open_table

BATCH_ROWS = 500
SENTENCES_KEPT = 100
EXAMPLES_KEPT = 20
GARBLED_KEPT = 5
MOST_TRIES = 3


@dataclass(slots=True)
class Row:
    """A row that passed its check: its number in the file, its values by column, its cells."""

    number: int
    values: dict
    cells: list = ()


@dataclass(slots=True)
class Outcome:
    """What became of the rows; `refusals` holds the first hundred sentences.

    `examples` are the first rows as they would be stored, `garbled` rows whose
    signs were probably read in a wrong encoding before they came here.
    `on_refusal` is called with each refused row: its number, the reason, its cells.
    """

    file: str
    encoding: object = None
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    refusals: list = field(default_factory=list)
    unused_columns: list = field(default_factory=list)
    examples: list = field(default_factory=list)
    garbled: list = field(default_factory=list)
    example: str = ""
    is_written: bool = False
    on_refusal: object = None

    def refuse(self, number, reason, cells=()):
        """Count a row that cannot be used."""
        self.refused += 1
        if len(self.refusals) < SENTENCES_KEPT:
            self.refusals.append((number, str(reason)))
        if self.on_refusal:
            self.on_refusal(number, str(reason), cells)


class Importer:
    """One kind of file: what its columns are, when a row is right, how rows are stored."""

    columns = ()

    @property
    def required(self):
        """Names of the columns that must be there; the first one tells rows apart."""
        return tuple(column.name for column in self.columns if column.is_required)

    @property
    def optional(self):
        """Names of the columns that may be there."""
        return tuple(column.name for column in self.columns if not column.is_required)

    def begin(self, columns):
        """Look at the columns that are there; may raise `FileRefused`."""

    def check(self, cells):
        """The values of one row, from texts by column; may raise `RowRefused`."""
        raise NotImplementedError

    def stage(self, rows, outcome, staging):
        """Compare checked rows with what is stored, count them, and stage what is to be written.

        Refuses rows that fit nothing in the database. Only reads.
        """
        raise NotImplementedError

    def finish(self, outcome, staging):
        """Do what can only be done once every row is known; only reads."""

    def write(self, staging):
        """Write what was staged; called inside a transaction."""
        staging.write()

    def shown(self, values):
        """The values of a row as texts by column, as they will stand in the database."""
        return {name: "" if value is None else str(value) for name, value in values.items()}


def run_import(
    importer,
    path,
    *,
    name=None,
    encoding=None,
    dry_run=False,
    good_rows_only=False,
    matching=None,
    refusals=lambda columns: None,
    on_progress=lambda rows: None,
    claim=nullcontext,
):
    """Import a file and say what became of its rows.

    Nothing is written when `dry_run` is set, and nothing when a row was refused
    unless `good_rows_only` is set. `matching` says where the columns stand;
    without it they have our names. `refusals` gets the column names of the file and
    gives a function to be called with the number, reason and cells of each refused
    row. `on_progress` is called with the number of rows checked so far, `claim`
    with the outcome inside the transaction that writes; both may raise. Raises
    `FileRefused` when the file as a whole cannot be used.
    """
    options = {"name": name, "encoding": encoding, "matching": matching, "on_progress": on_progress}
    options["refusals"] = refusals
    for tries_left in reversed(range(MOST_TRIES)):
        try:
            with Staging() as staging:
                outcome = _checked(importer, path, staging, **options)
                if not dry_run and (good_rows_only or not outcome.refused):
                    _write(importer, staging, outcome, claim)
            return outcome
        except IntegrityError as error:
            # Somebody has added or removed what rows refer to while they were checked.
            if not tries_left:
                raise _stopped(name or path, error) from error
        except Error as error:
            raise _stopped(name or path, error) from error
    raise AssertionError


def _checked(importer, path, staging, *, name, encoding, matching, refusals, on_progress):
    with open_table(path, encoding=encoding, name=name) as table:
        outcome = Outcome(table.name, table.encoding, on_refusal=refusals(table.columns))
        matching = matching or matched_by_name(importer, table)
        used = set(matching.places.values())
        outcome.unused_columns = [
            column for place, column in enumerate(table.columns) if place not in used
        ]
        importer.begin(matching.columns)
        for batch in _batches(importer, table, matching, outcome):
            importer.stage(batch, outcome, staging)
            on_progress(outcome.rows)
        importer.finish(outcome, staging)
    return outcome


def _write(importer, staging, outcome, claim):
    with transaction.atomic():
        importer.write(staging)
        outcome.is_written = True
        claim(outcome)


def _stopped(name, error):
    return FileRefused(
        _("The database stopped the import of %(file)s; nothing was written (%(reason)s).")
        % {"file": str(name).rpartition("/")[2], "reason": type(error).__name__}
    )


def _batches(importer, table, matching, outcome):
    batch, seen = [], set()
    for number, cells in table.rows:
        if not any(cell.strip() for cell in cells):
            continue
        outcome.rows += 1
        texts = matching.texts(cells)
        _look_at_signs(number, texts, outcome)
        try:
            row = Row(number, importer.check(texts), cells)
            _refuse_repeated(row, importer, seen)
        except RowRefused as refusal:
            outcome.refuse(number, refusal, cells)
        else:
            if len(outcome.examples) < EXAMPLES_KEPT:
                outcome.examples.append((number, importer.shown(row.values)))
            batch.append(row)
        if len(batch) == BATCH_ROWS:
            yield batch
            batch = []
    yield batch


def _look_at_signs(number, texts, outcome):
    """Keep an example of what is not ASCII, and rows that look wrongly read."""
    for text in texts.values():
        if text.isascii():
            continue
        outcome.example = outcome.example or text
        if len(outcome.garbled) < GARBLED_KEPT and looks_garbled(text):
            outcome.garbled.append((number, text))
            return


def _refuse_repeated(row, importer, seen):
    """Refuse a second row with the same id; only a hash of each id is kept."""
    column = importer.required[0]
    identity = row.values[column]
    if hash(identity) in seen:
        raise RowRefused(
            _("%(column)s “%(id)s” stands in an earlier row too.")
            % {"column": column, "id": identity}
        )
    seen.add(hash(identity))
