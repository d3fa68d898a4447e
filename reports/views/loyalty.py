"""The page on loyalty: what customers said beside what they did, and who holds the value."""

from zoneinfo import ZoneInfo

from django.shortcuts import render
from django.utils.translation import get_language

from reports.dataset import Days, last_event_day, months_of, published_questionnaires
from reports.filters import chosen_filters, days_of, shown_results, shown_trend
from reports.loyalty.accounts import accounts_result
from reports.loyalty.accounts_view import accounts_view
from reports.loyalty.indicators import loyalty_result, quarterly
from reports.loyalty.value import value_result
from reports.loyalty.value_view import value_view
from reports.loyalty.view import loyalty_view
from reports.words.definitions import LOYALTY, definitions
from surveys.permissions import survey_for
from surveys.services.visits import day_in
from surveys.texts import text_in

from .results import results_page

WITHOUT = ("language", "channel")  # a customer has neither


@results_page
def loyalty(request, slug):
    """Six indicators, by quarters beside each other, and value."""
    survey = survey_for(request.user, slug)
    months = months_of(survey)
    newest = months[-1][:4] if months else ""
    filters, bar = chosen_filters(request, survey, without=WITHOUT, usual={"period": newest})
    title = text_in(survey.title, get_language(), survey.default_language)
    page = {"survey": survey, "title": title, "unit": filters.unit, "filter_form": bar}
    if not months:
        return render(request, "reports/loyalty.html", page)
    asked = published_questionnaires(survey)
    results = shown_results(filters)
    days = _days(filters)
    found = loyalty_result(results, days, _by_quarters(filters, asked))
    may_show = filters.may_be_shown(asked)
    value = value_result(filters.selection, days, asked, may_show=may_show)
    accounts = accounts_result(filters.selection, asked, may_show=may_show)
    return render(
        request,
        "reports/loyalty.html",
        page
        | {
            "view": loyalty_view(found),
            "value": value_view(value),
            "accounts": accounts_view(accounts),
            "definitions": definitions(LOYALTY),
        },
    )


def _days(filters):
    """The period chosen, cut where nothing is known yet."""
    first, last = days_of(filters.period)
    known = last_event_day(filters.selection)
    last = min(filter(None, (last, known and max(known, first), day_in(filters.survey))))
    return Days(first, max(first, last), ZoneInfo(filters.survey.time_zone))


def _by_quarters(filters, asked):
    """The trend by quarters, of all periods within the other filters."""
    return shown_trend(filters.of_all_periods, quarterly(), questionnaires=asked)
