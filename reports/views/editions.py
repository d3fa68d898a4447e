"""Asking for a bulletin, waiting for it, taking it."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from reports.editions.bulletins import request_edition
from reports.editions.issuing import next_issue
from reports.editions.publishing import page_address
from reports.forms import EditionForm
from reports.models import Paper
from reports.permissions import (
    edition_for,
    editions_for,
    may_issue_reports,
    may_print_comments,
    published_pages_for,
    reports_for,
    unit_of_edition_for,
)
from surveys.enums import JobState
from surveys.permissions import survey_for, units_for
from surveys.texts import text_in

from .results import results_page

MOST_LISTED = 50


@results_page
def edition_list(request, slug):
    """What was issued of a survey, and the form that asks for more."""
    survey = survey_for(request.user, slug)
    editions = editions_for(request.user).filter(survey=survey).select_related("unit")
    return render(
        request,
        "reports/edition_list.html",
        survey_context(survey)
        | {
            "editions": editions[:MOST_LISTED],
            "may_issue": may_issue_reports(request.user),
            "reports": [
                (one, next_issue(one)) for one in reports_for(request.user).filter(survey=survey)
            ],
            "pages": [
                (page, page_address(page))
                for page in published_pages_for(request.user).filter(survey=survey)
            ],
            "units": units_for(request.user).order_by("path"),
            "form": EditionForm(request.user, initial={"language": get_language()}),
        },
    )


@require_POST
@login_required
def edition_create(request, slug):
    """Ask for a bulletin; a worker draws it."""
    survey = survey_for(request.user, slug)
    form = EditionForm(request.user, request.POST)
    unit = unit_of_edition_for(request.user, request.POST.get("unit", ""))
    if not form.is_valid():
        raise BadRequest("A bulletin needs a length and a language from the list.")
    if form.wants_comments and not may_print_comments(request.user, unit):
        raise PermissionDenied
    edition = request_edition(
        survey=survey,
        unit=unit,
        level=form.cleaned_data["level"],
        language=form.cleaned_data["language"],
        paper=form.cleaned_data["paper"] or Paper.A4,
        with_comments=form.wants_comments,
        user=request.user,
    )
    return redirect("reports:edition_detail", pk=edition.pk)


@results_page
def edition_detail(request, pk):
    """How far a bulletin is; htmx asks for the part that changes."""
    edition = edition_for(request.user, pk)
    waits = edition.state in (JobState.QUEUED, JobState.RUNNING)
    context = survey_context(edition.survey) | {"edition": edition, "waits": waits}
    whole = request.headers.get("HX-Request") != "true"
    template = "reports/edition_detail.html" if whole else "reports/parts/edition_state.html"
    return render(request, template, context)


@results_page
def edition_download(request, pk):
    """The file of an edition that is done."""
    edition = edition_for(request.user, pk)
    if edition.state != JobState.DONE:
        raise Http404
    name = edition.file.name.rsplit("/", 1)[-1]
    response = FileResponse(
        edition.file.open("rb"), as_attachment=True, filename=name, content_type="application/pdf"
    )
    response["Content-Security-Policy"] = "sandbox"
    return response


def survey_context(survey):
    """What every page about the bulletins of a survey shows."""
    title = text_in(survey.title, get_language(), survey.default_language)
    return {"survey": survey, "title": title, "languages": dict(settings.LANGUAGES)}
