"""The application that asks customers and keeps what they say."""

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    """Surveys, customers and answers."""

    name = "surveys"
    verbose_name = _("Surveys")

    def ready(self):
        """Tell the worker what to look for, and listen to mail providers."""
        self._listen_to_providers()
        from .services.address_limits import forget_old_counts
        from .services.draft_purge import purge_old_drafts
        from .services.erase import erase_next_customer
        from .services.event_rules import ask_about_next_events
        from .services.flags import examine_next_responses
        from .services.import_runs import purge_imports
        from .services.import_work import work_on_next_import
        from .services.mixing import mix_next_survey
        from .services.outbox import send_next_message
        from .services.recruiting import finish_next_wave, recruit_next_wave, start_next_due_wave
        from .services.reminders import make_next_reminders
        from .services.retention import erase_silent_customers, forget_old_looks
        from .services.sending import send_next_delivery
        from .services.sweeps import SWEEPS
        from .services.uncertain import resolve_uncertain
        from .services.wave_series import begin_next_wave_of_series

        SWEEPS += [
            begin_next_wave_of_series,
            start_next_due_wave,
            recruit_next_wave,
            ask_about_next_events,
            make_next_reminders,
            finish_next_wave,
            send_next_message,
            send_next_delivery,
            resolve_uncertain,
            mix_next_survey,
            examine_next_responses,
            purge_old_drafts,
            erase_silent_customers,
            forget_old_looks,
            erase_next_customer,
            forget_old_counts,
            work_on_next_import,
            purge_imports,
        ]

    def _listen_to_providers(self):
        if apps.is_installed("anymail"):
            from anymail.signals import tracking

            from .services.provider_events import note_provider_event

            tracking.connect(note_provider_event, dispatch_uid="surveys.provider_events")
