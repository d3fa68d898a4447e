"""Imports a survey file of Topbox or another tool; says line by line what becomes of it."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.enums import Fate, MeasureRole, SurveyMode
from surveys.errors import SurveyError
from surveys.imports.cells import shown
from surveys.imports.errors import FileRefused
from surveys.management.importing import REFUSED_EXIT_CODE
from surveys.selectors.import_reports import counted
from surveys.services.import_survey import import_as_survey
from surveys.survey_files.opening import SUFFIXES
from surveys.survey_files.outline import plain_lines
from surveys.survey_files.reading import read_survey_file
from surveys.survey_files.unpacking import LARGEST_FILE


class Command(BaseCommand):
    """Reads one survey file."""

    help = "Import a survey file of Topbox, LimeSurvey, Qualtrics or an XLSForm."

    def add_arguments(self, parser):
        """The file, and how careful to be."""
        parser.add_argument("file", help=f"a file ending in {', '.join(SUFFIXES)}")
        parser.add_argument("--dry-run", action="store_true", help="tell everything, write nothing")
        parser.add_argument(
            "--anonymous", action="store_true", help="nothing joins an answer to a person"
        )
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            help="of the texts, where the file does not say it",
        )

    def handle(self, *args, **options):
        """Read, tell, and make the survey unless it is a dry run."""
        try:
            read = read_survey_file(
                _content(options["file"]),
                options["file"],
                fallback_language=options["language"] or get_language(),
            )
            self._tell(read)
            if options["dry_run"]:
                self.stdout.write(_("This was a dry run; nothing was written."))
                return
            mode = SurveyMode.ANONYMOUS if options["anonymous"] else SurveyMode.NAMED
            survey = import_as_survey(read=read, mode=mode)
        except SurveyError as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(REFUSED_EXIT_CODE) from None
        self.stdout.write(
            _("The survey “%(slug)s” is made. Nobody can answer it yet.") % {"slug": survey.slug}
        )

    def _tell(self, read):
        for line in read.lines:
            words = f"{Fate(line.fate).label}: {shown(line.place)}: {shown(line.what)}"
            self.stdout.write(f"{words} ({line.reason})" if line.reason else words)
        for suggestion in read.suggestions:
            self.stdout.write(
                _("%(question)s may be the measure “%(measure)s”; mark it in the editor.")
                % {"question": suggestion.key, "measure": MeasureRole(suggestion.role).label}
            )
        counts = ", ".join(
            f"{fate.label} {number}" for fate, number in counted(plain_lines(read.lines))
        )
        self.stdout.write(f"{read.file} ({read.tool}): {counts}.")


def _content(path):
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise FileRefused(
            _("%(file)s cannot be opened: %(reason)s.") % {"file": path, "reason": error.strerror}
        ) from None
