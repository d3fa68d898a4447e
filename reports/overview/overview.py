"""The first screen and the first page: the finding, how sure, the change, and what to look at."""

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import get_language

from reports.attributes import attributes_of
from reports.breakdown.breakdown import answered_cube, answered_cube_within
from reports.breakdown.measures import measures_of
from reports.breakdown.where import by_place, is_place
from reports.dataset import published_questionnaires
from reports.drivers.view import stored_analysis
from reports.models import ResultKind
from reports.presentation import results_view
from reports.stored_results import is_up_to_date, stored_result
from reports.trend.view import headline_change
from reports.who_answered.frame import tally
from reports.who_answered.view import response_rate_metrics

from .attention import matters


def overview(results, *, unit=None, analysis=None, places=(), may_show=None):
    """The view of results with its change, its response rate and three things to look at.

    `may_show` says of a period whether the change may speak of it.
    """
    view = results_view(results, unit=unit)
    if results.is_hidden:
        return view
    selection = results.selection
    return replace(
        view,
        change=headline_change(selection, may_show=may_show),
        metrics=(*view.metrics, *_response_rate(selection)),
        matters=matters(results, analysis=analysis, places=places),
    )


def stored_drivers(selection):
    """The drivers as they were computed last, or None."""
    return stored_analysis(stored_result(selection, ResultKind.DRIVERS))


def age_of_drivers(selection):
    """The day of which the stored drivers are, or None where they are of the answers of now."""
    stored = stored_result(selection, ResultKind.DRIVERS)
    if stored is None or stored.computed_at is None or is_up_to_date(stored, selection):
        return None
    return timezone.localdate(stored.computed_at)


def places_on_screen(filters):
    """The leading measure by units and segments among what the filters choose."""
    return _places(filters.selection, answered_cube, filters.conditions)


def places_on_paper(selection):
    """The same for readers who see this selection and nothing else."""
    return _places(selection, answered_cube_within, {})


def _places(selection, cube_for, conditions):
    asked = published_questionnaires(selection.survey)
    measures = measures_of(asked, get_language()) if asked else {}
    if not measures:
        return ()
    measure = next(iter(measures.values()))
    cube = cube_for(selection, asked, measure)
    attributes = attributes_of(cube, asked, selection.survey, wanted=is_place)
    return by_place(cube, measure, attributes, conditions)


def _response_rate(selection):
    """None where the choice is by what is known of answers alone, not of those invited."""
    if selection.language or selection.channel:
        return ()
    return response_rate_metrics(tally(selection))
