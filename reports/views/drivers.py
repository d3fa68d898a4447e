"""What goes together with overall satisfaction; a worker computes it, the page shows it."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from reports.definitions import DRIVERS, definitions
from reports.drivers_view import drivers_view, freshness, stored_analysis
from reports.models import ResultKind
from reports.stored_results import is_up_to_date, request_result, stored_result
from surveys.texts import text_in

from .results import results_page, scope_asked_for, selection_asked_for


@results_page
def drivers(request, slug):
    """The drivers as they were computed last; htmx asks for the part that changes."""
    survey, unit, scope = scope_asked_for(request, slug)
    selection = selection_asked_for(request, survey, unit)
    stored = stored_result(selection, ResultKind.DRIVERS)
    analysis = stored_analysis(stored)
    is_current = stored is not None and is_up_to_date(stored, selection)
    state = freshness(stored, is_current=is_current)
    has_been_computed = state.computed_at is not None
    whole = request.headers.get("HX-Request") != "true"
    return render(
        request,
        "reports/drivers.html" if whole else "reports/parts/drivers_state.html",
        {
            "survey": survey,
            "title": text_in(survey.title, get_language(), survey.default_language),
            "unit": unit,
            "scope": scope,
            "state": state,
            "drivers": drivers_view(analysis, survey) if has_been_computed else None,
            "definitions": definitions(DRIVERS),
        },
    )


@require_POST
@login_required
def drivers_compute(request, slug):
    """Ask a worker for the drivers of a selection."""
    survey, unit, _form = scope_asked_for(request, slug)
    request_result(selection_asked_for(request, survey, unit), ResultKind.DRIVERS)
    query = request.GET.urlencode()
    address = reverse("reports:drivers", args=[survey.slug])
    return redirect(f"{address}?{query}" if query else address)
