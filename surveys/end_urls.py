"""Where customers may be led after answering: web addresses on hosts that the operator listed."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

_is_web_address = URLValidator(schemes=["http", "https"])


def is_allowed_end_url(url):
    """Whether a customer may be led there; asked again each time the link is shown."""
    if not url.isprintable() or "\\" in url or " " in url:
        return False
    try:
        _is_web_address(url)
        parts = urlsplit(url)
    except (ValidationError, ValueError):
        return False
    has_name = parts.username is not None or parts.password is not None
    return not has_name and parts.hostname in settings.END_URL_HOSTS


def validate_end_url(url):
    """Refuse an address that no customer may be led to, and say which hosts there are."""
    if is_allowed_end_url(url):
        return
    if not settings.END_URL_HOSTS:
        raise ValidationError(
            _("No address is allowed yet: the operator lists the hosts in END_URL_HOSTS.")
        )
    raise ValidationError(
        _("Please give a whole web address on one of these hosts: %(hosts)s.")
        % {"hosts": ", ".join(settings.END_URL_HOSTS)}
    )
