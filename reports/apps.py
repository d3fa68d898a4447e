"""The application that shows what the answers say."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Results, bulletins and files."""

    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        """Let the worker look for files that are due or were abandoned, or have had their time."""
        from reports.export_services import purge_exports
        from reports.tasks import render_next_edition, write_next_export
        from surveys.services.sweeps import SWEEPS

        for sweep in (render_next_edition, write_next_export, purge_exports):
            if sweep not in SWEEPS:
                SWEEPS.append(sweep)
