"""The application that shows what the answers say."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Results, bulletins and files."""

    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        """Let the worker look for bulletins that are due or were abandoned."""
        from reports.tasks import render_next_edition
        from surveys.services.sweeps import SWEEPS

        if render_next_edition not in SWEEPS:
            SWEEPS.append(render_next_edition)
