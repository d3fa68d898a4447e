"""Files that staff bring in: uploaded, matched, confirmed, cancelled, forgotten."""

import hashlib
import json
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.enums import ImportKind, ImportState
from surveys.errors import SurveyError
from surveys.imports.columns import column_name, guessed_places
from surveys.imports.encoding_choices import encoding_choices
from surveys.imports.errors import FileRefused
from surveys.imports.kinds import importer_for
from surveys.imports.measuring import rows_in
from surveys.imports.table_files import open_table
from surveys.models import ColumnMatching, ImportRun

from .import_files import (
    LARGEST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    remove_files,
    remove_lost_folder,
    source_path,
    store_source,
)
from .rows import checked

WORKBOOK = "xlsx"
OPEN = (
    ImportState.MATCHING,
    ImportState.QUEUED,
    ImportState.RUNNING,
    ImportState.CHECKED,
    ImportState.FAILED,
)


def bring_in(*, user, kind, name, chunks, size, survey=None):
    """Keep a file and look at its columns; raises `FileRefused`, and keeps nothing then.

    Where it is not certain how the file is to be read, `encoding` stays empty.
    """
    if size > LARGEST_BYTES:
        raise FileRefused(
            _("%(file)s is larger than %(limit)d MB. Split it.")
            % {"file": name, "limit": LARGEST_BYTES // 1024**2}
        )
    run = ImportRun(
        kind=kind,
        survey=survey if kind == ImportKind.RESPONSES else None,
        name=name[-255:],
        folder=get_random_string(32),
        language=get_language(),
        requested_by=user,
    )
    importer_for(run)
    try:
        store_source(run, chunks)
        if not encoding_choices(source_path(run)):
            _read_columns(run)
        checked(run).save()
    except BaseException:
        remove_files(run)
        raise
    return run


def choose_encoding(*, run, encoding):
    """Read the file so, as somebody decided who saw its lines."""
    if encoding not in {choice.name for choice in encoding_choices(source_path(run))}:
        raise SurveyError(_("The file cannot be read so."))
    run.encoding = encoding
    _read_columns(run)
    fields = ["encoding", "columns", "rows_total", "places", "constants"]
    _change(run, (ImportState.MATCHING,), **{name: getattr(run, name) for name in fields})


def match_columns(*, run, places, constants):
    """Say what the columns are, and let a worker check the file."""
    changed = _change(
        run,
        (ImportState.MATCHING, ImportState.CHECKED, ImportState.FAILED),
        places=places,
        constants=constants,
        state=ImportState.QUEUED,
        is_confirmed=False,
        attempts=0,
        rows_done=0,
        last_error="",
    )
    if changed:
        ColumnMatching.objects.update_or_create(
            digest=_digest(run),
            defaults={
                "places": {ours: run.columns[at] for ours, at in places.items()},
                "constants": constants,
            },
        )
        _wake(run)
    return changed


def confirm_import(*, run, good_rows_only):
    """Let a worker import the file that was checked."""
    changed = _change(
        run,
        (ImportState.CHECKED,),
        state=ImportState.QUEUED,
        is_confirmed=True,
        good_rows_only=good_rows_only,
        attempts=0,
        rows_done=0,
    )
    if changed:
        _wake(run)
    return changed


def cancel_import(*, run):
    """Give a file up, and remove it; False when it was imported already."""
    changed = _change(run, OPEN, state=ImportState.CANCELLED, finished_at=timezone.now())
    if changed:
        remove_files(run)
    return changed


def first_matching(run):
    """How the columns were matched last time, else as their names suggest: places and constants."""
    remembered = ColumnMatching.objects.filter(digest=_digest(run)).first()
    importer = importer_for(run)
    if remembered is None:
        return guessed_places(importer, run.columns), {}
    known = {column.name for column in importer.columns}
    places = {
        ours: run.columns.index(theirs)
        for ours, theirs in remembered.places.items()
        if ours in known and theirs in run.columns
    }
    return places, remembered.constants


def purge_imports():
    """Forget one file whose days are over; False when there is none."""
    before = timezone.now() - timedelta(days=settings.IMPORTS_KEPT_DAYS)
    old = ImportRun.objects.filter(requested_at__lt=before).exclude(
        state__in=(ImportState.QUEUED, ImportState.RUNNING)
    )
    run = old.first()
    if run is None:
        return remove_lost_folder(before)
    remove_files(run)
    run.delete()
    return True


def _read_columns(run):
    """What the file says of itself; `encoding` is certain now."""
    common = {"encoding": run.encoding or None, "name": run.name}
    path = source_path(run)
    with open_table(path, **common) as table:
        if len(table.columns) > MOST_COLUMNS:
            raise FileRefused(
                _("%(file)s has %(count)d columns in its first row; %(limit)d are the most.")
                % {"file": run.name, "count": len(table.columns), "limit": MOST_COLUMNS}
            )
        run.columns = [column[:200] for column in table.columns]
        run.encoding = run.encoding or (table.encoding.name if table.encoding else WORKBOOK)
    run.rows_total = rows_in(path, most=MOST_ROWS, **common)
    run.places, run.constants = first_matching(run)


def _change(run, states, **values):
    """Change a run that is in one of these states; of several at once the database lets one."""
    changed = ImportRun.objects.filter(pk=run.pk, state__in=states).update(**values)
    return bool(changed)


def _digest(run):
    names = sorted(map(column_name, run.columns))
    text = json.dumps([run.kind, run.survey_id, names], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _wake(run):
    from surveys.tasks import import_file_task

    import_file_task.enqueue(run.pk)
