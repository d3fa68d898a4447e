"""Staff pages for the events of one customer."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from surveys.errors import SurveyError
from surveys.forms.events import AskAboutEventForm, EventForm
from surveys.local_times import zone_of
from surveys.permissions import (
    customer_to_note_events_for,
    event_to_ask_about_for,
    surveys_to_invite_for,
)
from surveys.selectors.surveys import surveys_with_personal_links
from surveys.services.ask_about_event import ask_about_event
from surveys.services.events import add_event
from surveys.views.staff import staff_page


@staff_page("GET", "POST")
def event_add(request, pk):
    """Note what happened with a customer."""
    customer = customer_to_note_events_for(request.user, pk)
    unit = customer.unit.code if customer.unit else None
    form = EventForm(request.POST or None, initial={"unit": unit})
    if request.method == "POST" and form.is_valid():
        try:
            add_event(customer=customer, **form.cleaned_data)
        except SurveyError as refusal:
            form.add_error("external_id", str(refusal))
        else:
            messages.success(request, _("The event is noted."))
            return redirect("surveys:customer_detail", pk=pk)
    context = {"customer": customer, "form": form}
    return render(request, "surveys/manage/customers/event_add.html", context)


@staff_page("GET", "POST")
def event_ask(request, pk):
    """Ask the customer of an event about it, now."""
    surveys = surveys_to_invite_for(request.user)
    event = event_to_ask_about_for(request.user, pk)
    form = AskAboutEventForm(request.POST or None, surveys=surveys_with_personal_links(surveys))
    if request.method == "POST" and form.is_valid():
        try:
            delivery = ask_about_event(event=event, **form.cleaned_data)
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _said_when(delivery))
            return redirect("surveys:customer_detail", pk=event.customer_id)
    context = {"event": event, "customer": event.customer, "form": form}
    return render(request, "surveys/manage/asking/event_ask.html", context)


def _said_when(delivery):
    if delivery.due_at <= timezone.now():
        return _("The customer is asked; the message leaves at once.")
    invitation = delivery.invitation
    clock = delivery.due_at.astimezone(zone_of(invitation.customer, invitation.survey))
    return _(
        "The customer is asked; the message leaves when the quiet hours end, at %(time)s there."
    ) % {"time": time_format(clock)}
