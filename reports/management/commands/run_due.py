"""``manage.py run_due``: begin what is due now; a worker does the rest."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from reports.editions.issuing import issue_due_reports
from surveys.services.due_now import ask_what_is_due


class Command(BaseCommand):
    """Safe to run as often as one likes, and on several machines at once."""

    help = "Begin the waves, event surveys, reminders and reports that are due now."

    def handle(self, *args, **options):
        """Say what was begun."""
        said = [*asked_words(ask_what_is_due()), *issued_words(issue_due_reports())]
        for sentence in said or [_("Nothing is due.")]:
            self.stdout.write(sentence)


def asked_words(asked):
    """What was begun in asking customers."""
    if asked.waves:
        yield _("Waves begun: %(number)s.") % {"number": asked.waves}
    if asked.events:
        yield _("Asked about events: %(number)s.") % {"number": asked.events}
    if asked.skipped:
        yield _("Skipped, with the reason: %(number)s.") % {"number": asked.skipped}
    if asked.reminders:
        yield _("Reminders: %(number)s.") % {"number": asked.reminders}


def issued_words(runs):
    """Which reports were begun."""
    for run in runs:
        yield _("Begun: “%(report)s”, bulletins: %(number)s.") % {
            "report": run.report.name,
            "number": run.editions.count(),
        }
