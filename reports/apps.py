"""The application that shows what the answers say."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Results, bulletins and files."""

    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        """Let the worker look for bulletins and computations that are due or were abandoned."""
        from reports.drivers import driver_analysis
        from reports.models import ResultKind
        from reports.stored_results import COMPUTATIONS, compute_next_result
        from reports.tasks import render_next_edition
        from surveys.services.sweeps import SWEEPS

        COMPUTATIONS[ResultKind.DRIVERS] = driver_analysis
        for sweep in (render_next_edition, compute_next_result):
            if sweep not in SWEEPS:
                SWEEPS.append(sweep)
