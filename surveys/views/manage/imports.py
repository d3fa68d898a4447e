"""Staff pages that bring in units, accounts, customers, events and past answers."""

import csv
import io

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.enums import ImportKind, ImportState
from surveys.errors import SurveyError
from surveys.forms.imports import ColumnsForm, EncodingForm, ImportFileForm
from surveys.imports.encoding_choices import encoding_choices
from surveys.imports.errors import FileRefused
from surveys.imports.kinds import importer_of
from surveys.permissions import import_run_for, import_runs_for, surveys_to_import_into_for
from surveys.selectors.import_runs import example_table, has_refused_file, sample_rows
from surveys.services.import_files import refused_path, source_path
from surveys.services.import_runs import (
    bring_in,
    cancel_import,
    choose_encoding,
    confirm_import,
    first_matching,
    match_columns,
)
from surveys.views.csv_download import csv_download
from surveys.views.staff import staff_page

RUNS_PER_PAGE = 30
MATCHABLE = (ImportState.MATCHING, ImportState.CHECKED, ImportState.FAILED)


@staff_page("GET")
def import_list(request):
    """Files that were brought in, newest first."""
    runs = Paginator(import_runs_for(request.user), RUNS_PER_PAGE)
    context = {"page": runs.get_page(request.GET.get("page"))}
    return render(request, "surveys/manage/imports/import_list.html", context | _kept())


@staff_page("GET", "POST")
def import_start(request):
    """Choose what to bring in."""
    surveys = surveys_to_import_into_for(request.user)
    first = {"kind": request.GET.get("kind", ImportKind.CUSTOMERS)}
    form = ImportFileForm(
        request.POST or None, request.FILES or None, surveys=surveys, initial=first
    )
    if request.method == "POST" and form.is_valid():
        try:
            run = bring_in(
                user=request.user,
                kind=form.cleaned_data["kind"],
                survey=form.cleaned_data["survey"],
                **form.content(),
            )
        except SurveyError as refusal:
            form.add_error("pasted" if form.cleaned_data["pasted"] else "file", str(refusal))
        else:
            return redirect("surveys:import_detail", pk=run.pk)
    context = {"form": form, "kinds": ImportKind.choices, "surveys": surveys}
    return render(request, "surveys/manage/imports/import_start.html", context | _kept())


@staff_page("GET")
def import_detail(request, pk):
    """How far a file is, and what would become or became of it; htmx asks for what changes."""
    run = import_run_for(request.user, pk)
    if run.state == ImportState.MATCHING:
        return redirect("surveys:import_columns" if run.encoding else "surveys:import_encoding", pk)
    context = {
        "run": run,
        "good": sum(run.counts.get(name, 0) for name in ("new", "changed", "unchanged")),
        "examples": example_table(run) if run.state == ImportState.CHECKED else None,
        "has_refused_file": has_refused_file(run),
    }
    whole = request.headers.get("HX-Request") != "true" or not run.is_waiting
    if request.headers.get("HX-Request") == "true" and not run.is_waiting:
        return HttpResponse(headers={"HX-Refresh": "true"})
    template = "import_detail.html" if whole else "_import_progress.html"
    return render(request, f"surveys/manage/imports/{template}", context | _kept())


@staff_page("GET", "POST")
def import_encoding(request, pk):
    """Ask in which encoding a file is, by showing its lines."""
    run = import_run_for(request.user, pk)
    if run.state != ImportState.MATCHING:
        return redirect("surveys:import_detail", pk=pk)
    choices = encoding_choices(source_path(run))
    form = EncodingForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            choose_encoding(run=run, encoding=form.cleaned_data["encoding"])
            return redirect("surveys:import_columns", pk=pk)
        except SurveyError as refusal:
            form.add_error("encoding", str(refusal))
    readings = list(zip(form["encoding"], choices, strict=True))
    context = {"run": run, "form": form, "readings": readings}
    return render(request, "surveys/manage/imports/import_encoding.html", context)


@staff_page("GET", "POST")
def import_columns(request, pk):
    """Match the columns of a file with ours."""
    run = import_run_for(request.user, pk)
    if run.state not in MATCHABLE or not run.encoding:
        name = "import_encoding" if run.state == ImportState.MATCHING else "import_detail"
        return redirect(f"surveys:{name}", pk=pk)
    try:
        places, constants = first_matching(run)
        given = {"places": run.places or places, "constants": run.constants or constants}
        form = ColumnsForm(request.POST or None, run=run, samples=sample_rows(run), **given)
    except FileRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:import_detail", pk=pk)
    if request.method == "POST" and form.is_valid():
        match_columns(run=run, places=form.places(), constants=form.constants())
        return redirect("surveys:import_detail", pk=pk)
    return render(request, "surveys/manage/imports/import_columns.html", {"run": run, "form": form})


@staff_page("POST")
def import_begin(request, pk):
    """Import what was checked: everything, or only the good rows."""
    run = import_run_for(request.user, pk)
    good_rows_only = "good_rows_only" in request.POST
    if run.counts.get("refused") and not good_rows_only:
        messages.warning(request, _("Rows are refused; import the good rows only, or mend them."))
    elif not confirm_import(run=run, good_rows_only=good_rows_only):
        messages.warning(request, _("The file is not waiting to be imported any more."))
    return redirect("surveys:import_detail", pk=pk)


@staff_page("POST")
def import_cancel(request, pk):
    """Give a file up."""
    run = import_run_for(request.user, pk)
    if cancel_import(run=run):
        messages.success(request, _("The import is cancelled; nothing of the file was kept."))
        return redirect("surveys:import_list")
    messages.warning(request, _("It is too late: the import has ended."))
    return redirect("surveys:import_detail", pk=pk)


@staff_page("GET")
def import_refused(request, pk):
    """The refused rows with the reasons, as they stood in the file."""
    run = import_run_for(request.user, pk)
    if not has_refused_file(run):
        raise Http404
    response = FileResponse(
        refused_path(run).open("rb"), as_attachment=True, filename=f"refused-{run.pk}.csv"
    )
    response["Content-Security-Policy"] = "sandbox"
    return response


@staff_page("GET")
def import_template(request, kind):
    """A file with our columns and one example, to be filled in."""
    surveys = surveys_to_import_into_for(request.user)
    survey = surveys.filter(slug=request.GET.get("survey", "")).first()
    if kind not in ImportKind.values or (kind == ImportKind.RESPONSES and survey is None):
        raise Http404
    columns = importer_of(kind, survey).columns
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow([column.name for column in columns])
    rows.writerow([column.example for column in columns])
    name = f"{survey.slug}-{kind}" if kind == ImportKind.RESPONSES else kind
    return csv_download("\ufeff" + text.getvalue(), f"{name}.csv")


def _kept():
    return {"kept_days": settings.IMPORTS_KEPT_DAYS}
