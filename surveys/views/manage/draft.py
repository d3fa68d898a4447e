"""The draft as a whole: the texts around its questions, and putting back what was removed."""

from django.shortcuts import get_object_or_404, redirect

from surveys.forms.questions import DraftTextsForm
from surveys.permissions import draft_to_edit_for
from surveys.services import draft_questions, drafts
from surveys.views.manage.editor import change, editor_page, save_form
from surveys.views.staff import staff_page


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


@staff_page("POST")
def put_back(request, slug, pk):
    """Put a removed question or section back."""
    draft = draft_to_edit_for(request.user, slug)
    removed = get_object_or_404(draft.removed_parts, pk=pk)
    return change(request, draft, draft_questions.put_back, removed=removed)
