"""Relationship and transactional surveys side by side; read only, by what the reader may see."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render

from reports.exporters.survey_kinds_csv import survey_kinds_csv
from reports.filters import chosen_filters
from reports.survey_kinds.forms import GroupingForm, SurveysForm
from reports.survey_kinds.survey_kinds import (
    groupings_of,
    source_of,
    survey_kinds,
    surveys_of_both_kinds,
)
from reports.survey_kinds.view import survey_kinds_view
from reports.words.definitions import SURVEY_KINDS, definitions
from surveys.permissions import may_design

from .results import results_page

WITHOUT = ("segment", "channel")  # a group is shown beside the others; channels belong to a kind


@results_page
def side_by_side(request):
    """Both kinds for each group of customers."""
    context, found = _asked_for(request)
    if found is not None:
        context |= {"view": survey_kinds_view(found), "definitions": definitions(SURVEY_KINDS)}
    return render(request, "reports/survey_kinds.html", context)


@results_page
def side_by_side_csv(request):
    """The same figures as a file, not rounded."""
    _context, found = _asked_for(request)
    if found is None:
        raise Http404
    name = "relationship-and-transactions.csv"
    return HttpResponse(
        survey_kinds_csv(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _asked_for(request):
    """The forms, and the figures where what they say can be shown."""
    relationship, transactional = surveys_of_both_kinds(request.user)
    context = {"has_relationship": bool(relationship), "has_transactional": bool(transactional)}
    if not (relationship and transactional):
        return context | {"may_design": may_design(request.user)}, None
    form = SurveysForm(relationship, transactional, request.GET)
    context["form"] = form
    if not form.is_valid():
        return context, None
    first, *others = form.surveys
    filters, bar = chosen_filters(request, first, without=WITHOUT)
    chosen = [source_of(replace(filters, survey=survey)) for survey in (first, *others)]
    sources = [source for source in chosen if source is not None]
    attributes = groupings_of(sources)
    grouping = GroupingForm(attributes, request.GET)
    if not grouping.is_valid():
        raise Http404
    context |= {"filter_form": bar, "grouping": grouping}
    return context, survey_kinds(sources, attributes.get(grouping.cleaned_data["by"]))
