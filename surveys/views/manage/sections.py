"""Staff pages for the sections of a draft."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from surveys.forms.questions import SectionForm
from surveys.permissions import draft_to_edit_for
from surveys.questionnaire import questionnaire_of
from surveys.rules.references import dependents_in
from surveys.services import drafts
from surveys.views.manage.editor import (
    STEPS,
    change,
    editor_page,
    position_in,
    rule_editor,
    save_form,
    warn_of_dependents,
)
from surveys.views.staff import staff_page


@staff_page("GET", "POST")
def section_add(request, slug):
    """Add a section at the end."""
    draft = draft_to_edit_for(request.user, slug)
    form = SectionForm(request.POST or None, survey=draft.survey)
    if request.method == "POST" and form.is_valid():
        section = save_form(request, draft, form, drafts.add_section, title=form.texts("title"))
        if section:
            address = reverse("surveys:question_add", args=[slug])
            return redirect(f"{address}?section={section.pk}")
    return editor_page(request, draft, "edit_section.html", form=form, place="add-section")


@staff_page("GET", "POST")
def section_edit(request, slug, pk):
    """The title of a section and when it is shown, saved as one."""
    draft = draft_to_edit_for(request.user, slug)
    section = get_object_or_404(draft.sections, pk=pk)
    form = SectionForm(request.POST or None, survey=draft.survey, title=section.title)
    first = section.questions.order_by("position", "pk").first()
    questionnaire = questionnaire_of(draft)
    rule = rule_editor(request, draft, questionnaire, section, before=first and first.key)
    parts = (rule, form)
    if request.method == "POST" and rule.saves and all(part.is_valid() for part in parts):
        saved = save_form(
            request,
            draft,
            form,
            drafts.change_section,
            section=section,
            title=form.texts("title", section.title),
            rule=rule.document(),
        )
        if saved:
            return redirect("surveys:section_edit", slug=slug, pk=pk)
    return editor_page(
        request,
        draft,
        "edit_section.html",
        form=form,
        rule=rule,
        questionnaire=questionnaire,
        section=section,
        place=f"section-{pk}",
    )


@staff_page("POST")
def section_move(request, slug, pk):
    """Move a section one place, or to a place among the others."""
    draft = draft_to_edit_for(request.user, slug)
    section = get_object_or_404(draft.sections, pk=pk)
    position = position_in(request)
    if position is not None:
        return change(request, draft, drafts.place_section, section=section, position=position)
    step = STEPS.get(request.POST.get("step"), 1)
    return change(request, draft, drafts.move_section, section=section, step=step)


@staff_page("POST")
def section_remove(request, slug, pk):
    """Take a section out with its questions; it can be put back."""
    draft = draft_to_edit_for(request.user, slug)
    section = get_object_or_404(draft.sections, pk=pk)
    keys = set(section.questions.values_list("key", flat=True))
    dependents = dependents_in(questionnaire_of(draft), keys)
    reply = change(request, draft, drafts.remove_section, section=section)
    if not draft.sections.filter(pk=pk).exists():
        warn_of_dependents(request, dependents)
    return reply
