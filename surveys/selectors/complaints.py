"""Finding complaints: one by the customer's link, many for staff."""

from django.db.models import Count, Q
from django.utils import timezone

from surveys.enums import ComplaintState
from surveys.errors import UnknownLink
from surveys.models import Complaint
from surveys.tokens import hash_token

OPEN_STATES = (ComplaintState.RECEIVED, ComplaintState.IN_PROGRESS)


def complaint_by_token(token) -> Complaint:
    """The complaint that this token opens; raises `UnknownLink`."""
    try:
        return Complaint.objects.select_related("survey", "public_link").get(
            token_hash=hash_token(token)
        )
    except Complaint.DoesNotExist:
        raise UnknownLink("No complaint has this token.") from None


def listed(complaints, *, state=""):
    """Complaints with what a list shows, those of one state or all."""
    found = complaints.select_related("survey", "placement__unit", "customer")
    if state in ComplaintState.values:
        found = found.filter(state=state)
    return found


def counted(complaints):
    """How many are open, closed, and were begun on an earlier day and never sent."""
    today = timezone.now().date()
    return complaints.order_by().aggregate(
        open=Count("pk", filter=Q(state__in=OPEN_STATES)),
        closed=Count("pk", filter=Q(state=ComplaintState.CLOSED)),
        abandoned=Count("pk", filter=Q(state=ComplaintState.BEGUN, begun_on__lt=today)),
    )
