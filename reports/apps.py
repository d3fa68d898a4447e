"""The application that shows what the answers say."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Results, bulletins and files."""

    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        """Tell the worker what to look for."""
        from reports.answer_files.exports import purge_exports
        from reports.drivers.drivers import driver_analysis
        from reports.editions.issuing import issue_next_due_report
        from reports.editions.mailing import send_next_edition_mail
        from reports.erasing import exports_with_answers, tags_of_comments
        from reports.follow_ups import follow_up_next
        from reports.models import ResultKind
        from reports.rollups import mark_days, roll_up_next
        from reports.stored_results import COMPUTATIONS, compute_next_result
        from reports.tasks import render_next_edition, write_next_export
        from surveys.services.changed_days import LISTENERS
        from surveys.services.erase import TRACES
        from surveys.services.sweeps import SWEEPS

        for trace in (exports_with_answers, tags_of_comments):
            if trace not in TRACES:
                TRACES.append(trace)
        COMPUTATIONS[ResultKind.DRIVERS] = driver_analysis
        for sweep in (
            issue_next_due_report,
            render_next_edition,
            send_next_edition_mail,
            write_next_export,
            purge_exports,
            roll_up_next,
            follow_up_next,
            compute_next_result,
        ):
            if sweep not in SWEEPS:
                SWEEPS.append(sweep)
        if mark_days not in LISTENERS:
            LISTENERS.append(mark_days)
