"""A device that many people answer on, one after the other: nobody sees what another one answered.

A kiosk keeps no cookie. Its addresses behind the start are good for a moment
only, and every page there was asked for by GET: going back in the browser's
history asks again, later, and gets an empty start. After the thank-you page
and when nobody touches it the page goes back to the start by itself.
"""

from urllib.parse import urlencode

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpResponseRedirect
from django.utils import translation

from surveys.validators import errors_in

FRESH_SECONDS = 10  # from one page to the next, however slow the network is
THANKS_SECONDS = 12  # how long the thank-you page stays
IDLE_SECONDS = 30  # after which the questionnaire begins anew

_signer = TimestampSigner(salt="kiosk")


def fresh(address, **query):
    """The address, good for a moment from now."""
    return f"{address}?{urlencode({'at': _signer.sign('kiosk'), **query})}"


def is_fresh(request, seconds=FRESH_SECONDS):
    """Whether the address of a request was made a moment ago."""
    try:
        _signer.unsign(request.GET.get("at", ""), max_age=seconds)
    except BadSignature:
        return False
    return True


def lead_back(sheet, draft, *, check):
    """Lead to a page that was just sent; `check` lets it say what is wrong with it."""
    address = f"{sheet.door.start_url}{draft.submission_id}/{sheet.number}/"
    wanted = {"check": "1"} if check else {}
    return HttpResponseRedirect(fresh(address, lang=sheet.language, **wanted), status=303)


def found_wrong(request, sheet, answers):
    """What is wrong with a page that was just sent, by question key."""
    if "check" not in request.GET:
        return {}
    with translation.override(sheet.language):
        return sheet.asked(errors_in(sheet.questions, answers))
