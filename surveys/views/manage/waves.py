"""Staff pages for waves: planning one, starting it, seeing how far it is."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import WaveState
from surveys.errors import SurveyError
from surveys.forms.waves import WaveForm
from surveys.models import ContactPolicy, Wave
from surveys.permissions import survey_to_invite_for, wave_to_manage_for
from surveys.selectors.forecasts import forecast
from surveys.selectors.skipped_list import skipped_csv
from surveys.selectors.waves import progress_of, skipped_of
from surveys.services.recruiting import (
    check_startable,
    pause_wave,
    resume_wave,
    save_wave,
    start_wave,
    stop_wave,
)
from surveys.services.visits import day_in
from surveys.views.csv_download import csv_download
from surveys.views.staff import staff_page

SKIPPED_PER_PAGE = 100


@staff_page("GET", "POST")
def wave_add(request, slug):
    """One more wave."""
    survey = survey_to_invite_for(request.user, slug)
    today = day_in(survey)
    wave = Wave(
        survey=survey, name=f"{today:%Y-%m}", starts_on=today, ends_on=today + timedelta(days=30)
    )
    if survey.waves.filter(name=wave.name).exists():
        wave.name = ""
    return _form_page(request, wave)


@staff_page("GET", "POST")
def wave_edit(request, slug, pk):
    """Change a wave that has not begun."""
    wave = wave_to_manage_for(request.user, slug, pk)
    if wave.state != WaveState.PLANNED:
        messages.warning(request, _("A wave that has begun is not changed."))
        return redirect("surveys:wave_detail", slug=slug, pk=pk)
    return _form_page(request, wave)


@staff_page("GET")
def wave_detail(request, slug, pk):
    """Before the start whom it would ask, afterwards how far it is; htmx asks for this part."""
    wave = wave_to_manage_for(request.user, slug, pk)
    progress = progress_of(wave)
    context = {
        "survey": wave.survey,
        "wave": wave,
        "progress": progress,
        "waits": progress.goes_on,
        "policy": ContactPolicy.current(),
    }
    if wave.state == WaveState.PLANNED and wave.text is not None:
        context |= _before_the_start(wave)
    whole = request.headers.get("HX-Request") != "true"
    template = "wave_detail.html" if whole else "_wave_progress.html"
    with timezone.override(ZoneInfo(wave.survey.time_zone)):
        return render(request, f"surveys/manage/asking/{template}", context)


@staff_page("POST")
def wave_start(request, slug, pk):
    """Begin to ask."""
    wave = wave_to_manage_for(request.user, slug, pk)
    try:
        start_wave(wave=wave, user=request.user)
    except SurveyError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The wave has begun. You can leave this page."))
    return redirect("surveys:wave_detail", slug=slug, pk=pk)


@staff_page("POST")
def wave_pause(request, slug, pk):
    """Hold back what was not sent yet."""
    pause_wave(wave=wave_to_manage_for(request.user, slug, pk))
    return redirect("surveys:wave_detail", slug=slug, pk=pk)


@staff_page("POST")
def wave_resume(request, slug, pk):
    """Go on."""
    resume_wave(wave=wave_to_manage_for(request.user, slug, pk))
    return redirect("surveys:wave_detail", slug=slug, pk=pk)


@staff_page("POST")
def wave_stop(request, slug, pk):
    """Ask nobody more, for good."""
    stop_wave(wave=wave_to_manage_for(request.user, slug, pk))
    return redirect("surveys:wave_detail", slug=slug, pk=pk)


@staff_page("GET")
def wave_skipped(request, slug, pk):
    """Who belonged to the wave and was not asked, and why."""
    wave = wave_to_manage_for(request.user, slug, pk)
    pages = Paginator(skipped_of(wave), SKIPPED_PER_PAGE)
    context = {
        "survey": wave.survey,
        "wave": wave,
        "page": pages.get_page(request.GET.get("page")),
    }
    return render(request, "surveys/manage/asking/wave_skipped.html", context)


@staff_page("GET")
def wave_skipped_file(request, slug, pk):
    """The same list as a CSV file."""
    wave = wave_to_manage_for(request.user, slug, pk)
    name = f"{slug}-{wave.pk}-skipped.csv"
    return csv_download(skipped_csv(skipped_of(wave)), name)


def _before_the_start(wave):
    """Whom the wave would ask, and what keeps it from starting."""
    try:
        check_startable(wave)
        obstacle = ""
    except SurveyError as refusal:
        obstacle = str(refusal)
    try:
        return {"obstacle": obstacle, "forecast": forecast(wave)}
    except SurveyError as refusal:
        return {"obstacle": str(refusal)}


def _form_page(request, wave):
    with timezone.override(ZoneInfo(wave.survey.time_zone)):
        form = WaveForm(request.POST or None, plan=wave)
        if request.method == "POST" and form.is_valid():
            try:
                save_wave(
                    wave=form.filled(), is_only_a_period=form.cleaned_data["is_only_a_period"]
                )
            except SurveyError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The wave is saved. Nothing is sent before it starts."))
                return redirect("surveys:wave_detail", slug=wave.survey.slug, pk=wave.pk)
        context = {"survey": wave.survey, "form": form, "wave": wave}
        return render(request, "surveys/manage/asking/wave_form.html", context)
