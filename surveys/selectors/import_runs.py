"""What the pages of an import show."""

from itertools import islice

from surveys.imports.kinds import importer_for
from surveys.imports.table_files import open_table
from surveys.services.import_files import refused_path, source_path
from surveys.services.import_runs import WORKBOOK

SAMPLE_ROWS = 3


def sample_rows(run):
    """The cells of the first rows of a file."""
    encoding = None if run.encoding == WORKBOOK else run.encoding
    with open_table(source_path(run), encoding=encoding, name=run.name) as table:
        return [
            [cell.strip()[:60] for cell in cells]
            for _number, cells in islice(table.rows, SAMPLE_ROWS)
        ]


def example_table(run):
    """The first rows as they are to be stored: the labels of the columns, and rows with numbers."""
    examples = run.findings.get("examples", [])
    columns = [
        column
        for column in importer_for(run).columns
        if column.name in run.places or column.name in run.constants
    ]
    rows = [
        (number, [values.get(column.name, "") for column in columns]) for number, values in examples
    ]
    return {"labels": [column.label for column in columns], "rows": rows}


def has_refused_file(run):
    """Whether the refused rows can be downloaded."""
    return bool(run.counts.get("refused")) and refused_path(run).exists()
