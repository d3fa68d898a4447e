"""Answers for SPSS and Stata: sent row by row to a process that writes the file."""

import os
import pickle
import subprocess
import sys
from datetime import date, datetime
from itertools import islice

from django.conf import settings
from django.utils.translation import gettext as _

from .errors import ExportFailed
from .figure_files import storable
from .statistics_names import stata_names
from .statistics_process import DAY, MOMENT, NUMBER, TEXT

MEMORY_BYTES = 2 * 1024**3
PIECE = 1000
KINDS = {float: NUMBER, datetime: MOMENT, date: DAY}
FIRST_MOMENT, FIRST_DAY = datetime(1970, 1, 1), date(1970, 1, 1)


def write_answers_sav(table, path, progress):
    """An SPSS file with labels of variables and values, and missing values."""
    names = [column.name for column in table.columns]
    _write("sav", names, table, path, progress, longest=255)


def write_answers_dta(table, path, progress):
    """A Stata file; names are shorter there and missing values are its own (.a, .b …)."""
    names = stata_names([column.name for column in table.columns])
    _write("dta", names, table, path, progress, longest=80)


def _write(form, names, table, path, progress, *, longest):
    plan = {
        "format": form,
        "path": str(path),
        "memory_bytes": MEMORY_BYTES,
        "columns": [
            {
                "name": name,
                "label": storable(column.label)[:longest],
                "kind": KINDS.get(column.kind, TEXT),
                "labels": {value: storable(words)[:120] for value, words in column.labels.items()},
                "missing": column.missing,
            }
            for name, column in zip(names, table.columns, strict=True)
        ],
    }
    plain = [PLAIN[column["kind"]] for column in plan["columns"]]
    rows = (
        [None if value is None else make(value) for make, value in zip(plain, row, strict=True)]
        for row in progress(table.rows())
    )
    _send(plan, rows)


PLAIN = {
    NUMBER: lambda value: value,
    MOMENT: lambda value: (value.replace(tzinfo=None) - FIRST_MOMENT).total_seconds(),
    DAY: lambda value: (value - FIRST_DAY).days,
    TEXT: storable,
}


def _send(plan, rows):
    """Start the process, give it everything and wait for the file."""
    with subprocess.Popen(
        [sys.executable, "-m", "reports.exporters.statistics_process"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        env={key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ},
    ) as writer:
        try:
            _give(writer.stdin, plan, rows)
        except BrokenPipeError:
            pass  # it ended early, and says why
        except BaseException:
            writer.kill()
            raise
        told = writer.stderr.read().decode(errors="replace").strip()
    if "MemoryError" in told:
        raise ExportFailed(
            _("So many answers need more memory than this format may take; take CSV.")
        )
    if writer.returncode != 0:
        raise OSError(told.splitlines()[-1] if told else f"status {writer.returncode}")


def _give(target, plan, rows):
    pickle.dump(plan, target)
    while piece := list(islice(rows, PIECE)):
        pickle.dump(piece, target)
    pickle.dump(None, target)
    target.close()
