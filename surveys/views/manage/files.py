"""Staff pages that bring surveys in from files and give them out: as a file, on paper."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.enums import VersionState
from surveys.errors import SurveyError
from surveys.forms.survey_files import ConfirmImportForm, SurveyFileForm, read_again
from surveys.permissions import survey_to_design_for, surveys_to_design_for
from surveys.questionnaire import questionnaire_of
from surveys.selectors.import_reports import counted, import_reports_of
from surveys.selectors.paper import paper_sections
from surveys.selectors.surveys import version_to_show
from surveys.services.definitions import export_version
from surveys.services.import_survey import import_as_draft, import_as_survey, lines_about_survey
from surveys.survey_files.outline import plain_lines
from surveys.survey_files.report_table import report_csv
from surveys.views.staff import revision_of, staff_page


@staff_page("GET", "POST")
def survey_import(request):
    """A new survey from a file: choose it, look at what becomes of it, confirm."""
    surveys_to_design_for(request.user)
    return _import(request, survey=None)


@staff_page("GET", "POST")
def draft_import(request, slug):
    """The next draft of a survey from a file, or another text for the draft there is."""
    return _import(request, survey=survey_to_design_for(request.user, slug))


@staff_page("GET")
def survey_export(request, slug):
    """A version as a document; `surveys/definitions/README.md` describes it."""
    version = version_to_show(survey_to_design_for(request.user, slug), request.GET.get("version"))
    text = json.dumps(export_version(version), ensure_ascii=False, indent=2) + "\n"
    return _download(text, f"{slug}-{version.number}.json", "application/json")


@staff_page("GET")
def survey_print(request, slug):
    """All questions of a version with their answers, for paper."""
    survey = survey_to_design_for(request.user, slug)
    version = version_to_show(survey, request.GET.get("version"))
    questionnaire = questionnaire_of(version)
    language = request.GET.get("language", "")
    if language not in questionnaire.languages:
        language = questionnaire.default_language
    context = {
        "survey": survey,
        "version": version,
        "questionnaire": questionnaire,
        "sections": paper_sections(questionnaire, language),
        "language": language,
        "languages": questionnaire.languages,
    }
    return render(request, "surveys/manage/surveys/survey_print.html", context)


@staff_page("GET")
def import_report(request, slug):
    """What became of the files that versions of this survey were made from."""
    survey = survey_to_design_for(request.user, slug)
    reports = import_reports_of(survey)
    number = request.GET.get("version", "")
    shown = reports.filter(version__number=number).first() if number.isdecimal() else None
    shown = shown or reports.first()
    if shown and request.GET.get("format") == "csv":
        name = f"{slug}-{shown.version.number}-import.csv"
        return _download(report_csv(shown.lines), name, "text/csv")
    context = {
        "survey": survey,
        "reports": reports,
        "shown": shown,
        "counts": counted(shown.lines) if shown else [],
    }
    return render(request, "surveys/manage/surveys/import_report.html", context)


def _import(request, survey):
    draft = survey and survey.versions.filter(state=VersionState.DRAFT).first()
    salt = f"survey file of {request.user.pk} for {survey.pk if survey else 'a new survey'}"
    if request.method == "POST" and "held" in request.POST:
        read = read_again(request.POST["held"], salt)
        if read is None:
            messages.warning(request, _("This page was too old. Choose the file again."))
            return redirect(request.path)
        form = ConfirmImportForm(request.POST, read=read, salt=salt, is_new=survey is None)
        return _confirmed(request, survey, draft, form)
    form = SurveyFileForm(
        request.POST or None, request.FILES or None, initial={"language": get_language()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            confirm = ConfirmImportForm(read=form.read, salt=salt, is_new=survey is None)
        except SurveyError as refusal:
            form.add_error("file", str(refusal))
        else:
            return _preview(request, survey, draft, confirm)
    context = {"survey": survey, "draft": draft, "form": form}
    return render(request, "surveys/manage/surveys/survey_import.html", context)


def _confirmed(request, survey, draft, form):
    if "report" in request.POST:
        name = f"{form.read.file}-import.csv"
        return _download(report_csv(plain_lines(form.read.lines)), name, "text/csv")
    if not form.is_valid():
        return _preview(request, survey, draft, form)
    common = {"read": form.read, "document": form.document(), "user": request.user}
    try:
        if survey is None:
            survey = import_as_survey(mode=form.cleaned_data["mode"], **common)
        else:
            revision = revision_of(request) if "revision" in request.POST else None
            import_as_draft(survey=survey, revision=revision, **common)
    except SurveyError as refusal:
        form.add_error(None, str(refusal))
        return _preview(request, survey, draft, form)
    messages.success(request, _("The file is imported. Nobody can answer it yet."))
    return redirect("surveys:survey_detail", slug=survey.slug)


def _preview(request, survey, draft, form):
    read = form.read
    sections = read.document["sections"]
    lines = plain_lines(read.lines)
    context = {
        "survey": survey,
        "draft": draft,
        "form": form,
        "read": read,
        "lines": lines,
        "counts": counted(lines),
        "question_count": sum(len(section["questions"]) for section in sections),
        "section_count": len(sections),
        "about_survey": list(lines_about_survey(read, survey)) if survey else [],
    }
    return render(request, "surveys/manage/surveys/survey_import_preview.html", context)


def _download(text, name, content_type):
    return HttpResponse(
        text,
        content_type=f"{content_type}; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )
