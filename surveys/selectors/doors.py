"""Finding what a customer's link leads to, and whether it takes an answer now.

These rows are read anew in every request of a customer, so that closing a link
acts at once: a public link with its survey and its versions by one fixed
statement. Making models of the same rows again and again took longer than
reading them, so what was made of equal rows before is copied.
"""

import re
from datetime import timedelta
from functools import lru_cache

from django.db import InterfaceError, OperationalError, connection
from django.db.models import Prefetch, prefetch_related_objects
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
from surveys.fixed_statements import fixed_cursor, whole_row
from surveys.models import Invitation, PublicLink, Response, ResponseDraft, Survey, SurveyVersion
from surveys.tokens import hash_token

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")
VERSIONS = f"""
    LEFT JOIN surveys_surveyversion AS version
    ON version.survey_id = survey.id AND version.state <> '{VersionState.DRAFT.value}'
"""
VERSION = "version.id, version.number, version.state"
LINK = f"""
    SELECT link.id, {whole_row("link")}, {whole_row("survey")}, {VERSION}
    FROM surveys_publiclink AS link JOIN surveys_survey AS survey ON survey.id = link.survey_id
    {VERSIONS} WHERE link.slug = %s ORDER BY version.number
"""
SURVEY = f"""
    SELECT survey.id, {whole_row("survey")}, {VERSION}
    FROM surveys_survey AS survey {VERSIONS} WHERE survey.id = %s ORDER BY version.number
"""
INVITATION = "SELECT * FROM surveys_invitation WHERE token_hash = %s AND state <> %s"
ANSWERABLE = Prefetch(
    "versions",
    SurveyVersion.objects.exclude(state=VersionState.DRAFT)
    .only("number", "state", "survey")
    .order_by("number"),
    to_attr="answerable_versions",
)
SURVEYS = Survey.objects.prefetch_related(ANSWERABLE)


class _ChangedMeanwhile(Exception):
    """The rows were changed between two readings."""


def public_link_by_slug(slug) -> PublicLink:
    """The public link at this address with its survey; raises `UnknownLink`."""
    if not SLUG.fullmatch(slug):
        raise UnknownLink(f"No link has the address {slug!r}.")
    link = _copy_of(_as_it_stands(_link_of, LINK, slug))
    link.survey = _copy_of(link.survey)
    return link


def invitation_by_token(token) -> Invitation:
    """The invitation that this token opens, with its survey.

    Raises `UnknownLink`, also for an invitation that was withdrawn.
    """
    wanted = [hash_token(token), InvitationState.REVOKED.value]
    for invitation in _asked_first(lambda: list(Invitation.objects.raw(INVITATION, wanted))):
        invitation.survey = _copy_of(_as_it_stands(_survey_of, SURVEY, invitation.survey_id))
        return invitation
    raise UnknownLink("No link has this address.")


def _as_it_stands(model_of, statement, key):
    """What `model_of` made of the rows that the database has now."""
    while rows := _asked_first(lambda: _rows(statement, key)):
        try:
            return _made_of(model_of, statement, key, rows)
        except _ChangedMeanwhile:
            continue
    raise UnknownLink("No link has this address.")


def _asked_first(read):
    """What is read first in a request; reading itself finds out whether the connection still lives.

    Django would ask with a query of its own. A lost connection is made anew, once.
    """
    connection.health_check_done = True
    try:
        return read()
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return read()


@lru_cache(maxsize=1024)
def _made_of(model_of, statement, key, rows):
    """A model with the content of these rows, read again until it surely is theirs."""
    made = model_of(rows[0][0])
    if made is None or _rows(statement, key) != rows:
        raise _ChangedMeanwhile
    return made


def _copy_of(row):
    """The row once more: what one request looks up from it is no other request's."""
    one = object.__new__(type(row))
    vars(one).update(row.__getstate__())
    return one


def _rows(statement, key):
    with fixed_cursor() as cursor:
        cursor.execute(statement, [key])
        return tuple(cursor.fetchall())


def _link_of(key):
    found = PublicLink.objects.filter(pk=key).first()
    if found is not None:
        found.survey = _survey_of(found.survey_id)
    return found


def _survey_of(key):
    return SURVEYS.filter(pk=key).first()


def refuse_closed_link(link, now=None):
    """Raise the reason why a public link takes no answers at this moment, if there is one."""
    now = now or timezone.now()
    if link.survey.archived_at or (link.closes_at and link.closes_at <= now):
        raise Closed("The time for answering by this link is over.")
    if not link.is_active:
        raise Paused("This link is switched off.")
    if link.opens_at and now < link.opens_at:
        raise NotYetOpen(
            "This link opens later.", opens_at=link.opens_at, time_zone=link.survey.time_zone
        )
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
    if not hasattr(survey, "answerable_versions"):
        prefetch_related_objects([survey], ANSWERABLE)
    versions = survey.answerable_versions
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
