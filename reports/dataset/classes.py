"""The class of satisfaction of an answer, which follows from its score and the scale it saw."""

from django.db.models import Q

from surveys.selectors.satisfaction_classes import classes_of_scores

from .questionnaires import published_questionnaires


def classes_by_score(questionnaires):
    """The class of each score that an answer can have, by version and score."""
    return {
        (one.version_id, score): found.value
        for one in questionnaires
        if one.overall and one.overall.values
        for score, found in classes_of_scores(one.overall.values[0], one.overall.values[-1]).items()
    }


def pairs_in_class(survey, wanted):
    """Version and score of every answer of a class."""
    classes = classes_by_score(published_questionnaires(survey))
    return frozenset(pair for pair, found in classes.items() if found == wanted)


def in_class(survey, wanted):
    """The condition of a response of this class."""
    found = Q(pk__in=[])
    for version_id, score in sorted(pairs_in_class(survey, wanted)):
        found |= Q(version=version_id, satisfaction=score)
    return found
