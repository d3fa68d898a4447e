"""Waves that asked a panel whose answers are not mixed with those of other customers."""

from surveys.models import Wave

from .once import note, once


def waves_apart(survey):
    """The keys of the waves of a survey that are reported apart, in order."""
    return once(("apart", survey.pk), lambda: tuple(_waves(survey).values_list("pk", flat=True)))


def note_waves_apart(surveys):
    """Read them for many surveys by one query, within `one_reading`."""
    apart = {survey.pk: () for survey in surveys}
    waves = Wave.objects.filter(survey__in=surveys, panel__is_apart=True).order_by("pk")
    for survey_id, pk in waves.values_list("survey", "pk"):
        apart[survey_id] += (pk,)
    for survey_id, found in apart.items():
        note(("apart", survey_id), found)


def names_of_waves_apart(survey):
    """What these waves are called."""
    return list(_waves(survey).values_list("name", flat=True)) if waves_apart(survey) else []


def _waves(survey):
    return Wave.objects.filter(survey=survey, panel__is_apart=True).order_by("pk")
