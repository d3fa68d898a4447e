"""The pages on which results are read. They only read."""

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
from reports.filters import chosen_filters, shown_results
from reports.forms import WindowForm
from reports.plan import survey_plan
from reports.presentation import results_view
from reports.summaries import FOLLOW_UP_DAYS, survey_results
from surveys.permissions import (
    may_design,
    may_see_results,
    placements_for,
    sees_all_units,
    survey_for,
    surveys_for,
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
    rows = [
        results_view(
            survey_results(
                Selection(survey, placements),
                loyalties=(Loyalty.STATED, Loyalty.RECOMMENDATION),
            )
        )
        for survey in surveys
    ]
    return render(
        request, "reports/home.html", {"rows": rows, "may_design": may_design(request.user)}
    )


@results_page
def results(request, slug):
    """One survey on one page."""
    survey, filters, bar = _chosen(request, slug)
    unit = filters.unit
    found = shown_results(filters, loyalties=LOYALTIES, with_distributions=True)
    view = results_view(found, unit=unit)
    return render(
        request,
        "reports/results.html",
        {
            "survey": survey,
            "unit": unit,
            "filter_form": bar,
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
    survey, filters, bar = _chosen(request, slug)
    unit = filters.unit
    window = WindowForm({"days": str(FOLLOW_UP_DAYS)} | request.GET.dict())
    if not window.is_valid():
        raise Http404
    days = window.cleaned_data["days"] or FOLLOW_UP_DAYS
    found = shown_results(filters, loyalties=(Loyalty(loyalty),), days=days)
    view = results_view(found, unit=unit)
    return render(
        request,
        "reports/curve.html",
        {
            "survey": survey,
            "unit": unit,
            "filter_form": bar,
            "form": window if loyalty == Loyalty.OBSERVED else None,
            "view": view,
            "curve": next(iter(view.curves), None),
            "loyalty": loyalty,
            "switch": [(value, wording.switch_words(value)) for value in LOYALTIES],
            "definitions": definitions(CURVE),
        },
    )


def _chosen(request, slug):
    """The survey, what the address chooses of it, and the form that shows it."""
    survey = survey_for(request.user, slug)
    filters, bar = chosen_filters(request, survey)
    return survey, filters, bar
