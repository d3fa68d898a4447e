"""Makes the checks of the configuration known to Django."""

from django.apps import AppConfig


class ConfigurationConfig(AppConfig):
    """The configuration, as an application that only brings checks."""

    name = "config"
    label = "configuration"

    def ready(self):
        """Register the checks."""
        from . import checks  # noqa: F401
