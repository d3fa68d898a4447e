"""A complaint in one page, without an account: begun by a button, sent once, then watched.

Its address is the same from the first word to the last answer of staff, and
whoever has it may read it. Opening it by GET shows; only a POST writes.
"""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from surveys.enums import ComplaintEntryKind, ComplaintState
from surveys.errors import UnknownLink
from surveys.languages import choose_language
from surveys.selectors.complaints import complaint_by_token
from surveys.services.complaints import LONGEST_WORDS, begin_complaint, send_complaint

from .doors import PersonalDoor
from .pages import look_of, render_page
from .public import TRAP, open_public_door, refuse_flood
from .refusals import respondent_page

LONGEST_CONTACT = 200


@respondent_page
def begin_public_complaint(request, slug):
    """Begin a complaint from a survey that anybody may answer."""
    return _begin(request, open_public_door(request, slug))


@respondent_page
def begin_personal_complaint(request, token):
    """Begin a complaint from the survey of one customer."""
    return _begin(request, PersonalDoor(token))


@respondent_page
def complaint_page(request, token):
    """The form, and once it was sent what became of it."""
    complaint = complaint_by_token(token)
    if complaint.public_link:
        request.embed_hosts = complaint.public_link.embed_hosts
    if request.method == "POST":
        refuse_flood(request)
        return _take(request, complaint)
    if complaint.state == ComplaintState.BEGUN:
        return _render_form(request, complaint)
    context = {
        "complaint": complaint,
        "answers": complaint.entries.filter(kind=ComplaintEntryKind.ANSWER),
        **look_of(complaint.survey),
    }
    return render_page(
        "surveys/respond/complaint_status.html", context, _language(request, complaint)
    )


def _begin(request, door):
    if door.is_kiosk or not door.survey.takes_complaints:
        raise UnknownLink("This survey takes no complaints.")
    if request.method != "POST":
        return HttpResponseRedirect(door.start_url)
    refuse_flood(request)
    token = request.POST.get("token", "")
    begin_complaint(token=token, language=_language(request), **door.given_to_service)
    return HttpResponseRedirect(reverse("surveys:complaint", args=[token]), status=303)


def _take(request, complaint):
    """The form that was sent; sent again, it leads to the same page.

    Who filled in the field that nobody sees is asked to send it again, with that field empty: a
    person whose browser did it loses nothing, and a program does it once more.
    """
    words = request.POST.get("words", "").strip()
    contact = request.POST.get("contact", "").strip()
    language = _language(request, complaint)
    if complaint.state == ComplaintState.BEGUN:
        with translation.override(language):
            errors = _errors_in(words, contact)
            if not errors and request.POST.get(TRAP):
                errors = {"words": _("Please send it once more: nothing is lost.")}
        if errors:
            typed = {"words": words, "contact": contact}
            return _render_form(request, complaint, errors=errors, typed=typed)
        send_complaint(complaint=complaint, words=words, contact=contact)
    return HttpResponseRedirect(request.path, status=303)


def _errors_in(words, contact):
    """A sentence for each field that cannot be taken."""
    found = {}
    if not words:
        found["words"] = _("Please say what happened.")
    elif len(words) > LONGEST_WORDS:
        found["words"] = _("Please use at most %(number)s characters.") % {"number": LONGEST_WORDS}
    if len(contact) > LONGEST_CONTACT:
        found["contact"] = _("Please use at most %(number)s characters.") % {
            "number": LONGEST_CONTACT
        }
    if "\x00" in words + contact:
        found["words"] = _("There are signs in it that cannot be stored.")
    return found


def _render_form(request, complaint, *, errors=None, typed=None):
    context = {"complaint": complaint, "errors": errors or {}, "typed": typed or {}}
    context |= look_of(complaint.survey)
    status = 422 if errors else 200
    language = _language(request, complaint)
    return render_page("surveys/respond/complaint.html", context, language, status=status)


def _language(request, complaint=None):
    """What the customer complained in, else what they answered in, else what they read."""
    picked = request.POST.get("language") or request.GET.get("lang")
    return choose_language(
        wishes=[picked, complaint and complaint.language],
        header=request.headers.get("Accept-Language", ""),
        languages=[code for code, _name in settings.LANGUAGES],
        default_language=settings.LANGUAGE_CODE,
    )
