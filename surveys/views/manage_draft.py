"""The draft editor: outline left, one thing to edit right.

Every change carries the revision that the page showed; when somebody saved
meanwhile, the page comes back with what was typed and says so.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.definitions.findings import estimated_minutes, findings_in
from surveys.errors import DraftChangedMeanwhile, SurveyError
from surveys.forms.choices import choice_formset, row_formset, rows_in
from surveys.forms.questions import (
    AddQuestionForm,
    DimensionForm,
    DraftTextsForm,
    QuestionForm,
    SectionForm,
)
from surveys.permissions import draft_to_edit_for
from surveys.questionnaire import questionnaire_of
from surveys.rules.references import dependents_in
from surveys.selectors.rule_subjects import rules_to_show
from surveys.selectors.surveys import outline_of
from surveys.services import draft_questions, drafts
from surveys.services.definitions import export_question
from surveys.texts import text_in
from surveys.views.staff import revision_of, staff_page

STEPS = {"up": -1, "down": 1}


@staff_page("GET", "POST")
def survey_edit(request, slug):
    """The texts around the questions, and how they are cut into pages."""
    draft = draft_to_edit_for(request.user, slug)
    form = DraftTextsForm(request.POST or None, draft=draft)
    if request.method == "POST" and form.is_valid():
        saved = save_form(request, draft, form, drafts.change_texts, **form.values())
        if saved:
            return redirect("surveys:survey_edit", slug=slug)
    return editor_page(request, draft, "edit_texts.html", form=form, place="texts")


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
    """One question: its texts, its measure, its answers."""
    draft, question = question_of(request, slug, key)
    document = export_question(question)
    form = QuestionForm(
        request.POST or None,
        question=document,
        survey=draft.survey,
        dimensions=draft.dimensions.all(),
    )
    posted = request.POST or None
    choices = choice_formset(document, draft.survey, posted) if form.handler.has_choices else None
    rows = row_formset(document, draft.survey, posted) if "rows" in document["settings"] else None
    tables = [table for table in (choices, rows) if table is not None]
    if request.method == "POST" and all(part.is_valid() for part in (form, *tables)):
        saved = save_form(
            request,
            draft,
            form,
            draft_questions.change_question,
            question=question,
            definition=form.definition(
                choices.documents() if choices else [], rows_in(rows) if rows else None
            ),
        )
        if saved:
            return redirect("surveys:question_edit", slug=slug, key=key)
    return editor_page(
        request,
        draft,
        "edit_question.html",
        form=form,
        tables=tables,
        question=question,
        place=key,
    )


@staff_page("POST")
def question_move(request, slug, key):
    """Move a question one place, or to the end of another section."""
    draft, question = question_of(request, slug, key)
    section = request.POST.get("section", "")
    if section.isdecimal():
        return _change(
            request,
            draft,
            draft_questions.move_question_to_section,
            question=question,
            section=get_object_or_404(draft.sections, pk=section),
        )
    step = STEPS.get(request.POST.get("step"), 1)
    return _change(request, draft, draft_questions.move_question, question=question, step=step)


@staff_page("POST")
def question_remove(request, slug, key):
    """Take a question out; it can be put back."""
    draft, question = question_of(request, slug, key)
    dependents = dependents_in(questionnaire_of(draft), {key})
    reply = _change(request, draft, draft_questions.remove_question, question=question)
    if not draft.questions.filter(key=key).exists():
        _warn_of_dependents(request, dependents)
    return reply


@staff_page("POST")
def put_back(request, slug, pk):
    """Put a removed question or section back."""
    draft = draft_to_edit_for(request.user, slug)
    removed = get_object_or_404(draft.removed_parts, pk=pk)
    return _change(request, draft, draft_questions.put_back, removed=removed)


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
    """The title of a section."""
    draft = draft_to_edit_for(request.user, slug)
    section = get_object_or_404(draft.sections, pk=pk)
    form = SectionForm(request.POST or None, survey=draft.survey, title=section.title)
    if request.method == "POST" and form.is_valid():
        title = form.texts("title", section.title)
        if save_form(request, draft, form, drafts.change_section, section=section, title=title):
            return redirect("surveys:section_edit", slug=slug, pk=pk)
    return editor_page(
        request,
        draft,
        "edit_section.html",
        form=form,
        section=section,
        place=f"section-{pk}",
    )


@staff_page("POST")
def section_move(request, slug, pk):
    """Move a section one place."""
    draft = draft_to_edit_for(request.user, slug)
    section = get_object_or_404(draft.sections, pk=pk)
    step = STEPS.get(request.POST.get("step"), 1)
    return _change(request, draft, drafts.move_section, section=section, step=step)


@staff_page("POST")
def section_remove(request, slug, pk):
    """Take a section out with its questions; it can be put back."""
    draft = draft_to_edit_for(request.user, slug)
    section = get_object_or_404(draft.sections, pk=pk)
    keys = set(section.questions.values_list("key", flat=True))
    dependents = dependents_in(questionnaire_of(draft), keys)
    reply = _change(request, draft, drafts.remove_section, section=section)
    if not draft.sections.filter(pk=pk).exists():
        _warn_of_dependents(request, dependents)
    return reply


@staff_page("GET", "POST")
def dimension_list(request, slug):
    """The dimensions of a draft, and a form for one more."""
    draft = draft_to_edit_for(request.user, slug)
    form = DimensionForm(request.POST or None, survey=draft.survey)
    if request.method == "POST" and form.is_valid():
        name = form.texts("name")
        key = _dimension_key(draft, name)
        if save_form(request, draft, form, drafts.add_dimension, key=key, name=name):
            return redirect("surveys:dimension_list", slug=slug)
    dimensions = [(dimension, dimension.questions.count()) for dimension in draft.dimensions.all()]
    return editor_page(
        request,
        draft,
        "edit_dimensions.html",
        form=form,
        dimensions=dimensions,
        place="dimensions",
    )


@staff_page("GET", "POST")
def dimension_edit(request, slug, key):
    """The name of a dimension."""
    draft = draft_to_edit_for(request.user, slug)
    dimension = get_object_or_404(draft.dimensions, key=key)
    form = DimensionForm(request.POST or None, survey=draft.survey, name=dimension.name)
    if request.method == "POST" and form.is_valid():
        name = form.texts("name", dimension.name)
        if save_form(request, draft, form, drafts.rename_dimension, dimension=dimension, name=name):
            return redirect("surveys:dimension_list", slug=slug)
    return editor_page(
        request,
        draft,
        "edit_dimension.html",
        form=form,
        dimension=dimension,
        place="dimensions",
    )


@staff_page("POST")
def dimension_remove(request, slug, key):
    """Remove a dimension that no question is in."""
    draft = draft_to_edit_for(request.user, slug)
    dimension = get_object_or_404(draft.dimensions, key=key)
    return _change(request, draft, drafts.remove_dimension, dimension=dimension)


def _warn_of_dependents(request, dependents):
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


def question_of(request, slug, key):
    """The draft that this user may edit, and its question."""
    draft = draft_to_edit_for(request.user, slug)
    questions = draft.questions.select_related("section__version", "dimension")
    return draft, get_object_or_404(questions, key=key)


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


def _change(request, draft, service, **arguments):
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
        return render(request, "surveys/manage/_outline_update.html", _outline(draft, place))
    return redirect(_address_of(draft, request.POST.get("place", "")))


def _address_of(draft, place):
    """The editor page that a button was pressed on, while it exists."""
    slug = draft.survey.slug
    if place == "dimensions":
        return reverse("surveys:dimension_list", args=[slug])
    if draft.questions.filter(key=place).exists():
        return reverse("surveys:question_edit", args=[slug, place])
    return reverse("surveys:survey_edit", args=[slug])


def editor_page(request, draft, template, *, form, place, **context):
    """An editor page; 409 when somebody else saved meanwhile, so that what was typed stays."""
    conflict = getattr(form, "conflict", None)
    context |= _outline(draft, place) | {"form": form, "conflict": conflict}
    context |= rules_to_show(
        context["questionnaire"], get_language(), context.get("question"), context.get("section")
    )
    status = 409 if conflict else 200
    return render(request, f"surveys/manage/{template}", context, status=status)


def _outline(draft, place):
    """What the outline shows: sections, questions, length, findings, what was removed."""
    questionnaire = questionnaire_of(draft)
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
        "removed_parts": list(draft.removed_parts.all()),
    }


def _dimension_key(draft, name):
    stem = slugify(text_in(name, "en")).replace("-", "_")[:30].strip("_")
    stem = stem if stem[:1].isalpha() else "dimension"
    taken = set(draft.dimensions.values_list("key", flat=True))
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}_{number}"
    return key
