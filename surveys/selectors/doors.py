"""Finding what a customer's link leads to, and whether it takes an answer now."""

import re

from django.utils import timezone

from surveys.enums import InvitationState, VersionState
from surveys.errors import AlreadyAnswered, Closed, Full, NotYetOpen, Paused, UnknownLink
from surveys.models import Invitation, PublicLink, Response, ResponseDraft, SurveyVersion
from surveys.tokens import hash_token

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")


def public_link_by_slug(slug, *, to_store=False) -> PublicLink:
    """The public link at this address with its survey; raises `UnknownLink`.

    `to_store` brings along what storing an answer needs. It is left out where
    a page is only shown, for wide joins are most of what showing costs.
    """
    if not SLUG.fullmatch(slug):
        raise UnknownLink(f"No link has the address {slug!r}.")
    needed = ["survey", "unit"] if to_store else ["survey"]
    try:
        return PublicLink.objects.select_related(*needed).get(slug=slug)
    except PublicLink.DoesNotExist:
        raise UnknownLink(f"No link has the address {slug!r}.") from None


def invitation_by_token(token, *, to_store=False) -> Invitation:
    """The invitation that this token opens, with its survey and draft.

    Raises `UnknownLink`, also for an invitation that was withdrawn. `to_store`
    is as for `public_link_by_slug`.
    """
    needed = ["survey", "draft", *(["customer__unit", "event__unit"] if to_store else [])]
    found = Invitation.objects.select_related(*needed).filter(token_hash=hash_token(token))
    try:
        return found.exclude(state=InvitationState.REVOKED).get()
    except Invitation.DoesNotExist:
        raise UnknownLink("No personal link has this token.") from None


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


def refuse_closed_invitation(invitation):
    """Raise the reason why a personal link takes no answer at this moment, if there is one."""
    if invitation.state == InvitationState.ANSWERED:
        raise AlreadyAnswered("This personal link was already answered.")
    if invitation.survey.archived_at or invitation.is_past:
        raise Closed("The time for answering by this link is over.")
    if invitation.survey.is_anonymous:
        raise Closed("An anonymous survey is not answered by personal links.")


def version_to_answer(survey, *, number=None, version_id=None) -> SurveyVersion:
    """The version that a page or a draft names, or the published one for who comes new.

    A version that was replaced while its page stood open still counts, as
    long as the survey itself goes on. Raises `Closed` or `NotYetOpen`.
    """
    found = survey.versions.only("number", "state", "survey").order_by()
    versions = [version for version in found if version.state != VersionState.DRAFT]
    if not versions:
        raise NotYetOpen("This survey has no published version.")
    newest = max(versions, key=lambda version: version.number)
    if newest.state != VersionState.PUBLISHED:
        raise Closed("This survey is closed.")
    named = (one for one in versions if version_id == one.pk or number == one.number)
    return next(named, newest)


def draft_of(link, submission_id) -> ResponseDraft | None:
    """What was answered so far under this id by this public link."""
    return ResponseDraft.objects.filter(pk=submission_id, public_link=link).first()


def stored_response(survey, submission_id) -> Response | None:
    """The response that was stored under this id."""
    return Response.objects.filter(survey=survey, submission_id=submission_id).first()
