"""What the import commands have in common: their options, and what they say."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.imports.cells import shown
from surveys.imports.errors import FileRefused
from surveys.imports.running import run_import

REFUSED_EXIT_CODE = 2
SENTENCES_SHOWN = 20


class ImportCommand(BaseCommand):
    """Imports one file; subclasses say which importer reads it."""

    def add_arguments(self, parser):
        """The file, and how careful to be."""
        parser.add_argument("file", help="CSV or XLSX, with column names in the first row")
        parser.add_argument(
            "--dry-run", action="store_true", help="check everything, write nothing"
        )
        parser.add_argument(
            "--good-rows-only",
            action="store_true",
            help="keep the good rows when others are refused (otherwise nothing is written)",
        )
        parser.add_argument("--encoding", help="of a CSV file, when it cannot be told")

    def importer(self, options):
        """The importer of this command."""
        raise NotImplementedError

    def handle(self, *args, **options):
        """Import, and say what became of the rows."""
        try:
            outcome = run_import(
                self.importer(options),
                options["file"],
                encoding=options["encoding"],
                dry_run=options["dry_run"],
                good_rows_only=options["good_rows_only"],
            )
        except FileRefused as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(REFUSED_EXIT_CODE) from None
        self._tell_reading(outcome)
        for number, reason in outcome.refusals[:SENTENCES_SHOWN]:
            self.stderr.write(
                _("Row %(number)d: %(reason)s") % {"number": number, "reason": reason}
            )
        if outcome.refused > SENTENCES_SHOWN:
            self.stderr.write(
                _("… and %(count)d more.") % {"count": outcome.refused - SENTENCES_SHOWN}
            )
        self._tell_result(outcome, options["dry_run"])
        if outcome.refused and not options["good_rows_only"]:
            raise SystemExit(REFUSED_EXIT_CODE)

    def _tell_reading(self, outcome):
        if outcome.encoding and outcome.encoding.is_guess:
            self.stdout.write(
                _(
                    "Read as %(encoding)s, in which a cell says “%(example)s”; "
                    "if that is wrong, name the encoding with --encoding."
                )
                % {"encoding": outcome.encoding.name, "example": shown(outcome.example)}
            )
        for number, text in outcome.garbled:
            self.stdout.write(
                _("Row %(number)d looks as if it had been read in a wrong encoding: “%(text)s”.")
                % {"number": number, "text": shown(text)}
            )
        if outcome.unused_columns:
            self.stdout.write(
                _("Columns that were not used: %(columns)s.")
                % {"columns": ", ".join(shown(name) for name in outcome.unused_columns[:10])}
            )

    def _tell_result(self, outcome, dry_run):
        counts = {
            "rows": ngettext("%(count)d row", "%(count)d rows", outcome.rows)
            % {"count": outcome.rows},
            "file": outcome.file,
            "new": outcome.new,
            "changed": outcome.changed,
            "unchanged": outcome.unchanged,
            "refused": outcome.refused,
        }
        self.stdout.write(
            _(
                "%(file)s: %(rows)s; %(new)d new, %(changed)d changed, "
                "%(unchanged)d unchanged, %(refused)d refused."
            )
            % counts
        )
        if dry_run:
            self.stdout.write(_("This was a dry run; nothing was written."))
        elif not outcome.is_written:
            self.stdout.write(
                _("Nothing was written. Mend the rows, or keep the others with --good-rows-only.")
            )
