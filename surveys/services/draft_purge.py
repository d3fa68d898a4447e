"""Forgetting what was begun and never sent."""

from datetime import timedelta

from django.utils import timezone

from surveys.models import ResponseDraft

KEPT_DAYS = 30
DRAFTS_AT_ONCE = 500


def purge_old_drafts():
    """Delete some of the drafts that nobody touched for thirty days; whether there were any."""
    old = ResponseDraft.objects.filter(updated_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    keys = list(old.order_by("updated_at").values_list("pk", flat=True)[:DRAFTS_AT_ONCE])
    # The day is asked for again: a customer may be going on at this very moment.
    deleted, _kinds = old.filter(pk__in=keys).delete()
    return deleted > 0
