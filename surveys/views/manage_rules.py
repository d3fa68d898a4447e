"""Saying in words when a question or a section of a draft is shown.

Buttons that add, extend or remove a condition show the form again and store
nothing; only saving does.
"""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.forms.rules import RuleEditor
from surveys.permissions import draft_to_edit_for
from surveys.questionnaire import questionnaire_of
from surveys.rules.conditions import read_rule
from surveys.rules.words import RuleWords
from surveys.selectors.rule_subjects import names_for_rules, subjects_before
from surveys.services.draft_rules import change_rule

from .manage_draft import editor_page, question_of, save_form
from .staff import staff_page


@staff_page("GET", "POST")
def question_rule(request, slug, key):
    """When a question is shown."""
    draft, question = question_of(request, slug, key)
    address = reverse("surveys:question_edit", args=[slug, key])
    return _edit(request, draft, question, key, place=key, address=address)


@staff_page("GET", "POST")
def section_rule(request, slug, pk):
    """When a section is shown."""
    draft = draft_to_edit_for(request.user, slug)
    section = get_object_or_404(draft.sections, pk=pk)
    address = reverse("surveys:section_edit", args=[slug, pk])
    first = section.questions.order_by("position", "pk").first()
    return _edit(
        request, draft, section, first and first.key, place=f"section-{pk}", address=address
    )


def _edit(request, draft, part, key, *, place, address):
    """The editor of one rule; `key` is the question that it comes before."""
    questionnaire = questionnaire_of(draft)
    keys = [question.key for question in questionnaire.questions]
    position = keys.index(key) if key else _questions_before(draft, part)
    language = get_language()
    editor = RuleEditor(
        subjects_before(questionnaire, position, language), rule=part.rule, posted=_posted(request)
    )
    action = request.POST.get("_act", "")
    if action and action != "clear":
        editor.act(action)
    elif request.method == "POST" and (action == "clear" or editor.is_valid()):
        rule = {} if action == "clear" else editor.document()
        if save_form(request, draft, editor, change_rule, part=part, rule=rule) is not None:
            return redirect(address)
    words = RuleWords(questionnaire, language, names_for_rules(language))
    return editor_page(
        request,
        draft,
        "edit_rule.html",
        form=editor,
        place=place,
        part=part,
        is_section=key != place,
        part_address=address,
        sentence=words.sentence(read_rule(editor.rule_so_far())) or _("Always shown."),
    )


def _questions_before(draft, section):
    """How many questions stand before an empty section."""
    return draft.questions.filter(section__position__lt=section.position).count()


def _posted(request):
    return request.POST if request.method == "POST" else None
