"""Who was asked and who answered: read only, and only the units that the reader may see."""

from django.http import Http404
from django.shortcuts import render

from reports.dataset import published_questionnaires
from reports.exporters.who_answered_csv import who_answered_csv
from reports.filters import chosen_filters
from reports.forms import MarginsForm
from reports.who_answered.view import who_answered_view
from reports.who_answered.who_answered import who_answered
from reports.words.definitions import WEIGHTING, WHO_ANSWERED, definitions
from surveys.permissions import survey_for
from surveys.views.csv_download import csv_download

from .results import results_page

WITHOUT = ("language", "channel")  # an invitation has neither


@results_page
def who(request, slug):
    """The way from invitation to answer, and whether those who answered are like those asked."""
    filters, bar, margins, found = _asked_for(request, slug)
    context = {
        "survey": filters.survey,
        "unit": filters.unit,
        "filters": filters,
        "filter_form": bar,
        "margins": margins,
        "kept": filters.parameters(),
        "view": who_answered_view(found),
        "definitions": definitions(WHO_ANSWERED + (WEIGHTING if found.weighting else ())),
    }
    return render(request, "reports/who_answered.html", context)


@results_page
def who_csv(request, slug):
    """The same figures as a file, not rounded."""
    filters, _bar, _margins, found = _asked_for(request, slug)
    name = f"{filters.survey.slug}-who-answered.csv"
    return csv_download(who_answered_csv(found), name)


def _asked_for(request, slug):
    """Filters, margins and counts; 404 for what one may not see or what is no margin."""
    survey = survey_for(request.user, slug)
    filters, bar = chosen_filters(request, survey, without=WITHOUT)
    margins = MarginsForm(request.GET)
    if not margins.is_valid():
        raise Http404
    may_weight = filters.may_be_shown(published_questionnaires(survey))
    found = who_answered(
        filters.selection, margins=margins.cleaned_data["margin"], may_weight=may_weight
    )
    return filters, bar, margins, found
