"""Joining very many answers with what customers did later: by the worker, again and again."""

from datetime import timedelta

from django.db.models import Count, Max, Q
from django.utils import timezone

from reports.dataset import (
    countable,
    data_state,
    joined_with_events,
    needs_follow_up,
    published_questionnaires,
)
from reports.models import FollowUp
from reports.scopes import digest_of
from surveys.enums import SurveyMode
from surveys.models import Event, Survey

CHECK_EVERY = timedelta(minutes=5)
RENEW_EVERY = timedelta(days=1)


def follow_up_next():
    """Look at one survey, and join its answers anew where they or the events changed."""
    now = timezone.now()
    _note_new_surveys()
    due = FollowUp.objects.filter(Q(due_at=None) | Q(due_at__lte=now)).order_by("due_at", "pk")
    for follow_up in due.defer("cells").select_related("survey")[:1]:
        mine = FollowUp.objects.filter(pk=follow_up.pk, due_at=follow_up.due_at)
        if mine.update(due_at=now + CHECK_EVERY):
            _renew(follow_up)
        return True
    return False


def _note_new_surveys():
    named = Survey.objects.filter(mode=SurveyMode.NAMED, versions__published_at__isnull=False)
    new = named.exclude(pk__in=FollowUp.objects.values("pk")).distinct()
    FollowUp.objects.bulk_create(
        (FollowUp(survey_id=pk) for pk in new.values_list("pk", flat=True)), ignore_conflicts=True
    )


def _renew(follow_up):
    """The state is read before the answers, so that what comes meanwhile makes it old."""
    survey, now = follow_up.survey, timezone.now()
    rows = FollowUp.objects.filter(pk=follow_up.pk)
    if not needs_follow_up(countable(survey)):
        rows.exclude(cells=b"").update(cells=b"", as_of=None, cutoff=None, answers_state="")
        return
    state = _state(survey)
    is_fresh = follow_up.as_of and follow_up.as_of > now - RENEW_EVERY
    if is_fresh and state == follow_up.answers_state:
        return
    cells, cutoff = joined_with_events(survey, published_questionnaires(survey))
    rows.update(cells=cells, as_of=now, cutoff=cutoff, answers_state=state)


def _state(survey):
    events = Event.objects.filter(kind__shows_loyalty=True)
    known = events.aggregate(n=Count("pk"), last=Max("pk"), moment=Max("occurred_at"))
    of_customers = countable(survey).filter(customer__isnull=False).count()
    return digest_of([*map(str, (*data_state(survey), *known.values(), of_customers))])
