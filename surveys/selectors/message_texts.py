"""Reading the texts of a survey's messages."""

from django.db.models import Count, Q

from surveys.enums import DeliveryState
from surveys.models import MessageText

SENT = (DeliveryState.SENT, DeliveryState.BOUNCED)


def texts_for(survey, kind):
    """The texts of a kind that count, without those that were replaced."""
    return survey.message_texts.filter(kind=kind, replaced_by__isnull=True)


def texts_to_take(survey, surveys):
    """The texts that count of the other surveys among these, survey by survey."""
    texts = MessageText.objects.filter(survey__in=surveys, replaced_by__isnull=True)
    others = texts.exclude(survey=survey).select_related("survey")
    return others.order_by("survey__slug", "kind", "name", "pk")


def texts_with_counts(survey):
    """The texts that count, each with the number of messages that were sent by it."""
    texts = survey.message_texts.filter(replaced_by__isnull=True)
    counted = Count("deliveries", filter=Q(deliveries__state__in=SENT))
    return texts.annotate(sent_count=counted).order_by("kind", "name", "pk")
