"""Answers by class of satisfaction: high, moderate, low, each by the scale it was given on."""

from django.db.models import Max, Min, OuterRef, Q, Subquery

from scoring.satisfaction_classes import class_cuts
from scoring.scales import Scale
from surveys.enums import MeasureRole, SatisfactionClass
from surveys.models import Question, Response


def answers_in_class(wanted):
    """The counted answers whose overall satisfaction is of this class."""
    within = Q(pk__in=[])
    for version, lowest, highest in _scales():
        classes = classes_of_scores(lowest, highest)
        scores = [score for score, found in classes.items() if found == wanted]
        within |= Q(version=version, satisfaction__in=scores)
    return Response.objects.filter(within, is_test=False, is_excluded=False)


def last_answered(customers, responses, wanted):
    """The customers whose last of these answers to the overall question is of this class."""
    last = responses.filter(
        customer=OuterRef("pk"), is_test=False, is_excluded=False, satisfaction__isnull=False
    ).order_by("-submitted_at", "-pk")
    answered = customers.annotate(last=Subquery(last.values("pk")[:1]))
    return answered.filter(last__in=answers_in_class(SatisfactionClass(wanted)).values("pk"))


def classes_of_scores(lowest, highest):
    """The class of every score of a scale; a scale of two points has no three classes."""
    if highest - lowest < 2:
        return {}
    middle_from, high_from = class_cuts(Scale(lowest, highest))
    return {
        **dict.fromkeys(range(lowest, middle_from), SatisfactionClass.LOW),
        **dict.fromkeys(range(middle_from, high_from), SatisfactionClass.MODERATE),
        **dict.fromkeys(range(high_from, highest + 1), SatisfactionClass.HIGH),
    }


def _scales():
    """Version and ends of the scale of each question about overall satisfaction."""
    overall = (
        Question.objects.filter(role=MeasureRole.OVERALL, choices__value__isnull=False)
        .order_by()
        .values("version")
        .annotate(lowest=Min("choices__value"), highest=Max("choices__value"))
    )
    for row in overall:
        yield row["version"], row["lowest"], row["highest"]
