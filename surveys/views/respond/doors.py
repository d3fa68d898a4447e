"""The two ways to a questionnaire, seen from the page: a public link and a personal link."""

from functools import cached_property, lru_cache

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import InvitationState
from surveys.models import Response
from surveys.selectors.doors import (
    deadline_for_changes,
    draft_of,
    invitation_by_token,
    public_link_by_slug,
    refuse_closed_invitation,
    refuse_closed_link,
    stored_response,
)

from .kiosk import fresh


class PublicDoor:
    """A link that anybody may answer by; the submission id is part of each further address."""

    is_open_to_all = True
    leave_url = ""
    hidden = ()

    def __init__(self, slug):
        self.link = public_link_by_slug(slug)
        self.survey = self.link.survey
        self.given_to_service = {"public_link": self.link}
        self.start_url = public_address(slug)
        self.restart_url = f"{self.start_url}?new=1"
        self.is_kiosk = self.link.is_kiosk
        self.cookie_path = "" if self.is_kiosk else self.start_url
        self.was_answered = False
        self.replaces = self.changes_until = self.earlier = None

    @property
    def complaint_url(self):
        """Where a complaint begins."""
        return reverse("surveys:begin_public_complaint", args=[self.link.slug])

    def refuse_if_closed(self, *, to_change=False):
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
                "This survey is anonymous: staff of %(organisation)s may read your answers, "
                "but nothing joins your answers to you. "
                "Words that you write may still show who you are."
            ) % {"organisation": organisation}
        return _(
            "Staff of %(organisation)s may read your answers. "
            "Your name is not asked and not stored with them."
        ) % {"organisation": organisation}


@lru_cache(maxsize=1024)
def public_address(slug):
    """Where a public link begins; it is in front of every customer, and always the same."""
    return reverse("surveys:respond_public", args=[slug])


class PersonalDoor:
    """The link of one customer; its draft and its response are found by the link alone."""

    is_kiosk = is_open_to_all = False
    leave_url = ""
    hidden = ()

    def __init__(self, token):
        self.invitation = invitation_by_token(token)
        self.survey = self.invitation.survey
        self.given_to_service = {"invitation": self.invitation}
        self.start_url = reverse("surveys:respond_personal", args=[token])
        self.token = token
        self.restart_url = self.cookie_path = ""
        self.was_answered = self.invitation.state == InvitationState.ANSWERED
        self.replaces = None  # the id of the submission that the page at hand changes

    @property
    def complaint_url(self):
        """Where a complaint begins."""
        return reverse("surveys:begin_personal_complaint", args=[self.token])

    def refuse_if_closed(self, *, to_change=False):
        """Raise the reason why nothing can be answered, if there is one.

        An answered link is open `to_change` its answers until the deadline.
        """
        refuse_closed_invitation(self.invitation, to_change=to_change)

    @property
    def changes_until(self):
        """Until when the answers can be changed, or None."""
        deadline = deadline_for_changes(self.invitation)
        return deadline if deadline and deadline > timezone.now() else None

    @cached_property
    def earlier(self):
        """The response that is being changed, or None at the first answering."""
        if not self.was_answered or self.changes_until is None:
            return None
        return Response.objects.filter(invitation=self.invitation).first()

    def draft(self, submission_id):
        """What was answered so far, on whichever device."""
        return getattr(self.invitation, "draft", None)

    def stored(self, submission_id):
        """The response that was sent by this link, unless it is about to be changed.

        An anonymous one is found by whoever still has the page that sent it.
        """
        if not self.was_answered:
            return None
        if self.survey.is_anonymous:
            return stored_response(self.survey, submission_id) if submission_id else None
        found = Response.objects.filter(invitation=self.invitation).first()
        is_change = self.replaces is not None and found and found.submission_id != submission_id
        return None if is_change else found

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
        if self.survey.is_anonymous:
            return _(
                "This survey is anonymous: staff of %(organisation)s see that you answered, "
                "but not what you answered. Your answers belong to this link only until you "
                "send them; from then on nothing joins them to you. "
                "Words that you write may still show who you are."
            ) % {"organisation": organisation}
        return _(
            "Your answers are kept together with your customer record. "
            "Staff of %(organisation)s may read them."
        ) % {"organisation": organisation}
