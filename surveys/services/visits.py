"""Counting who saw, began and finished a questionnaire, without knowing who it was.

No row is shared by two visits, so that counting holds nobody up. A page that
is only looked at is counted by the page's script, for a GET writes nothing;
without a script the first page that is sent counts as shown as well. What the
path of every submission does is fixed SQL: building the statements anew each
time took twice as long as running them.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Case, F, JSONField, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from surveys.enums import Device
from surveys.fixed_statements import fixed_cursor
from surveys.models import Visit


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known of how a page was opened: never who, and no more of the browser than this.

    `visit_id` is there when the visit was counted before.
    """

    visit_id: UUID | None = None
    device: str = Device.UNKNOWN
    opened_at: datetime | None = None
    by_staff: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """The page that is shown next, and those before it that the rules passed over."""

    reached: int = 1
    passed_over: tuple[int, ...] = ()


UNKNOWN_OPENING = Opening()
FIRST_PAGE = Way()
COMPLETE = """
    UPDATE surveys_visit
    SET started_on = COALESCE(started_on, %s), completed_on = %s, reached = %s, passed_over = NULL,
        placement_id = %s
    WHERE id = %s AND version_id = %s AND COALESCE(public_link_id, 0) = %s AND completed_on IS NULL
"""
INSERT_COMPLETED = """
    INSERT INTO surveys_visit
        (id, version_id, public_link_id, placement_id, device, reached,
         shown_on, started_on, completed_on)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def count_shown(*, survey, version_id, opening, public_link=None, invitation=None):
    """Count that the first page was shown; a repetition changes nothing."""
    visit = _visit(survey, version_id, opening.device, public_link, invitation)
    visit.id = opening.visit_id
    Visit.objects.bulk_create([visit], ignore_conflicts=True)


def count_started(*, survey, version_id, opening, way, public_link=None, invitation=None):
    """Count that answers were begun and how far their `Way` led; returns the visit's id."""
    day = day_in(survey)
    passed_over = Value(list(way.passed_over), output_field=JSONField())
    if _known(version_id, opening, public_link).update(
        started_on=Coalesce("started_on", Value(day)),
        passed_over=Case(
            When(reached__lte=way.reached, then=passed_over), default=F("passed_over")
        ),
        reached=Greatest(F("reached"), way.reached),
    ):
        return opening.visit_id
    visit = _visit(survey, version_id, opening.device, public_link, invitation)
    visit.started_on, visit.reached = day, way.reached
    visit.passed_over = list(way.passed_over)
    visit.save(force_insert=True)
    return visit.id


def count_completed(*, response, opening, reached):
    """Count that the answers were sent; belongs into the transaction that stores them."""
    day, link_id = response.submitted_on, response.public_link_id
    with fixed_cursor() as cursor:
        if opening.visit_id:
            known = [_stored(opening.visit_id), response.version_id, link_id or 0]
            cursor.execute(COMPLETE, [day, day, reached, response.placement_id, *known])
            if cursor.rowcount:
                return
        places = [response.version_id, link_id, response.placement_id]
        visit = [_stored(uuid4()), *places, str(opening.device), reached, day, day, day]
        cursor.execute(INSERT_COMPLETED, visit)


def day_in(survey, now=None):
    """The day that it is in the time zone of a survey."""
    return (now or timezone.now()).astimezone(ZoneInfo(survey.time_zone)).date()


def placement_id_of(public_link, invitation):
    """The unit that a link asks for, as it stands now; None where there is none."""
    if public_link is not None:
        unit = public_link.unit
    else:
        unit = (invitation.event and invitation.event.unit) or invitation.customer.unit
    return unit.placement_id if unit else None


def _stored(visit_id):
    """An id as this database keeps it."""
    return Visit._meta.pk.get_db_prep_value(visit_id, connection)


def _known(version_id, opening, public_link):
    """The visit that the page says it belongs to, unless it is another link's or over."""
    return Visit.objects.filter(
        pk=opening.visit_id, version=version_id, public_link=public_link, completed_on=None
    )


def _visit(survey, version_id, device, public_link, invitation):
    """A visit from now on.

    The unit of somebody invited to an anonymous survey is left out: with the day it could
    join a lone answer to its customer. The response, once stored, says what may be known.
    """
    is_known = invitation is None or not survey.is_anonymous
    return Visit(
        version_id=version_id,
        public_link=public_link,
        placement_id=placement_id_of(public_link, invitation) if is_known else None,
        device=device,
        shown_on=day_in(survey),
    )
