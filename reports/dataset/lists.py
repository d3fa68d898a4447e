"""Lists that staff keep, and which placements a reader may see: read once for one page."""

from django.core.exceptions import EmptyResultSet

from surveys.models import Segment, UnitPlacement, Wave

from .once import note, once


def known_segments():
    """All segments, in the order of the menus."""
    return once("segments", lambda: list(Segment.objects.all()))


def waves_of(survey):
    """The waves of a survey in the order of their first days, each with its panel and filter."""
    return once(("waves", survey.pk), lambda: list(_waves([survey])))


def note_waves(surveys):
    """Read them for many surveys by one query, within `one_reading`."""
    found = {survey.pk: [] for survey in surveys}
    for wave in _waves(surveys):
        found[wave.survey_id].append(wave)
    for survey_id, waves in found.items():
        note(("waves", survey_id), waves)


def waves_apart(survey):
    """The keys of the waves that asked a panel which is not mixed with other customers."""
    return tuple(wave.pk for wave in _apart(survey))


def names_of_waves_apart(survey):
    """What these waves are called."""
    return [wave.name for wave in _apart(survey)]


def keys_of(placements):
    """The keys of placements."""
    try:
        name = ("placements", str(placements.query))
    except EmptyResultSet:
        return frozenset()
    return once(name, lambda: frozenset(placements.values_list("pk", flat=True)))


def lineages_of(keys):
    """The units above each of these placements, and its own, from the top down."""
    name = ("lineages", frozenset(keys))
    found = UnitPlacement.objects.filter(pk__in=keys).values_list("pk", "lineage")
    return once(
        name,
        lambda: {pk: [int(part) for part in lineage.split("/") if part] for pk, lineage in found},
    )


def _waves(surveys):
    return Wave.objects.filter(survey__in=surveys).select_related("panel", "filter")


def _apart(survey):
    found = [wave for wave in waves_of(survey) if wave.panel and wave.panel.is_apart]
    return sorted(found, key=lambda wave: wave.pk)
