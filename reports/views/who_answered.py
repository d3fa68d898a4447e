"""Who was asked and who answered: read only, and only the units that the reader may see."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from reports.dataset import Selection
from reports.definitions import WEIGHTING, WHO_ANSWERED, definitions
from reports.exporters.who_answered_csv import who_answered_csv
from reports.forms import MarginsForm, UnitForm
from reports.who_answered import who_answered
from reports.who_answered_view import who_answered_view
from surveys.permissions import placements_for, survey_for, unit_for

from .results import results_page


@results_page
def who(request, slug):
    """The way from invitation to answer, and whether those who answered are like those asked."""
    survey, unit, margins, found = _asked_for(request, slug)
    context = {
        "survey": survey,
        "unit": unit,
        "scope": UnitForm(request.user, request.GET),
        "margins": margins,
        "view": who_answered_view(found),
        "definitions": definitions(WHO_ANSWERED + (WEIGHTING if found.weighting else ())),
    }
    return render(request, "reports/who_answered.html", context)


@results_page
def who_csv(request, slug):
    """The same figures as a file, not rounded."""
    survey, _unit, _margins, found = _asked_for(request, slug)
    return HttpResponse(
        who_answered_csv(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{survey.slug}-who-answered.csv"'},
    )


def _asked_for(request, slug):
    """Survey, unit, margins and counts; 404 for what one may not see or what is no margin."""
    survey = survey_for(request.user, slug)
    code = request.GET.get("unit", "")
    unit = unit_for(request.user, code) if code else None
    margins = MarginsForm(request.GET)
    if not margins.is_valid():
        raise Http404
    selection = Selection(survey, placements_for(request.user, unit))
    found = who_answered(selection, margins=margins.cleaned_data["margin"])
    return survey, unit, margins, found
