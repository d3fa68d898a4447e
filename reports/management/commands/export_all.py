"""``manage.py export_all FOLDER``: everything that was collected, as open files."""

import shutil
import sys
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from reports.exporters.everything import write_everything


class Command(BaseCommand):
    """Writes a folder that must not be there yet; all of it, or nothing."""

    help = "Write units, customers, events, surveys and answers as CSV and JSON files."

    def add_arguments(self, parser):
        """Where to."""
        parser.add_argument("out", help="folder to make")
        parser.add_argument("--language", default="en", choices=["en", "zh-hans", "zh-hant"])

    def handle(self, *args, out, language, **options):
        """Write beside the folder, then give it its name."""
        target = Path(out).absolute()
        if target.exists():
            self._refuse(_("“%(folder)s” is there already.") % {"folder": out})
        try:
            folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        except OSError as problem:
            self._refuse_writing(out, problem)
        try:
            for path, rows in write_everything(folder, language=language):
                self.stdout.write(f"{path.relative_to(folder)}: {rows}")
            folder.rename(target)
        except OSError as problem:
            self._refuse_writing(out, problem)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _refuse_writing(self, out, problem):
        reason = {"folder": out, "reason": problem.strerror or problem}
        self._refuse(_("“%(folder)s” could not be written: %(reason)s.") % reason)

    def _refuse(self, sentence):
        self.stderr.write(sentence)
        sys.exit(2)
