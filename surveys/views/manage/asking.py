"""Staff pages for asking: everything that asks by a survey, and the series of waves."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.enums import Interval, VersionState
from surveys.errors import SurveyError
from surveys.forms.waves import SeriesForm
from surveys.models import ContactPolicy, WaveSeries
from surveys.permissions import series_to_manage_for, survey_to_invite_for
from surveys.selectors.event_rules import rules_of
from surveys.selectors.waves import waves_of
from surveys.services.visits import day_in
from surveys.services.wave_series import save_series, switch_series
from surveys.views.staff import staff_page


@staff_page("GET")
def asking(request, slug):
    """Waves, series and event rules of a survey, and how often anybody may be asked."""
    survey = survey_to_invite_for(request.user, slug)
    context = {
        "survey": survey,
        "waves": waves_of(survey),
        "series": survey.wave_series.all(),
        "rules": rules_of(survey),
        "policy": ContactPolicy.current(),
        "is_published": survey.versions.filter(state=VersionState.PUBLISHED).exists(),
    }
    return render(request, "surveys/manage/asking/asking.html", context)


@staff_page("GET", "POST")
def series_add(request, slug):
    """One more series of waves."""
    survey = survey_to_invite_for(request.user, slug)
    today = day_in(survey)
    series = WaveSeries(survey=survey, interval=Interval.MONTHS, next_on=today + timedelta(days=1))
    return _series_page(request, series)


@staff_page("GET", "POST")
def series_edit(request, slug, pk):
    """Change a series; its waves that have begun stay as they are."""
    return _series_page(request, series_to_manage_for(request.user, slug, pk))


@staff_page("POST")
def series_switch(request, slug, pk):
    """Let a series rest, or go on."""
    series = switch_series(
        series=series_to_manage_for(request.user, slug, pk), is_active="on" in request.POST
    )
    said = _("The series goes on.") if series.is_active else _("The series rests.")
    messages.success(request, said)
    return redirect("surveys:asking", slug=slug)


def _series_page(request, series):
    form = SeriesForm(request.POST or None, plan=series)
    if request.method == "POST" and form.is_valid():
        try:
            save_series(series=form.filled(), user=request.user)
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The series is saved."))
            return redirect("surveys:asking", slug=series.survey.slug)
    context = {"survey": series.survey, "form": form, "series": series}
    return render(request, "surveys/manage/asking/series_form.html", context)
