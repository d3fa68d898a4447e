"""The pages on which results are read. They only read."""

from dataclasses import replace
from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports.dataset import Selection, one_reading, published_questionnaires, read_ahead
from reports.enums import Loyalty
from reports.filters import chosen_filters, shown_results
from reports.overview.home_matters import first_matters
from reports.overview.overview import overview, places_on_screen, stored_drivers
from reports.presentation import results_view
from reports.summaries import survey_results
from reports.trend.trend import trend
from reports.trend.view import change_sentence
from reports.who_answered.frame import tally_by_survey
from reports.who_answered.view import response_rate_metrics
from reports.words.definitions import CURVE, RESULTS, definitions
from reports.words.plan import survey_plan
from surveys.enums import SurveyKind
from surveys.permissions import (
    may_design,
    may_see_results,
    placements_for,
    sees_all_units,
    survey_for,
    surveys_for,
)

LOYALTIES = (Loyalty.STATED, Loyalty.OBSERVED, Loyalty.RECOMMENDATION)


def read_once(view):
    """All figures of the page rest on one reading of the answers."""

    @wraps(view)
    def read(request, *args, **kwargs):
        with one_reading():
            return view(request, *args, **kwargs)

    return read


def results_page(view):
    """A page for who is signed in and may see figures; never kept by a cache."""
    return never_cache(require_safe(login_required(read_once(view))))


@results_page
def home(request):
    """The headline of every survey that the reader may see."""
    if not may_see_results(request.user):
        raise PermissionDenied
    placements = placements_for(request.user)
    published = surveys_for(request.user).filter(versions__published_at__isnull=False).distinct()
    surveys = list(published)
    read_ahead(surveys)
    invited = tally_by_survey(surveys, placements)
    first = first_matters(request.user, surveys, placements)
    cards = [_card(Selection(one, placements), invited[one.pk], first) for one in surveys]
    kinds = {survey.kind for survey in surveys}
    context = {
        "cards": cards,
        "may_design": may_design(request.user),
        "has_both_kinds": {SurveyKind.RELATIONSHIP, SurveyKind.TRANSACTIONAL} <= kinds,
    }
    return render(request, "reports/home.html", context)


def _card(selection, invited, first_matter):
    """What the first page says of one survey, and what to look at with where that leads."""
    found = survey_results(selection, loyalties=(Loyalty.STATED, Loyalty.RECOMMENDATION))
    told = trend(selection)
    view = results_view(found, change=change_sentence(told))
    view = replace(view, metrics=(*view.metrics, *response_rate_metrics(invited)))
    matter = first_matter(told)
    return view, matter, matter and _address_for_all(matter, selection.survey)


def _address_for_all(matter, survey):
    """The page that shows more of what is to be looked at; that of complaints is of all surveys."""
    arguments = [survey.slug] if matter.page.startswith("reports:") else []
    return f"{reverse(matter.page, args=arguments)}?{urlencode(matter.query)}".rstrip("?")


@results_page
def results(request, slug):
    """One survey on one page."""
    survey, filters, bar = chosen(request, slug)
    found = shown_results(filters, loyalties=LOYALTIES, with_distributions=True)
    places = () if found.is_hidden else places_on_screen(filters)
    view = overview(
        found,
        unit=filters.unit,
        analysis=stored_drivers(filters.selection),
        places=places,
        may_show=filters.shows_period(published_questionnaires(survey)),
    )
    return render(
        request,
        "reports/results.html",
        {
            "survey": survey,
            "unit": filters.unit,
            "filter_form": bar,
            "view": view,
            "matters": [(matter, _address(matter, filters)) for matter in view.matters],
            "plan": survey_plan(survey),
            "language": get_language(),
            "may_ask_for_bulletin": filters.unit is not None or sees_all_units(request.user),
            "definitions": definitions(RESULTS + CURVE),
        },
    )


def _address(matter, filters):
    """The page that shows more of what is to be looked at, for the same choice."""
    chosen_too = replace(matter, query=filters.parameters() | matter.query)
    return _address_for_all(chosen_too, filters.survey)


def chosen(request, slug):
    """The survey, what the address chooses of it, and the form that shows it."""
    survey = survey_for(request.user, slug)
    filters, bar = chosen_filters(request, survey)
    return survey, filters, bar
