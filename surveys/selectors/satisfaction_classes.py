"""Answers by class of satisfaction: high, moderate, low, each by the scale it was given on."""

from django.db.models import Max, Min, Q

from scoring.satisfaction_classes import class_cuts
from scoring.scales import Scale
from surveys.enums import MeasureRole, SatisfactionClass
from surveys.models import Question, Response


def answers_in_class(wanted):
    """The counted answers whose overall satisfaction is of this class."""
    within = Q(pk__in=[])
    for version, lowest, highest in _scales():
        middle_from, high_from = class_cuts(Scale(lowest, highest))
        scores = {
            SatisfactionClass.LOW: range(lowest, middle_from),
            SatisfactionClass.MODERATE: range(middle_from, high_from),
            SatisfactionClass.HIGH: range(high_from, highest + 1),
        }[wanted]
        within |= Q(version=version, satisfaction__in=list(scores))
    return Response.objects.filter(within, is_test=False, is_excluded=False)


def _scales():
    """Version and ends of the scale of each question about overall satisfaction."""
    overall = (
        Question.objects.filter(role=MeasureRole.OVERALL, choices__value__isnull=False)
        .order_by()
        .values("version")
        .annotate(lowest=Min("choices__value"), highest=Max("choices__value"))
    )
    for row in overall:
        if row["highest"] - row["lowest"] >= 2:
            yield row["version"], row["lowest"], row["highest"]
