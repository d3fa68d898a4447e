"""Reading the texts of a survey's messages."""

from django.db.models import Count, Q

from surveys.enums import DeliveryState

SENT = (DeliveryState.SENT, DeliveryState.BOUNCED)


def texts_for(survey, kind):
    """The texts of a kind that count, without those that were replaced."""
    return survey.message_texts.filter(kind=kind, replaced_by__isnull=True)


def texts_with_counts(survey):
    """The texts that count, each with the number of messages that were sent by it."""
    texts = survey.message_texts.filter(replaced_by__isnull=True)
    counted = Count("deliveries", filter=Q(deliveries__state__in=SENT))
    return texts.annotate(sent_count=counted).order_by("kind", "name", "pk")
