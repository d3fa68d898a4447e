"""Recruiting the customers of a wave, one by one, whatever happens to the worker.

A wave is taken for the time of a lease. Each customer is decided in one
transaction that first moves `recruited_up_to` on, if the wave still runs and
the lease is still this worker's: so nobody is asked twice, nobody is left out,
and a wave that is paused or stopped asks nobody from that moment on.
"""

import logging
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import DeliveryState, VersionState, WaveState
from surveys.errors import SurveyError
from surveys.local_times import DAY
from surveys.models import ContactPolicy, Wave
from surveys.selectors.populations import (
    decided_count,
    last_lot_drawn,
    population_of,
    population_of_wave,
    undecided,
)

from .asking import Asking, add_ready_texts, ask_or_skip, check_personal_links
from .due_times import due_time, expiry_of, has_ended
from .rows import checked
from .survey_plan import note_selection
from .withdrawing import withdraw_waiting

LEASE = timedelta(minutes=2)
PIECE = 300  # customers; some seconds of work
LARGEST_SEED = 10**9

logger = logging.getLogger(__name__)


def start_wave(*, wave, user=None):
    """Let a planned wave ask; the worker recruits its customers. Starting twice is starting once.

    The conditions of a saved filter are copied, and a random selection gets its
    seed, so that it can always be told who belonged to the wave.
    """
    wave = Wave.objects.select_related("survey", "filter").get(pk=wave.pk)
    if wave.state == WaveState.RUNNING:
        return wave
    check_startable(wave)
    conditions = wave.filter.conditions if wave.filter else {}
    population_of(wave, conditions=conditions)
    seed = wave.sample_seed
    if wave.sample_size and seed is None:
        seed = secrets.randbelow(LARGEST_SEED)
    with transaction.atomic():
        planned = Wave.objects.filter(pk=wave.pk, state=WaveState.PLANNED)
        is_first = planned.update(
            state=WaveState.RUNNING,
            started_at=timezone.now(),
            conditions=conditions,
            sample_seed=seed if wave.sample_size else None,
        )
        wave.refresh_from_db()
        if is_first:
            note_selection(wave)
    return wave


def save_wave(*, wave, is_only_a_period=False):
    """Store a new or changed wave, which must be planned; a mere period sends nothing."""
    with transaction.atomic():
        if wave.pk is not None and not _held(wave).filter(state=WaveState.PLANNED):
            raise SurveyError(_("A wave that has begun is not changed."))
        if is_only_a_period:
            wave.text = wave.reminder_text = wave.starts_sending_at = None
            wave.reminder_days = []
        else:
            check_personal_links(wave.survey)
            add_ready_texts(wave)
        checked(wave).save()
    return wave


def check_startable(wave):
    """Raise `SurveyError` with the reason why a wave cannot start now."""
    if wave.state != WaveState.PLANNED:
        raise SurveyError(_("Only a planned wave can start."))
    if wave.text_id is None:
        raise SurveyError(_("The wave is only a period: it has no message to send."))
    check_personal_links(wave.survey)
    if not wave.survey.versions.filter(state=VersionState.PUBLISHED).exists():
        raise SurveyError(_("Publish the survey first: its links take no answers yet."))
    if has_ended(wave):
        raise SurveyError(_("The last day of the wave is over."))


def pause_wave(*, wave):
    """Ask nobody more, and hold back what waits; it can go on."""
    Wave.objects.filter(pk=wave.pk, state=WaveState.RUNNING).update(state=WaveState.PAUSED)


def resume_wave(*, wave):
    """Go on; what should have gone out in the meantime goes out now, but not in quiet hours."""
    paused = Wave.objects.filter(pk=wave.pk, state=WaveState.PAUSED)
    paused.update(state=WaveState.RUNNING, lease_until=None)


def stop_wave(*, wave):
    """Ask nobody more, for good: what waits is cancelled, and who was asked may still answer."""
    going_on = (WaveState.PLANNED, WaveState.RUNNING, WaveState.PAUSED)
    with transaction.atomic():
        if Wave.objects.filter(pk=wave.pk, state__in=going_on).update(state=WaveState.STOPPED):
            withdraw_waiting(wave)


def start_next_due_wave():
    """Start a wave whose time has come; whether there was one."""
    due = Wave.objects.filter(
        state=WaveState.PLANNED,
        text__isnull=False,
        starts_sending_at__lte=timezone.now(),
        ends_on__gte=timezone.now().date() - DAY,
        survey__versions__state=VersionState.PUBLISHED,
    )
    for wave in due.select_related("survey"):
        try:
            start_wave(wave=wave)
        except SurveyError as refusal:
            logger.warning("The wave %s cannot start: %s", wave.pk, refusal)
        else:
            return True
    return False


def recruit_next_wave():
    """Recruit a piece of a running wave; whether there was one."""
    wave = _claim_next()
    if wave is None:
        return False
    try:
        if wave.to_recruit is None:
            _prepare(wave)
        customers = list(undecided(wave, limit=PIECE))
    except SurveyError as refusal:
        logger.warning("The wave %s is paused: %s", wave.pk, refusal)
        pause_wave(wave=wave)
        return True
    if not customers:
        _mine(wave).update(recruited_at=timezone.now(), lease_until=None)
    elif _recruit(wave, customers):
        _mine(wave).update(lease_until=None)
    return True


def finish_next_wave():
    """Finish a wave whose days are over and whose messages have gone; whether there was one."""
    recruited = Wave.objects.filter(
        state=WaveState.RUNNING,
        recruited_at__isnull=False,
        ends_on__lte=timezone.now().date() + DAY,
    )
    for wave in recruited.select_related("survey"):
        if has_ended(wave) and not _has_waiting(wave):
            running = Wave.objects.filter(pk=wave.pk, state=WaveState.RUNNING)
            if running.update(state=WaveState.FINISHED):
                return True
    return False


def _held(wave):
    """The row of a wave, which nobody else changes until the transaction ends."""
    return Wave.objects.select_for_update().filter(pk=wave.pk)


def _claim_next():
    now = timezone.now()
    waiting = Wave.objects.filter(
        Q(lease_until__isnull=True) | Q(lease_until__lt=now),
        state=WaveState.RUNNING,
        recruited_at__isnull=True,
        text__isnull=False,
    )
    open_ones = waiting.filter(survey__versions__state=VersionState.PUBLISHED)
    for pk in open_ones.order_by("started_at").values_list("pk", flat=True)[:20]:
        if waiting.filter(pk=pk).update(lease_until=now + LEASE):
            return Wave.objects.select_related("survey", "text").get(pk=pk)
    return None


def _prepare(wave):
    """Count who is to be looked at, and draw the lots of a random selection."""
    population = population_of_wave(wave)
    if wave.sample_size:
        wave.drawn_up_to, wave.to_recruit = last_lot_drawn(
            population, seed=wave.sample_seed, size=wave.sample_size
        )
    else:
        wave.to_recruit = population.count()
    _mine(wave).update(drawn_up_to=wave.drawn_up_to, to_recruit=wave.to_recruit)


def _recruit(wave, customers):
    """Ask or skip these customers; false when the wave is not this worker's any more."""
    policy = ContactPolicy.current()
    for place, customer in enumerate(customers, start=decided_count(wave)):
        with transaction.atomic():
            wave.recruited_up_to = max(wave.recruited_up_to, customer.pk)
            if not _mine(wave).update(recruited_up_to=wave.recruited_up_to):
                return False
            due_at = due_time(wave, customer, place, policy)
            asking = Asking(
                survey=wave.survey,
                customer=customer,
                unit=customer.unit,
                due_at=due_at,
                expires_at=expiry_of(wave, due_at),
                wave=wave,
            )
            ask_or_skip(asking, policy=policy)
    return True


def _mine(wave):
    """The row of the wave, if it runs and this worker still has it."""
    return Wave.objects.filter(
        pk=wave.pk,
        state=WaveState.RUNNING,
        lease_until=wave.lease_until,
        recruited_at__isnull=True,
    )


def _has_waiting(wave):
    waiting = (DeliveryState.QUEUED, DeliveryState.SENDING)
    return wave.invitations.filter(deliveries__state__in=waiting).exists()
