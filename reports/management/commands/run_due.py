"""``manage.py run_due``: begin what is due now; a worker does the rest."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from reports.issuing import issue_due_reports


class Command(BaseCommand):
    """Safe to run as often as one likes, and on several machines at once."""

    help = "Begin the reports that are due now."

    def handle(self, *args, **options):
        """Say what was begun."""
        runs = issue_due_reports()
        for run in runs:
            self.stdout.write(
                _("Begun: “%(report)s”, bulletins: %(number)s.")
                % {"report": run.report.name, "number": run.editions.count()}
            )
        if not runs:
            self.stdout.write(_("Nothing is due."))
