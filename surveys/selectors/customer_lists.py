"""The entries of the lists that describe customers, with how many customers have each."""

from django.db.models import Count

from surveys.models import Customer, CustomerAttribute, EventKind, RespondentType, Segment, Stage

COUNTED_BY = {
    Segment: "customers",
    Stage: "customers",
    RespondentType: "customers",
    EventKind: "events",
}


def with_uses(entries):
    """Each entry in order, with the number of customers (or events) that have it."""
    if entries.model is CustomerAttribute:
        return [(entry, _having(entry)) for entry in entries]
    counted = entries.annotate(uses=Count(COUNTED_BY[entries.model])).order_by("position", "code")
    return [(entry, entry.uses) for entry in counted]


def _having(attribute):
    return Customer.objects.filter(attributes__has_key=attribute.code).count()
