"""Staff pages for surveys as a whole: list, new, overview, settings, publish, close."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.definitions.findings import estimated_minutes, findings_in
from surveys.enums import SurveyKind, VersionState
from surveys.errors import CannotPublish, DraftChangedMeanwhile, SurveyError
from surveys.forms.surveys import PublishForm, SurveyForm, SurveySettingsForm
from surveys.permissions import (
    draft_to_edit_for,
    may_see_customers,
    may_set_apart,
    survey_to_design_for,
    surveys_to_design_for,
)
from surveys.questionnaire import questionnaire_of
from surveys.selectors.import_reports import import_reports_of
from surveys.selectors.survey_templates import saved_templates, survey_template, survey_templates
from surveys.selectors.surveys import (
    links_with_counts,
    public_address,
    state_of,
    versions_with_counts,
    with_overview,
)
from surveys.services.links import add_public_link
from surveys.services.publishing import (
    close_survey,
    publish_version,
    reopen_survey,
    start_next_draft,
)
from surveys.services.surveys import change_survey, create_survey
from surveys.views.staff import revision_of, staff_page


@staff_page("GET")
def survey_list(request):
    """Every survey with its state and its number of responses."""
    surveys = with_overview(surveys_to_design_for(request.user))
    rows = [(survey, state_of(survey)) for survey in surveys]
    return render(request, "surveys/manage/surveys/survey_list.html", {"rows": rows})


@staff_page("GET", "POST")
def survey_create(request):
    """Choose a template or nothing, then say what the survey is called."""
    surveys_to_design_for(request.user)
    code = request.GET.get("template", "")
    template = survey_template(code)
    if template is None and code != "empty":
        context = {"templates": survey_templates(), "own": saved_templates()}
        return render(request, "surveys/manage/surveys/survey_templates.html", context)
    document = template.document if template else None
    form = SurveyForm(request.POST or None, **_beginning(document))
    if request.method == "POST" and form.is_valid():
        try:
            survey = create_survey(
                title=form.texts("title"),
                document=document,
                user=request.user,
                **{name: form.cleaned_data[name] for name in CREATED_WITH},
            )
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The survey is made. Nobody can answer it yet."))
            return redirect("surveys:survey_detail", slug=survey.slug)
    return render(
        request, "surveys/manage/surveys/survey_create.html", {"form": form, "template": template}
    )


CREATED_WITH = ("kind", "mode", "languages", "default_language", "time_zone")


def _beginning(document):
    """What the form for a new survey begins with."""
    if document is None:
        return {
            "languages": [get_language()],
            "initial": {"kind": "relationship", "default_language": get_language()},
        }
    return {
        "title": document["title"],
        "languages": document["languages"],
        "initial": {
            "kind": document["kind"],
            "default_language": document["default_language"],
        },
    }


@staff_page("GET")
def survey_detail(request, slug):
    """The versions and links of a survey, and what to do next."""
    survey = survey_to_design_for(request.user, slug)
    overview = with_overview(type(survey).objects.filter(pk=survey.pk)).get()
    versions = list(versions_with_counts(survey))
    draft = next((version for version in versions if version.is_draft), None)
    shown = draft or versions[0]
    questionnaire = questionnaire_of(shown)
    context = {
        "survey": overview,
        "state": state_of(overview),
        "versions": versions,
        "draft": draft,
        "published": next((v for v in versions if v.state == VersionState.PUBLISHED), None),
        "closed": next((v for v in versions if v.state == VersionState.CLOSED), None),
        "questionnaire": questionnaire,
        "minutes": estimated_minutes(questionnaire),
        "findings": findings_in(questionnaire) if draft else [],
        "links": [(link, public_address(link)) for link in links_with_counts(survey)],
        "import_reports": import_reports_of(survey).exists(),
        "minimum_base": settings.MINIMUM_BASE,
        "asked": survey.invitations.count(),
        "may_invite": may_see_customers(request.user) and survey.has_personal_links,
    }
    return render(request, "surveys/manage/surveys/survey_detail.html", context)


@staff_page("GET", "POST")
def survey_settings(request, slug):
    """Title, languages and plan of a survey."""
    survey = survey_to_design_for(request.user, slug)
    is_fixed = survey.versions.exclude(state=VersionState.DRAFT).exists()
    form = SurveySettingsForm(request.POST or None, survey=survey, is_fixed=is_fixed)
    if request.method == "POST" and form.is_valid() and _stays_visible(request, form, survey):
        try:
            change_survey(survey=survey, **form.values())
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("surveys:survey_detail", slug=slug)
    context = {"survey": survey, "form": form, "is_fixed": is_fixed}
    return render(request, "surveys/manage/surveys/survey_settings.html", context)


def _stays_visible(request, form, survey):
    """Refuse to make an employee survey of one that its editor could not see any more."""
    values = form.values()
    becomes = values.get("kind") == SurveyKind.EMPLOYEE and survey.kind != SurveyKind.EMPLOYEE
    if becomes and not may_set_apart(request.user, survey):
        form.add_error(
            "kind", _("Only an administrator or who made the survey can make it one of employees.")
        )
        return False
    return True


@staff_page("GET", "POST")
def survey_publish(request, slug):
    """What publishing means, what speaks against it, and the button."""
    draft = draft_to_edit_for(request.user, slug)
    survey = draft.survey
    needs_link = not survey.public_links.exists()
    form = PublishForm(request.POST or None)
    refusals = []
    if request.method == "POST" and form.is_valid():
        try:
            publish_version(version=draft, revision=revision_of(request), user=request.user)
        except CannotPublish as refusal:
            refusals = refusal.sentences
        except DraftChangedMeanwhile as refusal:
            messages.warning(request, str(refusal))
            return redirect("surveys:survey_publish", slug=slug)
        else:
            if needs_link and form.cleaned_data["make_link"]:
                add_public_link(survey=survey, name=str(survey))
            messages.success(request, _("The survey is published. It can be answered now."))
            return redirect("surveys:link_list", slug=slug)
    questionnaire = questionnaire_of(draft)
    findings = findings_in(questionnaire)
    context = {
        "survey": survey,
        "draft": draft,
        "form": form if needs_link else None,
        "refusals": refusals,
        "errors": [finding for finding in findings if finding.is_error],
        "warnings": [finding for finding in findings if not finding.is_error],
        "questionnaire": questionnaire,
        "minutes": estimated_minutes(questionnaire),
        "published": survey.versions.filter(state=VersionState.PUBLISHED).first(),
    }
    return render(request, "surveys/manage/surveys/survey_publish.html", context)


@staff_page("POST")
def survey_next_draft(request, slug):
    """Copy the newest version into a draft."""
    survey = survey_to_design_for(request.user, slug)
    try:
        start_next_draft(survey=survey)
    except SurveyError as refusal:
        messages.warning(request, str(refusal))
        return redirect("surveys:survey_detail", slug=slug)
    return redirect("surveys:survey_edit", slug=slug)


@staff_page("POST")
def survey_close(request, slug):
    """Let a survey take no more answers."""
    survey = survey_to_design_for(request.user, slug)
    try:
        close_survey(survey=survey, user=request.user)
        messages.success(request, _("The survey is closed. Its links take no more answers."))
    except SurveyError as refusal:
        messages.warning(request, str(refusal))
    return redirect("surveys:survey_detail", slug=slug)


@staff_page("POST")
def survey_reopen(request, slug):
    """Let the newest version of a closed survey take answers again."""
    survey = survey_to_design_for(request.user, slug)
    try:
        version = reopen_survey(survey=survey)
    except SurveyError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request,
            _("Version %(number)d takes answers again.") % {"number": version.number},
        )
    return redirect("surveys:survey_detail", slug=slug)
