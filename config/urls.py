"""Which application answers which address."""

from django.conf import settings
from django.http import Http404
from django.urls import include, path
from django.views.generic import RedirectView

from reports.views.published import published_page
from surveys.views.language import switch_language

# Accounts are made by an administrator, with their address: these pages of
# django-allauth have no use here. Their names stay, for its own templates.
HIDDEN_PAGES = ["signup/", "email/", "confirm-email/", "confirm-email/<key>/", "password/set/"]


def hidden_page(request, key=None):
    """A page that does not exist for anybody."""
    raise Http404


urlpatterns = [
    path("", RedirectView.as_view(pattern_name="reports:home"), name="first_page"),
    path("", include("surveys.urls")),
    path("reports/", include("reports.urls")),
    path("manage/surveys/<slug:slug>/fieldwork/", include("reports.fieldwork.urls")),
    path("p/<str:token>/", published_page, name="published_page"),
    *(path(f"accounts/{page}", hidden_page) for page in HIDDEN_PAGES),
    path("accounts/", include("allauth.urls")),
    path("language/", switch_language, name="set_language"),
]
if "anymail" in settings.INSTALLED_APPS:  # what providers tell of the mails that they took
    urlpatterns.append(path("anymail/", include("anymail.urls")))
