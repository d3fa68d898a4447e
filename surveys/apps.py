"""The application that asks customers and keeps what they say."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    """Surveys, customers and answers."""

    name = "surveys"
    verbose_name = _("Surveys")

    def ready(self):
        """Tell the worker what to look for."""
        from .services.address_limits import forget_old_counts
        from .services.draft_purge import purge_old_drafts
        from .services.flags import examine_next_responses
        from .services.mixing import mix_next_survey
        from .services.outbox import send_next_message
        from .services.sweeps import SWEEPS

        SWEEPS += [
            send_next_message,
            mix_next_survey,
            examine_next_responses,
            purge_old_drafts,
            forget_old_counts,
        ]
