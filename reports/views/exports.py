"""Taking figures, charts and single answers away as files."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from reports.answer_files.exports import request_export
from reports.answer_files.scope import scope_rows
from reports.charts.tables import figure_tables
from reports.drivers.expectations import expectation_groups
from reports.exporters.chart_files import chart_png, chart_svg, charts_of
from reports.exporters.figure_files import figures_csv, figures_xlsx
from reports.filters import shown_results
from reports.forms import ExportForm, WindowForm
from reports.permissions import export_for, exports_for, unit_of_export_for
from reports.presentation import results_view
from reports.summaries import FOLLOW_UP_DAYS
from reports.words.definitions import CURVE, EXPECTATIONS, RESULTS, definitions
from surveys.enums import JobState
from surveys.permissions import may_see_rows, survey_for
from surveys.texts import text_in

from .results import LOYALTIES, chosen, results_page

MOST_LISTED = 20
FIGURES = {
    "csv": (figures_csv, "application/zip", "zip"),
    "xlsx": (
        figures_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
}
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


@results_page
def export_list(request, slug):
    """Everything that can be taken away, and the files of answers asked for."""
    first = {"language": get_language(), "format": "xlsx", "cells": "words"}
    form = ExportForm(request.user, initial=first) if may_see_rows(request.user) else None
    return _export_page(request, slug, form)


@require_POST
@login_required
def export_create(request, slug):
    """Ask for a file of answers; a worker writes it."""
    survey = survey_for(request.user, slug)
    unit = unit_of_export_for(request.user, request.POST.get("unit", ""))
    form = ExportForm(request.user, request.POST)
    if not form.is_valid():
        return _export_page(request, slug, form, status=400)
    wishes = form.cleaned_data | {"unit": unit}
    export = request_export(user=request.user, survey=survey, **wishes)
    return redirect("reports:export_detail", pk=export.pk)


@results_page
def export_detail(request, pk):
    """How far a file is; htmx asks for the part that changes."""
    export = export_for(request.user, pk)
    context = _context(export.survey) | {
        "export": export,
        "kept_days": settings.EXPORTS_KEPT_DAYS,
    }
    whole = request.headers.get("HX-Request") != "true"
    template = "reports/export_detail.html" if whole else "reports/parts/export_state.html"
    return render(request, template, context)


@results_page
def export_download(request, pk):
    """The file of an export that is done."""
    export = export_for(request.user, pk)
    if export.state != JobState.DONE:
        raise Http404
    name = export.file.name.rsplit("/", 1)[-1]
    response = FileResponse(export.file.open("rb"), as_attachment=True, filename=name)
    response["Content-Security-Policy"] = "sandbox"
    return response


@results_page
def figures_file(request, slug, form):
    """The figures of the results page as a file."""
    survey, filters, _bar, _window, results = _results(request, slug)
    unit = filters.unit
    write, content_type, ending = FIGURES[form]
    view = results_view(results, unit=unit)
    rows = scope_rows(
        survey,
        unit=unit,
        with_excluded=results.selection.with_excluded,
        responses=None if results.is_hidden else results.span.responses,
        period=view.period,
        notes=(view.obstacle,) if view.obstacle else view.notes,
    )
    expectations = None if results.is_hidden else expectation_groups(results.selection)
    measures = RESULTS + CURVE + (EXPECTATIONS if expectations else ())
    content = write(figure_tables(results, expectations), rows, definitions(measures))
    return _attachment(content, content_type, f"{survey.slug}-figures", unit, ending)


@results_page
def chart_file(request, slug, key, form):
    """One chart as a picture."""
    survey, filters, _bar, _window, results = _results(request, slug)
    svg = None if results.is_hidden else chart_svg(results, key, get_language())
    if svg is None:
        raise Http404
    content = chart_png(svg) if form == "png" else svg.encode()
    return _attachment(content, PICTURES[form], f"{survey.slug}-{key}", filters.unit, form)


def _results(request, slug):
    survey, filters, bar = chosen(request, slug)
    window = WindowForm({"days": str(FOLLOW_UP_DAYS)} | request.GET.dict())
    if not window.is_valid():
        raise Http404
    results = shown_results(
        filters,
        loyalties=LOYALTIES,
        with_distributions=True,
        days=window.cleaned_data["days"] or FOLLOW_UP_DAYS,
    )
    return survey, filters, bar, window, results


def _export_page(request, slug, form, status=200):
    survey, filters, bar, window, results = _results(request, slug)
    context = _context(survey) | {
        "unit": filters.unit,
        "filter_form": bar,
        "window": window,
        "view": results_view(results, unit=filters.unit),
        "charts": () if results.is_hidden else charts_of(results, get_language()),
        "exports": exports_for(request.user).filter(survey=survey)[:MOST_LISTED],
        "form": form,
        "kept_days": settings.EXPORTS_KEPT_DAYS,
    }
    return render(request, "reports/export_list.html", context, status=status)


def _attachment(content, content_type, name, unit, ending):
    name = f"{name}-{unit.code}" if unit else name
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{ending}"',
            "Content-Security-Policy": "sandbox",
        },
    )


def _context(survey):
    title = text_in(survey.title, get_language(), survey.default_language)
    return {"survey": survey, "title": title, "languages": dict(settings.LANGUAGES)}
