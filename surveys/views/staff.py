"""What the views of the staff pages share."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from surveys.errors import VersionIsFrozen


def staff_page(*methods):
    """A page for who is signed in; a draft that is gone leads to the page of its survey."""

    allowed = [*methods, "HEAD"] if "GET" in methods else methods

    def decorate(view):
        @require_http_methods(allowed)
        @login_required
        @wraps(view)
        def page(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except VersionIsFrozen as refusal:
                messages.warning(request, str(refusal))
                return redirect("surveys:survey_detail", slug=kwargs["slug"])

        return page

    return decorate


def revision_of(request):
    """The revision that the page of a posted form showed."""
    try:
        return int(request.POST["revision"])
    except (KeyError, ValueError):
        raise BadRequest("The revision of the draft is missing.") from None
