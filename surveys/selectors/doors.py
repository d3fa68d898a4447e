"""Finding what a customer's link leads to, and whether it takes an answer now.

These rows are read anew in every request of a customer, so that closing a link
acts at once. They are read by fixed SQL: putting the same wide query together
in Python, each time, took half the time of opening a page.
"""

import re
from datetime import timedelta

from django.utils import timezone

from surveys.enums import InvitationState, VersionState
from surveys.errors import (
    AlreadyAnswered,
    ChangeTooLate,
    Closed,
    Full,
    NotYetOpen,
    Paused,
    UnknownLink,
)
from surveys.models import Invitation, PublicLink, Response, ResponseDraft, Survey, SurveyVersion
from surveys.tokens import hash_token

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")
LINK = "SELECT * FROM surveys_publiclink WHERE slug = %s"
INVITATION = "SELECT * FROM surveys_invitation WHERE token_hash = %s AND state <> %s"
SURVEY = "SELECT * FROM surveys_survey WHERE id = %s"
VERSIONS = """
    SELECT id, number, state, survey_id FROM surveys_surveyversion
    WHERE survey_id = %s AND state <> %s ORDER BY number
"""


def public_link_by_slug(slug) -> PublicLink:
    """The public link at this address with its survey; raises `UnknownLink`."""
    if not SLUG.fullmatch(slug):
        raise UnknownLink(f"No link has the address {slug!r}.")
    return _with_survey(PublicLink.objects.raw(LINK, [slug]))


def invitation_by_token(token) -> Invitation:
    """The invitation that this token opens, with its survey.

    Raises `UnknownLink`, also for an invitation that was withdrawn.
    """
    wanted = [hash_token(token), InvitationState.REVOKED.value]
    return _with_survey(Invitation.objects.raw(INVITATION, wanted))


def _with_survey(found):
    """The one link that was found, with its survey."""
    for link in found:
        [link.survey] = Survey.objects.raw(SURVEY, [link.survey_id])
        return link
    raise UnknownLink("No link has this address.")


def refuse_closed_link(link, now=None):
    """Raise the reason why a public link takes no answers at this moment, if there is one."""
    now = now or timezone.now()
    if link.survey.archived_at or (link.closes_at and link.closes_at <= now):
        raise Closed("The time for answering by this link is over.")
    if not link.is_active:
        raise Paused("This link is switched off.")
    if link.opens_at and now < link.opens_at:
        raise NotYetOpen("This link opens later.")
    refuse_full_link(link)


def refuse_full_link(link):
    """Raise `Full` when a public link has all the answers that it takes."""
    if link.maximum_answers is None:
        return
    counted = Response.objects.filter(public_link=link, is_test=False, is_suspected_bot=False)
    if counted.count() >= link.maximum_answers:
        raise Full("This link has all the answers that it takes.")


def refuse_closed_invitation(invitation, *, to_change=False):
    """Raise the reason why a personal link takes no answer at this moment, if there is one.

    With `to_change` an answered link is still good until its deadline.
    """
    if invitation.state == InvitationState.ANSWERED:
        if not to_change or deadline_for_changes(invitation) is None:
            raise AlreadyAnswered("This personal link was already answered.")
        refuse_late_change(invitation)
    if invitation.survey.archived_at or invitation.is_past:
        raise Closed("The time for answering by this link is over.")


def deadline_for_changes(invitation):
    """Until when the answer by this link can be changed; None when it never can."""
    days = invitation.survey.changeable_days
    if not days or invitation.answered_at is None:
        return None
    return invitation.answered_at + timedelta(days=days)


def refuse_late_change(invitation):
    """Raise `ChangeTooLate` when the deadline has passed, or when there never was one."""
    deadline = deadline_for_changes(invitation)
    if deadline is None or deadline <= timezone.now():
        raise ChangeTooLate("The time for changing the answers is over.")


def version_to_answer(survey, *, number=None, version_id=None) -> SurveyVersion:
    """The version that a page or a draft names, or the published one for who comes new.

    A version that was replaced while its page stood open still counts, as
    long as the survey itself goes on. Raises `Closed` or `NotYetOpen`.
    """
    versions = list(SurveyVersion.objects.raw(VERSIONS, [survey.pk, VersionState.DRAFT.value]))
    if not versions:
        raise NotYetOpen("This survey has no published version.")
    newest = versions[-1]
    if newest.state != VersionState.PUBLISHED:
        raise Closed("This survey is closed.")
    named = (one for one in versions if version_id == one.pk or number == one.number)
    return next(named, newest)


def newest_version(survey) -> SurveyVersion:
    """The version that was published last."""
    return survey.versions.exclude(state=VersionState.DRAFT).latest("number")


def draft_of(link, submission_id) -> ResponseDraft | None:
    """What was answered so far under this id by this public link."""
    return ResponseDraft.objects.filter(pk=submission_id, public_link=link).first()


def stored_response(survey, submission_id) -> Response | None:
    """The response that was stored under this id."""
    return Response.objects.filter(survey=survey, submission_id=submission_id).first()
