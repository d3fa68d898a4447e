"""The language of the staff pages."""

from django.conf import settings
from django.utils import translation

CUSTOMER_PAGES = ("/s/", "/r/", "/c/", "/u/", "/theme/")


class StaffLanguageMiddleware:
    """Shows the pages in the language that a member of staff chose, on every machine.

    A customer's page asks nothing about a session, also in the browser of a member of staff.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Speak the user's language, if there is a user who chose one."""
        if request.path.startswith(CUSTOMER_PAGES):
            return self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            chosen = request.user.language
            if chosen in dict(settings.LANGUAGES):
                translation.activate(chosen)
                request.LANGUAGE_CODE = chosen
        return self.get_response(request)
