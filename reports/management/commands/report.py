"""``manage.py report SURVEY --out FILE.pdf``: a bulletin from the command line."""

import sys

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from reports.exporters.bulletin import draw_bulletin
from reports.exporters.errors import PdfFailed
from reports.exporters.pdf import write_file
from reports.models import ReportLevel
from surveys.models import Survey, Unit


class Command(BaseCommand):
    """Draws the bulletin of a survey; exit code 2 and a sentence when it cannot."""

    help = "Write the PDF bulletin of a survey."

    def add_arguments(self, parser):
        """Which survey, and how."""
        parser.add_argument("survey", help="short name of the survey")
        parser.add_argument("--out", required=True, help="file to write")
        parser.add_argument("--unit", help="code of a unit; it and everything below it")
        parser.add_argument("--language", default="en", choices=["en", "zh-hans", "zh-hant"])
        parser.add_argument("--level", default="manager", choices=ReportLevel.values)

    def handle(self, *args, **options):
        """Write the file, or say why not."""
        survey = Survey.objects.filter(slug=options["survey"]).first()
        if survey is None:
            self._refuse(_("There is no survey “%(name)s”.") % {"name": options["survey"]})
        unit = options["unit"] and Unit.objects.filter(code=options["unit"]).first()
        if options["unit"] and unit is None:
            self._refuse(_("There is no unit “%(code)s”.") % {"code": options["unit"]})
        try:
            drawn = draw_bulletin(
                survey=survey, unit=unit, level=options["level"], language=options["language"]
            )
            write_file(options["out"], drawn.content)
        except (PdfFailed, OSError) as problem:
            self._refuse(str(problem))
        size = len(drawn.content) // 1024
        self.stdout.write(_("%(file)s, %(size)s KB") % {"file": options["out"], "size": size})

    def _refuse(self, sentence):
        self.stderr.write(sentence)
        sys.exit(2)
