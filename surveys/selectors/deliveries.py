"""Reading what became of messages."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from surveys.enums import DeliveryChoice, DeliveryState, InvitationState
from surveys.models import ContactPolicy, Delivery, DeliveryDecision

OPEN = "open"
IN_DOUBT = (DeliveryState.UNCERTAIN, DeliveryState.FAILED, DeliveryState.BOUNCED)


def to_decide(deliveries):
    """Messages about which somebody should decide: not left yet, and not answered meanwhile."""
    left = DeliveryDecision.objects.filter(delivery=OuterRef("pk"), choice=DeliveryChoice.LEAVE)
    return deliveries.filter(
        ~Exists(left), state__in=IN_DOUBT, invitation__state=InvitationState.OPEN
    )


def listed(deliveries, *, state="", wave=""):
    """Messages of a state (`open`: about which to decide) and of a wave, the newest first."""
    if state == OPEN:
        deliveries = to_decide(deliveries)
    elif state in DeliveryState.values:
        deliveries = deliveries.filter(state=state)
    if wave.isdecimal() and len(wave) < 18:
        deliveries = deliveries.filter(invitation__wave=wave)
    return (
        deliveries.select_related("invitation__customer", "invitation__wave", "text")
        .prefetch_related("decisions__decided_by")
        .order_by("-due_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the messages of a wave, or of a rule, have come."""

    name: str
    wave: int | None
    counts: dict
    is_paused: bool

    @property
    def total(self):
        """How many there are."""
        return sum(self.counts.values())

    @property
    def open_count(self):
        """How many have not ended."""
        return sum(self.counts.get(state, 0) for state in _OPEN_STATES)

    @property
    def cells(self):
        """Each state with its number."""
        return [(state, state.label, self.counts.get(state, 0)) for state in DeliveryState]


_OPEN_STATES = (DeliveryState.QUEUED, DeliveryState.SENDING)


def progress_of(survey):
    """The messages of each wave and of each rule by state, in one query."""
    rows = (
        Delivery.objects.filter(invitation__survey=survey)
        .values(
            "invitation__wave",
            "invitation__wave__name",
            "invitation__wave__state",
            "invitation__rule__name",
            "state",
        )
        .annotate(number=Count("pk"))
        .order_by("-invitation__wave", "invitation__rule__name")
    )
    found = {}
    for row in rows:
        key = (row["invitation__wave"], row["invitation__rule__name"])
        found.setdefault(key, (row, {}))[1][row["state"]] = row["number"]
    return [_progress(key, row, counts) for key, (row, counts) in found.items()]


def _progress(key, row, counts):
    wave, rule = key
    name = row["invitation__wave__name"] or rule or _("Single invitations")
    return Progress(name, wave, counts, row["invitation__wave__state"] == "paused")


def minutes_left(survey):
    """How many minutes the messages that are due need at least, and why nothing leaves, if so."""
    waiting = Delivery.objects.filter(invitation__survey=survey, state=DeliveryState.QUEUED)
    found = waiting.aggregate(number=Count("pk"), refused=Count("pk", filter=~Q(last_error="")))
    per_minute = ContactPolicy.current().sends_per_minute
    reason = ""
    if found["refused"]:
        newest = waiting.exclude(last_error="").order_by("due_at", "pk").first()
        reason = newest.last_error if newest else ""
    return -(-found["number"] // per_minute), reason
