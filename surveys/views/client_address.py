"""The network address that a request came from, past our own proxies."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied


def client_address(request):
    """The visitor's address; that of the nearest proxy when the proxies do not name one."""
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return request.META.get("REMOTE_ADDR", "")
    try:
        return get_adapter().get_client_ip(request)
    except (ImproperlyConfigured, PermissionDenied):
        return request.META.get("REMOTE_ADDR", "")
