"""Switching the language of the interface."""

from django.conf import settings
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from surveys.services.accounts import choose_language


@require_POST
def switch_language(request):
    """Switch the language here, and for who is signed in everywhere from now on."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        choose_language(user=request.user, language=language)
    return set_language(request)
