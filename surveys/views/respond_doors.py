"""The two ways to a questionnaire, seen from the page: a public link and a personal link."""

from django.urls import reverse
from django.utils.translation import gettext as _

from surveys.enums import InvitationState
from surveys.models import Response
from surveys.selectors.doors import (
    draft_of,
    invitation_by_token,
    public_link_by_slug,
    refuse_closed_invitation,
    refuse_closed_link,
    stored_response,
)

from .respond_kiosk import fresh


class PublicDoor:
    """A link that anybody may answer by; the submission id is part of each further address."""

    is_open_to_all = True

    def __init__(self, slug):
        self.link = public_link_by_slug(slug)
        self.survey = self.link.survey
        self.given_to_service = {"public_link": self.link}
        self.start_url = reverse("surveys:respond_public", args=[slug])
        self.complaint_url = reverse("surveys:begin_public_complaint", args=[slug])
        self.restart_url = f"{self.start_url}?new=1"
        self.is_kiosk = self.link.is_kiosk
        self.cookie_path = "" if self.is_kiosk else self.start_url

    def refuse_if_closed(self):
        """Raise the reason why nothing can be answered, if there is one."""
        refuse_closed_link(self.link)

    def draft(self, submission_id):
        """What was answered so far under this id."""
        return draft_of(self.link, submission_id) if submission_id else None

    def stored(self, submission_id):
        """The response that was sent under this id."""
        return stored_response(self.survey, submission_id) if submission_id else None

    def page_url(self, submission_id, number):
        """The address of a page of this one person's answers."""
        address = f"{self.start_url}{submission_id}/{number}/"
        return fresh(address) if self.is_kiosk else address

    def thanks_url(self, submission_id):
        """Where it says that the answers are saved."""
        address = f"{self.start_url}{submission_id}/thanks/"
        return fresh(address) if self.is_kiosk else address

    def visit_url(self, visit_id):
        """Where the page says that it was shown."""
        return f"{self.start_url}visits/{visit_id}/"

    def mode_sentence(self, organisation):
        """Who will see what."""
        if self.link.is_test:
            return _("This link is for trying out: its answers are counted nowhere.")
        if self.survey.is_anonymous:
            return _(
                "This survey is anonymous: nothing joins your answers to you. "
                "Words that you write may still show who you are."
            )
        return _(
            "Staff of %(organisation)s may read your answers. "
            "Your name is not asked and not stored with them."
        ) % {"organisation": organisation}


class PersonalDoor:
    """The link of one customer; its draft and its response are found by the link alone."""

    is_kiosk = is_open_to_all = False

    def __init__(self, token):
        self.invitation = invitation_by_token(token)
        self.survey = self.invitation.survey
        self.given_to_service = {"invitation": self.invitation}
        self.start_url = reverse("surveys:respond_personal", args=[token])
        self.complaint_url = reverse("surveys:begin_personal_complaint", args=[token])
        self.restart_url = self.cookie_path = ""

    def refuse_if_closed(self):
        """Raise the reason why nothing can be answered, if there is one."""
        refuse_closed_invitation(self.invitation)

    def draft(self, submission_id):
        """What was answered so far, on whichever device."""
        return getattr(self.invitation, "draft", None)

    def stored(self, submission_id):
        """The response that was sent by this link."""
        if self.invitation.state != InvitationState.ANSWERED:
            return None
        return Response.objects.filter(invitation=self.invitation).first()

    def page_url(self, submission_id, number):
        """The address of a page."""
        return f"{self.start_url}{number}/"

    def thanks_url(self, submission_id):
        """Where it says that the answers are saved."""
        return f"{self.start_url}thanks/"

    def visit_url(self, visit_id):
        """Where the page says that it was shown."""
        return f"{self.start_url}visits/{visit_id}/"

    def mode_sentence(self, organisation):
        """Who will see what."""
        return _(
            "Your answers are kept together with your customer record. "
            "Staff of %(organisation)s may read them."
        ) % {"organisation": organisation}
