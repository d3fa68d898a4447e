"""What the pages of the draft editor share: outline left, one thing to edit, its preview.

Every change carries the revision that the page showed; when somebody saved
meanwhile, the page comes back with what was typed and says so.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.definitions.findings import estimated_minutes, findings_in
from surveys.errors import DraftChangedMeanwhile, SurveyError
from surveys.forms.rules import RuleEditor
from surveys.permissions import draft_to_edit_for
from surveys.questionnaire import questionnaire_of
from surveys.rules.conditions import read_rule
from surveys.rules.words import RuleWords
from surveys.selectors.rule_subjects import names_for_rules, rules_to_show, subjects_before
from surveys.selectors.surveys import outline_of, removed_from
from surveys.views.staff import revision_of

STEPS = {"up": -1, "down": 1}


def question_of(request, slug, key):
    """The draft that this user may edit, and its question."""
    draft = draft_to_edit_for(request.user, slug)
    questions = draft.questions.select_related("section__version", "dimension")
    return draft, get_object_or_404(questions, key=key)


def position_in(request):
    """The place that a posted form names, or None."""
    position = request.POST.get("position", "")
    return int(position[:4]) if position.isdecimal() else None


def rule_editor(request, draft, questionnaire, part, *, before):
    """The editor of a part's rule; `before` is the key of the question that it comes before."""
    keys = [question.key for question in questionnaire.questions]
    position = keys.index(before) if before else _questions_before(draft, part)
    language = get_language()
    names = names_for_rules(language)
    editor = RuleEditor(
        subjects_before(questionnaire, position, language, names),
        rule=part.rule,
        posted=request.POST if "rows" in request.POST else None,
    )
    words = RuleWords(questionnaire, language, names)
    editor.sentence = words.sentence(read_rule(editor.rule_so_far()))
    return editor


def _questions_before(draft, section):
    """How many questions stand before an empty section."""
    return draft.questions.filter(section__position__lt=section.position).count()


def save_form(request, draft, form, service, **arguments):
    """Call a service for a form; a refusal becomes an error of the form and None."""
    try:
        saved = service(version=draft, revision=revision_of(request), **arguments)
    except DraftChangedMeanwhile as refusal:
        form.conflict = str(refusal)
        draft.refresh_from_db()
    except SurveyError as refusal:
        form.add_error(None, str(refusal))
        draft.refresh_from_db()
    else:
        messages.success(request, _("Saved."))
        return saved
    return None


def change(request, draft, service, **arguments):
    """Call a service for a button of the outline, then show the outline again."""
    is_fragment = request.headers.get("HX-Request") == "true"
    try:
        service(version=draft, revision=revision_of(request), **arguments)
    except SurveyError as refusal:
        messages.warning(request, str(refusal))
        if is_fragment:
            return HttpResponse(headers={"HX-Refresh": "true"})
    if is_fragment:
        place = request.POST.get("place", "")
        context = _outline(draft, questionnaire_of(draft), place)
        return render(request, "surveys/manage/editor/_outline_update.html", context)
    return redirect(_address_of(draft, request.POST.get("place", "")))


def _address_of(draft, place):
    """The editor page that a button was pressed on, while it exists."""
    slug = draft.survey.slug
    if place == "dimensions":
        return reverse("surveys:dimension_list", args=[slug])
    if draft.questions.filter(key=place).exists():
        return reverse("surveys:question_edit", args=[slug, place])
    return reverse("surveys:survey_edit", args=[slug])


def editor_page(request, draft, template, *, form, place, questionnaire=None, **context):
    """An editor page; 409 when somebody else saved meanwhile, so that what was typed stays."""
    conflict = getattr(form, "conflict", None)
    if questionnaire is None or conflict:
        questionnaire = questionnaire_of(draft)
    context |= _outline(draft, questionnaire, place) | {"form": form, "conflict": conflict}
    context |= rules_to_show(
        context["questionnaire"], get_language(), context.get("question"), context.get("section")
    )
    status = 409 if conflict else 200
    return render(request, f"surveys/manage/editor/{template}", context, status=status)


def _outline(draft, questionnaire, place):
    """What the outline shows: sections, questions, length, findings, what was removed."""
    findings = findings_in(questionnaire)
    return {
        "survey": draft.survey,
        "draft": draft,
        "place": place,
        "sections": outline_of(draft),
        "questionnaire": questionnaire,
        "minutes": estimated_minutes(questionnaire),
        "findings": findings,
        "own_findings": [finding for finding in findings if finding.is_about(place)],
        "removed_parts": list(removed_from(draft)),
        "preview_page": _page_with(questionnaire, place),
    }


def _page_with(questionnaire, place):
    """The number of the respondent's page on which the edited question or section is seen."""
    for number, page in enumerate(questionnaire.pages, 1):
        if any(question.key == place for question in page.questions):
            return number
    return 1


def warn_of_dependents(request, dependents):
    """Say what rests on questions that were removed."""
    if dependents:
        messages.warning(
            request,
            _(
                "This rests on what was removed: %(names)s. "
                "Put it back under “Removed” in the outline, or change the rules and texts."
            )
            % {"names": ", ".join(dependents)},
        )
