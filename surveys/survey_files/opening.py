"""Has a survey file opened by a limited process, and says in words why it cannot be read."""

import json
import logging
import subprocess
import sys
from pathlib import PurePath

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.imports.errors import FileRefused

SECONDS = 9
SUFFIXES = (".json", ".lss", ".qsf", ".xlsx")
SENTENCES = {
    "empty": gettext_lazy("%(file)s is empty."),
    "large": gettext_lazy("%(file)s is larger than %(limit)d MB."),
    "old_excel": gettext_lazy("%(file)s is in the old Excel format; save it as .xlsx."),
    "other_kind": gettext_lazy(
        "%(file)s holds something else than its name says; export it again and keep its ending."
    ),
    "unknown_kind": gettext_lazy("%(file)s is not a survey file."),
    "entities": gettext_lazy(
        "%(file)s defines entities of its own; no survey needs them, and it was not read."
    ),
    "not_xml": gettext_lazy("%(file)s is broken in line %(line)d, column %(column)d."),
    "not_json": gettext_lazy("%(file)s is broken in line %(line)d, column %(column)d."),
    "not_utf8": gettext_lazy("%(file)s is not a text in UTF-8."),
    "number": gettext_lazy("%(file)s holds a number that cannot be read."),
    "deep": gettext_lazy("%(file)s is nested more than %(limit)d levels deep."),
    "rows": gettext_lazy("%(file)s has more than %(limit)d rows."),
    "columns": gettext_lazy(
        "%(file)s has more than %(limit)d columns in row %(row)d of the sheet “%(sheet)s”."
    ),
    "unpacked": gettext_lazy("%(file)s unpacks to more than %(limit)d MB."),
    "content": gettext_lazy("%(file)s holds more than %(limit)d MB of texts."),
    "not_workbook": gettext_lazy("%(file)s is not a readable Excel workbook."),
}

logger = logging.getLogger(__name__)


def open_survey_file(content, name):
    """The ending of a file's name and what the file holds; raises `FileRefused`."""
    name = PurePath(name).name
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise FileRefused(
            _("%(file)s cannot be read; its name must end in %(endings)s.")
            % {"file": name, "endings": ", ".join(SUFFIXES)}
        )
    answer = _answer(content, suffix, name)
    if "refusal" in answer:
        raise FileRefused(SENTENCES[answer["refusal"]] % {"file": name, **answer["figures"]})
    return suffix, answer["content"]


def _answer(content, suffix, name):
    try:
        done = subprocess.run(
            [sys.executable, "-m", "surveys.survey_files.unpacking", suffix],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=settings.BASE_DIR,
            env={"OPENBLAS_NUM_THREADS": "1", "OPENPYXL_LXML": "False"},
        )
        if done.returncode == 0:
            return json.loads(done.stdout)
        logger.warning("A survey file ended its reader: %s", done.stderr[-500:])
    except subprocess.TimeoutExpired:
        logger.warning("A survey file took its reader longer than %d seconds.", SECONDS)
    raise FileRefused(
        _("%(file)s needs too much memory or time; divide the survey, or export it anew.")
        % {"file": name}
    )
