"""The page on trends, and the records that staff keep beside it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.dataset import published_questionnaires
from reports.filters import chosen_filters, shown_trend
from reports.trend.access import (
    frozen_limits_for,
    frozen_limits_to_change_for,
    may_keep_records,
    may_keep_some,
    noted_change_to_change_for,
    noted_changes_for,
)
from reports.trend.forms import FreezeForm, NotedChangeForm, TrendForm
from reports.trend.measures import trend_measures
from reports.trend.records import (
    edit_noted_change,
    freeze_limits,
    note_change,
    remove_noted_change,
    withdraw_limits,
)
from reports.trend.trend import Trend
from reports.trend.trend import trend as trend_of
from reports.trend.view import trend_view
from reports.words.definitions import TREND, definitions
from surveys.errors import SurveyError
from surveys.permissions import survey_for
from surveys.texts import text_in
from surveys.views.staff import staff_page

from .results import results_page

CHOICES = ("measure", "period", "limits", "shift", "unit", "segment", "language", "channel")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page on trends is about."""

    survey: object
    filters: object
    bar: object
    form: TrendForm
    options: object
    records: tuple
    trend: Trend

    @property
    def unit(self):
        """The unit chosen."""
        return self.filters.unit


@results_page
def trend(request, slug):
    """One measure over time, judged by a control chart."""
    asked = _asked(request, slug)
    notes = list(noted_changes_for(request.user, asked.survey, asked.unit))
    found = asked.trend
    keys = [found.measure.definition] if found.measure and found.measure.definition else []
    may_freeze = _may_freeze(request, asked)
    context = {
        "survey": asked.survey,
        "unit": asked.unit,
        "form": asked.form,
        "filter_form": asked.bar,
        "title": _title(asked.survey),
        "view": trend_view(found, notes),
        "records": asked.records,
        "notes": [(note, may_keep_records(request.user, note.unit)) for note in notes],
        "may_note": may_keep_some(request.user),
        "may_freeze": may_freeze,
        "query": _query(request),
        "definitions": definitions([*keys, *TREND]),
    }
    return render(request, "reports/trend.html", context)


def _may_freeze(request, asked):
    """Limits belong to everything or to a unit, and not to a narrower choice."""
    is_whole = not (asked.filters.narrows_beyond_unit or asked.filters.with_excluded)
    return asked.trend.rows_by_run and is_whole and may_keep_records(request.user, asked.unit)


@staff_page("GET", "POST")
def note_add(request, slug):
    """Note a change."""
    survey = survey_for(request.user, slug)
    if not may_keep_some(request.user):
        raise PermissionDenied
    form = NotedChangeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            note_change(survey=survey, user=request.user, **_kept(request, form))
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The change is noted and drawn into the trends."))
            return _back(request, survey)
    return _note_page(request, survey, form)


@staff_page("GET", "POST")
def note_edit(request, slug, pk):
    """Change a note."""
    survey = survey_for(request.user, slug)
    note = noted_change_to_change_for(request.user, survey, pk)
    stored = {"day": note.day, "text": note.text, "unit": note.unit}
    form = NotedChangeForm(request.POST or None, user=request.user, initial=stored)
    if request.method == "POST" and form.is_valid():
        try:
            edit_noted_change(note=note, **_kept(request, form))
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The noted change is saved."))
            return _back(request, survey)
    return _note_page(request, survey, form, note)


@staff_page("POST")
def note_remove(request, slug, pk):
    """Take a note away."""
    survey = survey_for(request.user, slug)
    remove_noted_change(note=noted_change_to_change_for(request.user, survey, pk))
    messages.success(request, _("The noted change is removed."))
    return _back(request, survey)


@staff_page("GET", "POST")
def limits_freeze(request, slug):
    """Freeze the limits of the trend in the address, or compute them anew."""
    asked = _asked(request, slug)
    if not asked.trend.rows_by_run or asked.filters.narrows_beyond_unit:
        raise Http404
    if not may_keep_records(request.user, asked.unit):
        raise PermissionDenied
    cells = asked.trend.rows_by_run[-1][1]
    periods = [cell.period for cell in cells if not cell.period.is_partial]
    form = FreezeForm(request.POST or None, periods=periods)
    if request.method == "POST" and form.is_valid():
        first, last = form.span()
        try:
            freeze_limits(
                trend=asked.trend,
                unit=asked.unit,
                first_day=first,
                last_day=last,
                reason=form.cleaned_data["reason"],
                user=request.user,
            )
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The limits are frozen. It is on record with your name."))
            return _back(request, asked.survey)
    context = {"survey": asked.survey, "unit": asked.unit, "form": form, "query": _query(request)}
    context |= {"title": _title(asked.survey), "name": trend_view(asked.trend).title}
    return render(request, "reports/limits_freeze.html", context)


@staff_page("POST")
def limits_withdraw(request, slug, pk):
    """Withdraw a freeze; its record stays."""
    survey = survey_for(request.user, slug)
    record = frozen_limits_to_change_for(request.user, survey, pk)
    withdraw_limits(record=record, user=request.user)
    messages.success(request, _("The freeze is withdrawn. Its record stays."))
    return _back(request, survey)


def _asked(request, slug):
    """Survey, filters, form, records and trend; 404 for what one may not see."""
    survey = survey_for(request.user, slug)
    filters, bar = chosen_filters(request, survey, without=("period",))
    asked = published_questionnaires(survey)
    form = TrendForm(
        request.GET.dict(),
        survey=survey,
        measures=trend_measures(asked),
        questionnaires=asked,
    )
    if not asked or not form.is_valid():
        if asked:
            raise Http404
        empty = trend_of(filters.selection, questionnaires=asked)
        return Asked(survey, filters, bar, form, None, (), empty)
    options = form.options(survey, asked)
    records = ()
    if not filters.narrows_beyond_unit:
        records = tuple(frozen_limits_for(request.user, survey, filters.unit, options))
    current = [record for record in records if record.withdrawn_at is None]
    found = shown_trend(filters, options, records=current, questionnaires=asked)
    return Asked(survey, filters, bar, form, options, records, found)


def _kept(request, form):
    """What a note holds; only who may note for everything leaves the unit out."""
    if not may_keep_records(request.user, form.cleaned_data["unit"]):
        raise PermissionDenied
    return form.cleaned_data


def _title(survey):
    return text_in(survey.title, get_language(), survey.default_language)


def _note_page(request, survey, form, note=None):
    context = {"survey": survey, "title": _title(survey), "form": form, "note": note}
    return render(request, "reports/noted_change.html", context | {"query": _query(request)})


def _query(request):
    """The choices of the trend, to come back to it."""
    chosen = {name: request.GET[name] for name in CHOICES if request.GET.get(name)}
    return urlencode(chosen)


def _back(request, survey):
    address, query = reverse("reports:trend", args=[survey.slug]), _query(request)
    return redirect(f"{address}?{query}" if query else address)
