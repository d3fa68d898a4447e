"""Reports that are issued regularly: defined, paused, issued now, and what became of them."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.editions.forms import ReportForm
from reports.editions.issuing import (
    issue_report,
    next_issue,
    pause_report,
    repeat_failed,
    resume_report,
    save_report,
)
from reports.models import Report
from reports.permissions import report_for, run_for, survey_to_report_for
from surveys.enums import JobState
from surveys.views.staff import staff_page

from .editions import survey_context
from .results import results_page

MOST_RUNS = 50


@staff_page("GET", "POST")
def report_add(request, slug):
    """One more regular report."""
    survey = survey_to_report_for(request.user, slug)
    return _form_page(request, Report(survey=survey, language=get_language()))


@staff_page("GET", "POST")
def report_edit(request, pk):
    """Change a report; what was issued stays as it was."""
    return _form_page(request, report_for(request.user, pk))


@results_page
def report_detail(request, pk):
    """A report with its history."""
    report = report_for(request.user, pk)
    runs = report.runs.annotate(
        all=Count("editions"),
        done=Count("editions", filter=Q(editions__state=JobState.DONE)),
        failed=Count("editions", filter=Q(editions__state=JobState.FAILED)),
    )
    context = survey_context(report.survey) | {
        "report": report,
        "units": report.units.order_by("path"),
        "runs": runs[:MOST_RUNS],
        "next_issue": next_issue(report),
    }
    return render(request, "reports/report_detail.html", context)


@staff_page("POST")
def report_pause(request, pk):
    """Issue it no more by itself."""
    report = report_for(request.user, pk)
    pause_report(report)
    messages.success(request, _("The report is paused."))
    return redirect("reports:report_detail", pk=pk)


@staff_page("POST")
def report_resume(request, pk):
    """Issue it by itself again."""
    report = report_for(request.user, pk)
    resume_report(report)
    messages.success(request, _("The report is issued again from now on."))
    return redirect("reports:report_detail", pk=pk)


@staff_page("POST")
def report_issue(request, pk):
    """Issue it now."""
    run = issue_report(report_for(request.user, pk), user=request.user)
    return redirect("reports:run_detail", pk=run.pk)


@results_page
def run_detail(request, pk):
    """How far an issue is, unit by unit; htmx asks for the part that changes."""
    run = run_for(request.user, pk)
    editions = run.editions.select_related("unit").order_by("unit__path")
    editions = list(editions.prefetch_related("mails"))
    ended = [one for one in editions if one.state in (JobState.DONE, JobState.FAILED)]
    context = survey_context(run.report.survey) | {
        "run": run,
        "editions": editions,
        "ended": len(ended),
        "failed": sum(one.state == JobState.FAILED for one in editions),
        "waits": len(ended) < len(editions),
    }
    whole = request.headers.get("HX-Request") != "true"
    template = "reports/run_detail.html" if whole else "reports/parts/run_state.html"
    return render(request, template, context)


@staff_page("POST")
def run_repeat(request, pk):
    """Draw again what failed."""
    run = run_for(request.user, pk)
    repeat_failed(run)
    return redirect("reports:run_detail", pk=pk)


def _form_page(request, report):
    form = ReportForm(request.POST or None, user=request.user, report=report)
    if request.method == "POST" and form.is_valid():
        save_report(form.filled(), units=form.cleaned_data["units"], user=request.user)
        messages.success(request, _("Saved."))
        return redirect("reports:report_detail", pk=report.pk)
    context = survey_context(report.survey) | {"report": report, "form": form}
    return render(request, "reports/report_form.html", context)
