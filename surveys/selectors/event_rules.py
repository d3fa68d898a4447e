"""Event rules with what they did so far."""

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from surveys.enums import InvitationState, SkipReason
from surveys.models import Invitation, SkippedCustomer


def rules_of(survey):
    """The rules of a survey with how many they asked and how many of these answered."""
    asked = Invitation.objects.filter(rule=OuterRef("pk")).order_by().values("rule")
    counts = asked.annotate(
        all=Count("pk"), answered=Count("pk", filter=Q(state=InvitationState.ANSWERED))
    )
    return survey.event_rules.select_related("kind", "unit").annotate(
        asked_count=Coalesce(Subquery(counts.values("all")), 0),
        answered_count=Coalesce(Subquery(counts.values("answered")), 0),
    )


def reasons_of_rule(rule):
    """Why customers of events of this kind were not asked: the reason in words, and how many."""
    skipped = SkippedCustomer.objects.filter(survey=rule.survey, event__kind=rule.kind)
    if rule.unit_id is not None:
        skipped = skipped.filter(event__unit__path__startswith=rule.unit.path)
    found = dict(skipped.order_by().values_list("reason").annotate(n=Count("pk")))
    for reason in SkipReason:
        if reason in found:
            yield reason.label, found[reason]
