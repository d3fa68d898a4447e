"""``manage.py analyse FILE``: the satisfaction–loyalty curve of any file."""

import json
import sys
from contextlib import ExitStack
from dataclasses import replace

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.analysis.analysis import Wishes, analyse
from reports.analysis.counting import listed
from reports.analysis.document import as_document
from reports.analysis.errors import FileProblem
from reports.analysis.example import EXAMPLES, open_example
from reports.analysis.recoding import LoyaltyKind
from reports.analysis.sources import open_table
from reports.analysis.text import as_text
from reports.exporters.errors import PdfFailed
from reports.exporters.pdf import write_analysis
from scoring.errors import ScoringError

BAD_INPUT = 2


class Command(BaseCommand):
    """Reads a file, writes the curve; exit code 2 and one sentence for a file it cannot use."""

    help = "Draw the satisfaction-loyalty curve of a CSV, XLSX or SAV file."
    requires_system_checks = []

    def add_arguments(self, parser):
        """What an analyst may say about the file."""
        add = parser.add_argument
        add("file", nargs="?", help="CSV, XLSX or SAV, also gzipped; - reads standard input")
        add("--score", help="column of the satisfaction score")
        add("--loyalty", help="column of loyalty: 0/1, yes/no, an intention scale or 0-10")
        add("--scale", help="scale of the score, such as 1-5")
        kinds = [kind.value for kind in LoyaltyKind if kind is not LoyaltyKind.VALUES]
        add("--loyalty-kind", choices=kinds, help="how the loyalty column is read")
        add("--loyal-from", type=float, metavar="CUT", help="lowest loyal point of an intention")
        add("--loyal-value", action="append", default=[], help="a value that is loyal; repeatable")
        add("--not-applicable", action="append", default=[], metavar="CODE", help="no answer")
        add("--where", action="append", default=[], metavar="COLUMN=VALUE", help="only these rows")
        add("--weight", help="column of survey weights")
        add("--segment", help="column of segments, each with a curve of its own")
        add("--encoding", help="encoding of a text file, such as gb18030")
        add("--sheet", help="sheet of a workbook; the first one if left out")
        add("--confidence", type=float, default=0.95, help="level of the intervals")
        add("--example", choices=EXAMPLES, help="a real example instead of a file")
        add("--language", default="en", choices=["en", "zh-hans", "zh-hant"])
        add(
            "--json",
            action="store_true",
            help="write JSON instead; reports/analysis/README.md",
        )
        add("--pdf", metavar="OUT", help="write a bulletin to this file too")

    def handle(self, *args, **options):
        """Say in one sentence what is wrong, or write the analysis."""
        try:
            with override(options["language"]):
                self._analyse(options)
        except (FileProblem, ScoringError, PdfFailed, OSError) as problem:
            self.stderr.write(str(problem))
            sys.exit(BAD_INPUT)

    def _analyse(self, options):
        with ExitStack() as opened:
            analysis = analyse(*self._table_and_wishes(options, opened))
        if options["pdf"]:
            write_analysis(analysis, options["pdf"], language=options["language"])
        if options["json"]:
            document = as_document(analysis)
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))
        else:
            self.stdout.write(as_text(analysis))

    def _table_and_wishes(self, options, opened):
        if options["example"]:
            table, wishes = open_example(options["example"])
            return table, replace(wishes, confidence=_confidence(options))
        if not options["file"]:
            raise FileProblem(_("Name a file, - for standard input, or --example fair."))
        table = opened.enter_context(
            open_table(options["file"], encoding=options["encoding"], sheet=options["sheet"])
        )
        return table, Wishes(
            score=options["score"] or self._asked(table, "score", options["file"]),
            loyalty=options["loyalty"] or self._asked(table, "loyalty", options["file"]),
            weight=options["weight"],
            segment=options["segment"],
            scale=options["scale"],
            loyalty_kind=options["loyalty_kind"],
            loyal_from=options["loyal_from"],
            loyal_values=tuple(options["loyal_value"]),
            not_applicable=tuple(options["not_applicable"]),
            conditions=tuple(options["where"]),
            confidence=_confidence(options),
        )

    def _asked(self, table, what, file):
        """The name of a column, asked for at a terminal."""
        if file == "-" or not sys.stdin.isatty():
            raise FileProblem(
                _("Name the column with --%(what)s. The columns are: %(columns)s.")
                % {"what": what, "columns": listed(table.columns)}
            )
        self.stderr.write(_("Columns: %(columns)s") % {"columns": listed(table.columns)})
        question = {
            "score": _("Which column is the satisfaction score? "),
            "loyalty": _("Which column says who is loyal? "),
        }
        return input(question[what]).strip()


def _confidence(options):
    if not 0 < options["confidence"] < 1:
        raise FileProblem(_("--confidence lies between 0 and 1, such as 0.95."))
    return options["confidence"]
