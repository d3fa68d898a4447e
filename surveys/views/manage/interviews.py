"""Asking by telephone or face to face: whom, the questions to read out, and what was said."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from surveys.enums import IN_PERSON, InvitationState
from surveys.errors import AskedRecently, BegunOnline, SurveyError
from surveys.permissions import customer_for, customers_for, interview_for, survey_to_interview_for
from surveys.selectors.customers import matching
from surveys.selectors.doors import refuse_closed_invitation
from surveys.selectors.interviews import customers_to_ask, entered_by_staff, invitations_to_call
from surveys.services.interviews import begin_interview, decline_interview
from surveys.views.respond.answering import answer_page
from surveys.views.respond.doors import PersonalDoor
from surveys.views.staff import staff_page

CALLS_PER_PAGE = 50


class InterviewDoor(PersonalDoor):
    """An invitation seen by who reads its questions out; what was answered before stays hidden."""

    earlier = changes_until = None
    complaint_url = ""

    def __init__(self, request, invitation):
        self.invitation, self.survey = invitation, invitation.survey
        self.given_to_service = {"invitation": invitation}
        address = [invitation.survey.slug, invitation.pk]
        self.start_url = reverse("surveys:interview", args=address)
        self.saved_url = reverse("surveys:interview_saved", args=address)
        self.leave_url = reverse("surveys:interview_list", args=address[:1])
        self.restart_url = self.cookie_path = ""
        self.was_answered = invitation.state == InvitationState.ANSWERED
        self.replaces = None
        self.hidden = (("csrfmiddlewaretoken", get_token(request)),)

    def refuse_if_closed(self, *, to_change=False):
        """Raise the reason why nothing can be answered; an interview changes no answer."""
        refuse_closed_invitation(self.invitation)

    def thanks_url(self, submission_id):
        """Where it says that the answers are saved."""
        return self.saved_url

    def visit_url(self, visit_id):
        """Nowhere: no page of the customer is shown."""
        return ""

    def mode_sentence(self, organisation):
        """What to say before the first question."""
        return _(
            "Interview with %(customer)s (%(channel)s). Read out each question and its answers "
            "word for word. Read out first: “%(sentence)s”"
        ) % {
            "customer": self.invitation.customer,
            "channel": self.invitation.get_channel_display(),
            "sentence": super().mode_sentence(organisation),
        }


@staff_page("GET")
def interview_list(request, slug):
    """Whom to ask in person, anybody else by search, and who has asked how many."""
    survey = survey_to_interview_for(request.user, slug)
    wanted = request.GET.get("q", "").strip()
    found = matching(customers_for(request.user), wanted)
    context = {
        "survey": survey,
        "wanted": wanted,
        "found": customers_to_ask(survey, found) if wanted else (),
        "page": Paginator(invitations_to_call(survey), CALLS_PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "entered": entered_by_staff(survey),
        "channels": [(channel.value, channel.label) for channel in IN_PERSON],
    }
    return render(request, "surveys/manage/asking/interview_list.html", context)


@staff_page("POST")
def interview_begin(request, slug, customer):
    """Begin to ask a customer in person."""
    survey = survey_to_interview_for(request.user, slug)
    customer = customer_for(request.user, customer)
    channel = request.POST.get("channel")
    if channel not in IN_PERSON:
        messages.error(
            request, _("Choose how the customer is asked: by telephone or face to face.")
        )
        return redirect("surveys:interview_list", slug)
    try:
        invitation = begin_interview(
            survey=survey,
            customer=customer,
            channel=channel,
            interviewer=request.user,
            begins_anew="anew" in request.POST,
            although_recent="although_recent" in request.POST,
        )
    except BegunOnline:
        context = {"survey": survey, "customer": customer, "channel": channel}
        return render(request, "surveys/manage/asking/interview_anew.html", context, status=409)
    except AskedRecently as refusal:
        context = {"survey": survey, "customer": customer, "channel": channel, "reason": refusal}
        return render(request, "surveys/manage/asking/interview_recent.html", context, status=409)
    except SurveyError as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:interview_list", slug)
    address = reverse("surveys:interview", args=[slug, invitation.pk])
    return redirect(f"{address}?lang={customer.language}" if customer.language else address)


@staff_page("GET", "POST")
def interview(request, slug, pk, page=None):
    """A page of the questionnaire, to be read out."""
    invitation = interview_for(request.user, slug, pk)
    try:
        return answer_page(request, InterviewDoor(request, invitation), page)
    except SurveyError:
        messages.warning(request, _("This interview takes no more answers."))
        return redirect("surveys:interview_list", slug)


@staff_page("GET")
def interview_saved(request, slug, pk):
    """Say that the answers are saved, and who comes next."""
    invitation = interview_for(request.user, slug, pk)
    context = {"survey": invitation.survey, "invitation": invitation}
    return render(request, "surveys/manage/asking/interview_saved.html", context)


@staff_page("POST")
def interview_decline(request, slug, pk):
    """Note that a customer does not want to answer."""
    invitation = interview_for(request.user, slug, pk)
    if decline_interview(invitation=invitation):
        messages.success(
            request, _("Noted: %(customer)s declined.") % {"customer": invitation.customer}
        )
    return redirect("surveys:interview_list", slug)
