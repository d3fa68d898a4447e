"""``manage.py curve SURVEY``: the curve of collected answers as text or JSON."""

import json
import sys

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from reports.analysis.document import curve_document
from reports.analysis.text import curve_text
from reports.dataset import Selection
from reports.enums import Loyalty
from reports.summaries import FOLLOW_UP_DAYS, survey_results
from reports.words import wording
from reports.words.notes import exclusion_note
from surveys.models import Survey


class Command(BaseCommand):
    """Writes the curve; exit code 2 and a sentence when there is none to show."""

    help = "Write the satisfaction-loyalty curve of a survey's answers."

    def add_arguments(self, parser):
        """Which survey and which loyalty."""
        parser.add_argument("survey", help="short name of the survey")
        parser.add_argument("--loyalty", choices=Loyalty.values, default=Loyalty.STATED)
        parser.add_argument("--days", type=int, default=FOLLOW_UP_DAYS, help="observed: the window")
        parser.add_argument(
            "--with-excluded", action="store_true", help="count the answers too that staff left out"
        )
        parser.add_argument("--json", action="store_true", help="see reports/analysis/README.md")

    def handle(self, *args, **options):
        """Write it."""
        survey = Survey.objects.filter(slug=options["survey"]).first()
        if survey is None:
            self._refuse(_("There is no survey “%(name)s”.") % {"name": options["survey"]})
        found = survey_results(
            Selection(survey, with_excluded=options["with_excluded"]),
            loyalties=(Loyalty(options["loyalty"]),),
            days=options["days"],
        )
        curve = next(iter(found.curves), None)
        if curve is None or curve.curve is None:
            self._refuse(_("There are too few answers for a curve, or the survey cannot have it."))
        if options["json"]:
            document = {
                "survey": survey.slug,
                "loyalty": curve.loyalty,
                "excluded": found.excluded,
                "with_excluded": found.selection.with_excluded,
                **curve_document(curve),
            }
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))
            return
        days = curve.follow_up.days if curve.follow_up else None
        self.stdout.write(f"{survey}\n{wording.loyalty_words(curve.loyalty, days)}\n")
        self.stdout.write(curve_text(curve))
        if found.excluded:
            self.stdout.write(exclusion_note(found))

    def _refuse(self, sentence):
        self.stderr.write(sentence)
        sys.exit(2)
