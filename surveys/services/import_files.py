"""Where the files of an import lie: in a folder of its own that no page serves."""

import csv
import shutil
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from surveys.models import ImportRun

LARGEST_BYTES = 64 * 1024**2
MOST_ROWS = 300_000
MOST_COLUMNS = 500


def source_path(run):
    """The file as it was brought."""
    return folder_of(run) / "source"


def refused_path(run):
    """The rows that were refused, with their reasons."""
    return folder_of(run) / "refused.csv"


def folder_of(run):
    """The folder with everything that belongs to an import."""
    return Path(default_storage.path(f"imports/{run.folder}"))


def store_source(run, chunks):
    """Write the file that was brought; readable by nobody else."""
    folder = folder_of(run)
    folder.mkdir(parents=True, mode=0o700)
    with source_path(run).open("wb") as file:
        source_path(run).chmod(0o600)
        for chunk in chunks:
            file.write(chunk)


def remove_source(run):
    """Remove the file that was brought."""
    source_path(run).unlink(missing_ok=True)


def remove_files(run):
    """Remove everything that belongs to an import."""
    shutil.rmtree(folder_of(run), ignore_errors=True)


def remove_lost_folder(before):
    """Remove a folder older than a moment that no run has, left by an upload that was killed."""
    known = set(ImportRun.objects.values_list("folder", flat=True))
    for folder in _folders():
        if folder.name not in known and folder.stat().st_mtime < before.timestamp():
            shutil.rmtree(folder, ignore_errors=True)
            return True
    return False


def _folders():
    everything = Path(default_storage.path("imports"))
    return list(everything.iterdir()) if everything.exists() else []


@contextmanager
def refusals_of(run):
    """A function for `run_import` that writes refused rows into a CSV file."""
    path = refused_path(run)
    path.unlink(missing_ok=True)
    opened = []

    def begin(columns):
        if opened:
            opened.pop().close()
        file = path.open("w", encoding="utf-8-sig", newline="")
        opened.append(file)
        writer = csv.writer(file)
        writer.writerow([*columns, _("row"), _("why it was refused")])
        width = len(columns)

        def write(number, reason, cells):
            row = [*cells, *[""] * (width - len(cells))][:width]
            writer.writerow([*row, number, reason])

        return write

    try:
        yield begin
    finally:
        for file in opened:
            file.close()
