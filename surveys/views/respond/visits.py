"""Counting that a page was shown, and reading how it was opened."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from surveys.devices import device_of
from surveys.errors import UnknownLink
from surveys.selectors.doors import version_to_answer
from surveys.services.visits import Opening, count_shown

from .doors import PersonalDoor, PublicDoor
from .refusals import respondent_page

LONGEST_VISIT = timedelta(days=30)


@respondent_page
def shown_public(request, slug, visit_id):
    """A page of a public link is in front of somebody."""
    return _count(request, visit_id, PublicDoor, slug)


@respondent_page
def shown_personal(request, token, visit_id):
    """A page of a personal link is in front of somebody."""
    return _count(request, visit_id, PersonalDoor, token)


def opening_of(request):
    """How the page was opened that this request asks for or sends."""
    return Opening(
        visit_id=uuid_or_none(request.POST.get("_visit", "")),
        device=device_of(request.headers.get("User-Agent", "")),
        opened_at=_moment(request.POST.get("_opened", "")) or timezone.now(),
    )


def sent_by(request, opening):
    """The same for answers that are sent: whether staff are signed in in this browser."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return replace(opening, by_staff=has_session and request.user.is_authenticated)


def opening_with_draft(opening, draft):
    """The same for answers that were begun earlier: their visit, and when they were begun."""
    return replace(
        opening,
        visit_id=draft.visit_id or opening.visit_id,
        opened_at=draft.opened_at or opening.opened_at,
    )


def hidden_fields_of(opening):
    """What the page carries so that it can be told how it was opened when it is sent."""
    fields = [("_opened", int(opening.opened_at.timestamp()))]
    return [*fields, ("_visit", opening.visit_id)] if opening.visit_id else fields


def uuid_or_none(text):
    """A random id in its one written form."""
    try:
        found = uuid.UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


def _count(request, visit_id, door_of, address):
    visit_id = uuid_or_none(visit_id)
    if request.method != "POST" or visit_id is None:
        raise UnknownLink("Only a page that is open says that it was shown.")
    door = door_of(address)
    door.refuse_if_closed()
    count_shown(
        survey=door.survey,
        version_id=version_to_answer(door.survey).pk,
        opening=replace(opening_of(request), visit_id=visit_id),
        **door.given_to_service,
    )
    return HttpResponse(status=204)


def _moment(text):
    """A time that a page carried, unless it cannot be."""
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        return None
    moment, now = datetime.fromtimestamp(int(text), UTC), timezone.now()
    return moment if now - LONGEST_VISIT < moment <= now else None
