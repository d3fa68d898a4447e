"""Every question of a survey with how it was answered."""

from django.shortcuts import render

from reports.dataset import published_questionnaires
from reports.definitions import EXPECTATIONS, RESULTS, definitions
from reports.question_list import question_list, withheld_list

from .results import chosen, results_page


@results_page
def questions(request, slug):
    """The questions in their order, with a list to jump from."""
    survey, filters, bar = chosen(request, slug)
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
