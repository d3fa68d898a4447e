"""Imports past responses of one survey from a file; the same file again changes nothing."""

from django.utils.translation import gettext as _

from surveys.imports.errors import FileRefused
from surveys.imports.responses import ResponseImporter
from surveys.management.importing import ImportCommand
from surveys.models import Survey


class Command(ImportCommand):
    """Reads responses."""

    help = (
        "Import responses from a CSV or XLSX file. Columns: external_id, answered_at, one for "
        "each question key; and, as wanted, customer, language, unit."
    )

    def add_arguments(self, parser):
        """Which survey was answered."""
        super().add_arguments(parser)
        parser.add_argument("--survey", required=True, metavar="SLUG")

    def importer(self, options):
        """The importer of this survey's responses."""
        survey = Survey.objects.filter(slug=options["survey"]).first()
        if survey is None:
            raise FileRefused(
                _("There is no survey “%(slug)s”; there are: %(slugs)s.")
                % {
                    "slug": options["survey"],
                    "slugs": ", ".join(Survey.objects.values_list("slug", flat=True)[:20]) or "–",
                }
            )
        return ResponseImporter(survey)
