"""The pages on which results are read. They only read."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports import wording
from reports.dataset import Selection
from reports.definitions import CURVE, RESULTS, definitions
from reports.enums import Loyalty
from reports.forms import ScopeForm
from reports.plan import survey_plan
from reports.presentation import results_view
from reports.summaries import FOLLOW_UP_DAYS, survey_results
from reports.who_answered_view import response_rate_metrics
from surveys.permissions import (
    may_design,
    may_see_results,
    placements_for,
    sees_all_units,
    survey_for,
    surveys_for,
    unit_for,
)

LOYALTIES = (Loyalty.STATED, Loyalty.OBSERVED, Loyalty.RECOMMENDATION)


def results_page(view):
    """A page for who is signed in and may see figures; never kept by a cache."""
    return never_cache(require_safe(login_required(view)))


@results_page
def home(request):
    """The headline of every survey that the reader may see."""
    if not may_see_results(request.user):
        raise PermissionDenied
    placements = placements_for(request.user)
    surveys = surveys_for(request.user).filter(versions__published_at__isnull=False).distinct()
    rows = [_card(Selection(survey, placements)) for survey in surveys]
    return render(
        request, "reports/home.html", {"rows": rows, "may_design": may_design(request.user)}
    )


def _card(selection):
    """What the first page says of one survey, with its response rate."""
    found = survey_results(selection, loyalties=(Loyalty.STATED, Loyalty.RECOMMENDATION))
    view = results_view(found)
    return replace(view, metrics=(*view.metrics, *response_rate_metrics(selection)))


@results_page
def results(request, slug):
    """One survey on one page."""
    survey, unit, scope = _scope(request, slug)
    found = survey_results(
        _selection(request, survey, unit),
        loyalties=LOYALTIES,
        with_distributions=True,
    )
    view = results_view(found, unit=unit)
    return render(
        request,
        "reports/results.html",
        {
            "survey": survey,
            "unit": unit,
            "scope": scope,
            "view": view,
            "plan": survey_plan(survey),
            "language": get_language(),
            "may_ask_for_bulletin": unit is not None or sees_all_units(request.user),
            "definitions": definitions(RESULTS + CURVE),
        },
    )


@results_page
def curve(request, slug):
    """The curve of one kind of loyalty, with everything that can be said about it."""
    loyalty = request.GET.get("loyalty", Loyalty.STATED)
    if loyalty not in Loyalty.values:
        raise Http404
    survey, unit, scope = _scope(request, slug, with_window=loyalty == Loyalty.OBSERVED)
    days = scope.cleaned_data.get("days") or FOLLOW_UP_DAYS
    found = survey_results(
        _selection(request, survey, unit),
        loyalties=(Loyalty(loyalty),),
        days=days,
    )
    view = results_view(found, unit=unit)
    return render(
        request,
        "reports/curve.html",
        {
            "survey": survey,
            "unit": unit,
            "scope": scope,
            "view": view,
            "curve": next(iter(view.curves), None),
            "loyalty": loyalty,
            "switch": [(value, wording.switch_words(value)) for value in LOYALTIES],
            "definitions": definitions(CURVE),
        },
    )


def _selection(request, survey, unit):
    """What the page counts; with the answers that staff left out only where that is asked for."""
    return Selection(
        survey, placements_for(request.user, unit), with_excluded="excluded" in request.GET
    )


def _scope(request, slug, **options):
    """The survey, the unit asked for, and the form that asks; 404 for what one may not see."""
    survey = survey_for(request.user, slug)
    code = request.GET.get("unit", "")
    unit = unit_for(request.user, code) if code else None
    asked = {"days": str(FOLLOW_UP_DAYS)} | request.GET.dict()
    scope = ScopeForm(request.user, asked, **options)
    if not scope.is_valid():
        raise Http404
    return survey, unit, scope
