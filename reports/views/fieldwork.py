"""The progress of the fieldwork: read only, and only the units that the reader may see."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import render

from reports.exporters.participation_csv import participation_csv
from reports.fieldwork.participation import Period, participation
from reports.fieldwork.view import participation_view
from reports.forms import FieldworkForm
from surveys.permissions import placements_for, survey_for, unit_for
from surveys.services.visits import day_in
from surveys.views.csv_download import csv_download

from .results import results_page

DAYS = 30


@results_page
def progress(request, slug):
    """How many saw, began and finished the survey, and where they left."""
    survey, unit, form, found = _asked_for(request, slug)
    context = {
        "survey": survey,
        "unit": unit,
        "scope": form,
        "view": participation_view(found),
    }
    return render(request, "reports/fieldwork.html", context)


@results_page
def progress_csv(request, slug):
    """The same counts as a file."""
    survey, _unit, _form, found = _asked_for(request, slug)
    name = f"{survey.slug}-fieldwork-{found.period.last_day.isoformat()}.csv"
    return csv_download(participation_csv(found), name)


def _asked_for(request, slug):
    """Survey, unit, form and counts; 404 for what one may not see."""
    survey = survey_for(request.user, slug)
    code = request.GET.get("unit", "")
    unit = unit_for(request.user, code) if code else None
    form = FieldworkForm(request.user, {"period": str(DAYS)} | request.GET.dict())
    if not form.is_valid():
        raise Http404
    last = day_in(survey)
    days = form.cleaned_data["period"] or DAYS
    period = Period(last - timedelta(days=days - 1), last)
    found = participation(survey, period, placements=placements_for(request.user, unit))
    return survey, unit, form, found
