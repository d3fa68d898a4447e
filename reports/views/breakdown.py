"""The page on which a measure is broken down, and the views of it that are kept."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports.attributes import attributes_of
from reports.breakdown.breakdown import answered_cube, breakdown
from reports.breakdown.measures import measures_of
from reports.breakdown.saved_views import forget_view, save_view
from reports.breakdown.view import breakdown_view
from reports.dataset import published_questionnaires
from reports.filters import chosen_filters
from reports.forms import BreakdownForm, SavedViewForm
from reports.permissions import saved_view_to_remove_for, saved_views_for
from reports.views.results import results_page
from reports.words.definitions import definitions
from surveys.permissions import survey_for
from surveys.texts import text_in


@results_page
def breakdown_page(request, slug):
    """One measure by one or two attributes; the address says which."""
    survey = survey_for(request.user, slug)
    filters, bar = chosen_filters(request, survey, by_class=True)
    questionnaires = published_questionnaires(survey)
    measures = measures_of(questionnaires, get_language()) if questionnaires else {}
    title = text_in(survey.title, get_language(), survey.default_language)
    page = {
        "survey": survey,
        "title": title,
        "unit": filters.unit,
        "filter_form": bar,
        "filters": filters,
    }
    if not measures:
        return render(request, "reports/breakdown.html", page)
    measure = measures.get(request.GET.get("measure"), next(iter(measures.values())))
    cube = answered_cube(filters.selection, questionnaires, measure)
    attributes = attributes_of(cube, questionnaires, survey)
    form = BreakdownForm(measures, attributes, request.GET)
    if not form.is_valid():
        raise Http404
    if form.attributes:
        found = breakdown(
            cube,
            form.chosen,
            form.attributes,
            filters.conditions,
            sort=form.cleaned_data["sort"],
        )
        page |= {
            "view": breakdown_view(found),
            "definitions": definitions([form.chosen.definition]),
            "sort": form.cleaned_data["sort"],
        }
    page |= {
        "form": form,
        "saved_views": saved_views_for(request.user, survey),
        "save_form": SavedViewForm(request.user),
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/breakdown.html", page)


@require_POST
@login_required
def view_save(request, slug):
    """Keep an address of the page under a name."""
    survey = survey_for(request.user, slug)
    form = SavedViewForm(request.user, request.POST)
    query = QueryDict(request.POST.get("query", ""))
    address = f"{reverse('reports:breakdown', args=[slug])}?{query.urlencode()}"
    if not form.is_valid():
        messages.error(
            request, " ".join(error for found in form.errors.values() for error in found)
        )
        return redirect(address)
    save_view(
        survey=survey,
        owner=request.user,
        query=query,
        name=form.cleaned_data["name"],
        **form.shared,
    )
    messages.success(request, _("The view is kept."))
    return redirect(address)


@require_POST
@login_required
def view_remove(request, pk):
    """Forget a view of one's own."""
    view = saved_view_to_remove_for(request.user, pk)
    forget_view(view)
    messages.success(request, _("The view was removed."))
    return redirect("reports:breakdown", slug=view.survey.slug)
