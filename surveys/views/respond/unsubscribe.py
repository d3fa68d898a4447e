"""Saying no by the link in a mail: opening it shows a page, sending it says no.

Mail programs send the same address by themselves when the reader presses
their own button (RFC 8058): a POST without cookies, without our page and
without a token of ours. Whoever holds the link may say no, as often as they like.
"""

from django.conf import settings
from django.utils.translation import gettext as _

from surveys.errors import UnknownLink
from surveys.languages import choose_language
from surveys.models import Invitation
from surveys.services.saying_no import say_no_to_all, say_no_to_survey
from surveys.texts import text_in
from surveys.unsubscribe_links import invitation_number

from .pages import render_page
from .refusals import respondent_page

THIS_SURVEY = "survey"


@respondent_page
def unsubscribe(request, token):
    """Ask whether to say no, or do it."""
    invitation = _invitation(token)
    if request.method != "POST":
        return _render(request, invitation, "surveys/respond/unsubscribe.html")
    if request.POST.get("only") == THIS_SURVEY:
        say_no_to_survey(invitation=invitation)
    else:
        say_no_to_all(customer=invitation.customer)
    return _render(request, invitation, "surveys/respond/unsubscribed.html")


def _invitation(token):
    found = Invitation.objects.select_related("customer", "survey").filter(
        pk=invitation_number(token)
    )
    for invitation in found:
        return invitation
    raise UnknownLink(_("No invitation has this link."))


def _render(request, invitation, template):
    survey = invitation.survey
    language = choose_language(
        wishes=[request.GET.get("lang"), invitation.customer.language],
        header=request.headers.get("Accept-Language", ""),
        languages=[code for code, _name in settings.LANGUAGES],
        default_language=settings.LANGUAGE_CODE,
    )
    context = {
        "survey_title": text_in(survey.title, language, survey.default_language),
        "is_only_survey": request.POST.get("only") == THIS_SURVEY,
    }
    return render_page(template, context, language)
