"""Every question of a survey with how it was answered."""

from django.shortcuts import render

from reports.definitions import RESULTS, definitions
from reports.question_list import question_list

from .results import results_page, scope_asked_for, selection_asked_for


@results_page
def questions(request, slug):
    """The questions in their order, with a list to jump from."""
    survey, unit, scope = scope_asked_for(request, slug)
    context = {
        "survey": survey,
        "unit": unit,
        "scope": scope,
        "list": question_list(selection_asked_for(request, survey, unit)),
        "definitions": definitions(RESULTS),
    }
    return render(request, "reports/questions.html", context)
