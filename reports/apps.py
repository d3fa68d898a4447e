"""The application that shows what the answers say."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Results, bulletins and files."""

    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        """Tell the worker what to look for."""
        from reports.drivers import driver_analysis
        from reports.export_services import purge_exports
        from reports.issuing import issue_next_due_report
        from reports.mailing import send_next_edition_mail
        from reports.models import ResultKind
        from reports.stored_results import COMPUTATIONS, compute_next_result
        from reports.tasks import render_next_edition, write_next_export
        from surveys.services.sweeps import SWEEPS

        COMPUTATIONS[ResultKind.DRIVERS] = driver_analysis
        for sweep in (
            issue_next_due_report,
            render_next_edition,
            send_next_edition_mail,
            write_next_export,
            purge_exports,
            compute_next_result,
        ):
            if sweep not in SWEEPS:
                SWEEPS.append(sweep)
