"""Staff pages for what became of messages: progress, and what somebody must decide about."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.enums import DeliveryChoice, DeliveryState
from surveys.messages.reasons import reason_in_words
from surveys.permissions import deliveries_for, survey_to_invite_for
from surveys.selectors.deliveries import OPEN, listed, minutes_left, progress_of, to_decide
from surveys.services.uncertain import decide
from surveys.views.staff import staff_page

DELIVERIES_PER_PAGE = 50
MOST_AT_ONCE = 5000


@staff_page("GET")
def delivery_list(request, slug):
    """How far each wave has come, and its messages by state."""
    survey = survey_to_invite_for(request.user, slug)
    state, wave = request.GET.get("state", OPEN), request.GET.get("wave", "")
    deliveries = deliveries_for(request.user, survey)
    shown = listed(deliveries, state=state, wave=wave)
    page = Paginator(shown, DELIVERIES_PER_PAGE).get_page(request.GET.get("page"))
    minutes, waits_because = minutes_left(survey)
    context = {
        "survey": survey,
        "page": page,
        "rows": [(delivery, reason_in_words(delivery.last_error)) for delivery in page],
        "progress": progress_of(survey),
        "minutes": minutes,
        "waits_because": reason_in_words(waits_because),
        "states": [(OPEN, _("To be decided")), *DeliveryState.choices],
        "wanted": state,
        "wave": wave,
        "to_decide": to_decide(deliveries).count(),
    }
    return render(request, "surveys/manage/asking/delivery_list.html", context)


@staff_page("POST")
def delivery_decide(request, slug):
    """Send messages again, or leave them: those that are ticked, or all of the list."""
    survey = survey_to_invite_for(request.user, slug)
    choice = request.POST.get("choice")
    if choice not in DeliveryChoice.values:
        raise BadRequest("There is no such decision.")
    chosen = to_decide(deliveries_for(request.user, survey))
    wave = request.POST.get("wave", "")
    if "all" in request.POST:
        chosen = listed(chosen, wave=wave)[:MOST_AT_ONCE]
    else:
        ticked = [key for key in request.POST.getlist("delivery") if key.isdecimal()][:MOST_AT_ONCE]
        chosen = chosen.filter(pk__in=[int(key) for key in ticked if len(key) < 18])
    number = decide(deliveries=chosen, choice=choice, user=request.user)
    if number == 0:
        messages.warning(request, _("Nothing was ticked that still waits for a decision."))
    elif choice == DeliveryChoice.RESEND:
        words = ngettext(
            "%(number)s message will be sent again.",
            "%(number)s messages will be sent again.",
            number,
        )
        messages.success(request, words % {"number": number})
    else:
        words = ngettext(
            "%(number)s message is left as it is.",
            "%(number)s messages are left as they are.",
            number,
        )
        messages.success(request, words % {"number": number})
    address = reverse("surveys:delivery_list", args=[slug])
    return HttpResponseRedirect(f"{address}?{urlencode({'wave': wave})}" if wave else address)
