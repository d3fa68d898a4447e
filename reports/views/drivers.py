"""What goes together with overall satisfaction; a worker computes it, the page shows it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from reports.dataset import Span, published_questionnaires
from reports.drivers.view import drivers_view, freshness, stored_analysis
from reports.models import ResultKind
from reports.presentation import results_view
from reports.stored_results import is_up_to_date, request_result, stored_result
from reports.summaries import SurveyResults
from reports.words.definitions import DRIVERS, definitions
from surveys.texts import text_in

from .results import chosen, results_page


@results_page
def drivers(request, slug):
    """The drivers as they were computed last; htmx asks for the part that changes."""
    survey, filters, bar = chosen(request, slug)
    if not filters.may_be_shown(published_questionnaires(survey)):
        return render(request, "reports/drivers.html", withheld(survey, filters, bar))
    selection = filters.selection
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
            **heading(survey, filters, bar),
            "state": state,
            "drivers": drivers_view(analysis, survey) if has_been_computed else None,
            "definitions": definitions(DRIVERS),
        },
    )


def heading(survey, filters, bar):
    """What the page says of the choice."""
    return {
        "survey": survey,
        "title": text_in(survey.title, get_language(), survey.default_language),
        "unit": filters.unit,
        "filter_form": bar,
    }


def withheld(survey, filters, bar):
    """A choice whose drivers would give others away."""
    hidden = SurveyResults(filters.selection, Span(), is_hidden=True, is_withheld=True)
    return heading(survey, filters, bar) | {"obstacle": results_view(hidden).obstacle}


@require_POST
@login_required
def drivers_compute(request, slug):
    """Ask a worker for the drivers of a selection."""
    survey, filters, _bar = chosen(request, slug)
    if not filters.may_be_shown(published_questionnaires(survey)):
        raise Http404
    request_result(filters.selection, ResultKind.DRIVERS)
    query = request.GET.urlencode()
    address = reverse("reports:drivers", args=[survey.slug])
    return redirect(f"{address}?{query}" if query else address)
