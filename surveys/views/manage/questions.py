"""Staff pages for one question of a draft."""

from django.shortcuts import get_object_or_404, redirect

from surveys.forms.choices import choice_formset, row_formset, rows_in
from surveys.forms.questions import AddQuestionForm, QuestionForm
from surveys.permissions import draft_to_edit_for
from surveys.questionnaire import questionnaire_of
from surveys.rules.references import dependents_in
from surveys.services import draft_questions
from surveys.services.definitions import export_question
from surveys.views.manage.editor import (
    STEPS,
    change,
    editor_page,
    position_in,
    question_of,
    rule_editor,
    save_form,
    warn_of_dependents,
)
from surveys.views.staff import staff_page


@staff_page("GET", "POST")
def question_add(request, slug):
    """Add a question to a section."""
    draft = draft_to_edit_for(request.user, slug)
    sections = list(draft.sections.all())
    form = AddQuestionForm(
        request.POST or None,
        survey=draft.survey,
        sections=sections,
        initial={"section": request.GET.get("section", sections[-1].pk if sections else "")},
    )
    if request.method == "POST" and form.is_valid():
        section = next(s for s in sections if str(s.pk) == form.cleaned_data["section"])
        definition = form.definition(
            taken_roles=set(draft.questions.values_list("role", flat=True)),
            new_key=lambda stem: draft_questions.new_key(draft, stem),
        )
        question = save_form(
            request,
            draft,
            form,
            draft_questions.add_question,
            section=section,
            definition=definition,
        )
        if question:
            return redirect("surveys:question_edit", slug=slug, key=question.key)
    return editor_page(request, draft, "edit_question_add.html", form=form, place="add")


@staff_page("GET", "POST")
def question_edit(request, slug, key):
    """One question: its texts, its measure, its answers and when it is shown, saved as one."""
    draft, question = question_of(request, slug, key)
    document = export_question(question)
    posted = request.POST or None
    form = QuestionForm(
        posted, question=document, survey=draft.survey, dimensions=draft.dimensions.all()
    )
    given = {"used": draft_questions.used_codes(question)} if posted else {}
    choices = rows = None
    if form.handler.has_choices:
        choices = choice_formset(document, draft.survey, posted, **given)
    if "rows" in document["settings"]:
        rows = row_formset(document, draft.survey, posted, **given)
    tables = [table for table in (choices, rows) if table is not None]
    questionnaire = questionnaire_of(draft)
    rule = rule_editor(request, draft, questionnaire, question, before=key)
    parts = (rule, form, *tables)
    if request.method == "POST" and rule.saves and all(part.is_valid() for part in parts):
        definition = form.definition(
            choices.documents() if choices else [], rows_in(rows) if rows else None
        )
        saved = save_form(
            request,
            draft,
            form,
            draft_questions.change_question,
            question=question,
            definition=definition | {"rule": rule.document()},
        )
        if saved:
            return redirect("surveys:question_edit", slug=slug, key=key)
    return editor_page(
        request,
        draft,
        "edit_question.html",
        form=form,
        tables=tables,
        rule=rule,
        questionnaire=questionnaire,
        question=question,
        place=key,
    )


@staff_page("POST")
def question_move(request, slug, key):
    """Move a question one place, or to a place in a section."""
    draft, question = question_of(request, slug, key)
    section = request.POST.get("section", "")
    if section.isdecimal():
        return change(
            request,
            draft,
            draft_questions.place_question,
            question=question,
            section=get_object_or_404(draft.sections, pk=section),
            position=position_in(request),
        )
    step = STEPS.get(request.POST.get("step"), 1)
    return change(request, draft, draft_questions.move_question, question=question, step=step)


@staff_page("POST")
def question_remove(request, slug, key):
    """Take a question out; it can be put back."""
    draft, question = question_of(request, slug, key)
    dependents = dependents_in(questionnaire_of(draft), {key})
    reply = change(request, draft, draft_questions.remove_question, question=question)
    if not draft.questions.filter(key=key).exists():
        warn_of_dependents(request, dependents)
    return reply
