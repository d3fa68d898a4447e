"""The application that shows what the answers say."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Results, bulletins and files."""

    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        """Tell the worker what to look for."""
        from reports.issuing import issue_next_due_report
        from reports.mailing import send_next_edition_mail
        from reports.tasks import render_next_edition
        from surveys.services.sweeps import SWEEPS

        for sweep in (issue_next_due_report, render_next_edition, send_next_edition_mail):
            if sweep not in SWEEPS:
                SWEEPS.append(sweep)
