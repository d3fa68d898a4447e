"""Every question of a survey with how it was answered."""

from django.shortcuts import render

from reports.dataset import published_questionnaires
from reports.filters import chosen_filters
from reports.questions.listing import question_list, withheld_list
from reports.words.definitions import EXPECTATIONS, RESULTS, definitions
from surveys.permissions import survey_for

from .results import results_page


@results_page
def questions(request, slug):
    """The questions in their order, with a list to jump from."""
    survey = survey_for(request.user, slug)
    filters, bar = chosen_filters(request, survey, by_class=True)
    may_be_shown = filters.may_be_shown(published_questionnaires(survey))
    listed = question_list if may_be_shown else withheld_list
    found = listed(filters.selection)
    context = {
        "survey": survey,
        "unit": filters.unit,
        "filter_form": bar,
        "list": found,
        "definitions": definitions(RESULTS + (EXPECTATIONS if found.expectations else ())),
    }
    return render(request, "reports/questions.html", context)
