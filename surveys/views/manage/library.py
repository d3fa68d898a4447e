"""Staff pages for the question library: taking questions into a draft, keeping own ones."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from surveys.errors import SurveyError
from surveys.forms.library import TakeQuestionsForm
from surveys.permissions import draft_to_edit_for, saved_question_to_remove_for
from surveys.selectors.question_library import library_questions, question_library
from surveys.services.library import save_question, take_questions
from surveys.views.staff import revision_of, staff_page


@staff_page("GET", "POST")
def library(request, slug):
    """Ready and own questions; the ones that are ticked are added to a section."""
    draft = draft_to_edit_for(request.user, slug)
    sections = list(draft.sections.all())
    wanted = request.GET.get("q", "").strip()[:100]
    questions = question_library()
    form = TakeQuestionsForm(
        request.POST or None,
        codes=[question.code for question in questions],
        sections=sections,
        language=draft.survey.default_language,
        initial={"section": request.GET.get("section", "")},
    )
    ticked = request.POST.getlist("code")
    if request.method == "POST" and form.is_valid():
        section = next(one for one in sections if str(one.pk) == form.cleaned_data["section"])
        chosen = library_questions(form.cleaned_data["code"])
        try:
            taken = take_questions(
                version=draft,
                revision=revision_of(request),
                section=section,
                definitions=[question.definition for question in chosen],
            )
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
            draft.refresh_from_db()
        else:
            messages.success(request, _("Added. Everything about them can be changed."))
            return redirect("surveys:question_edit", slug=slug, key=taken[0].key)
    shown = [one for one in questions if one.mentions(wanted) or one.code in ticked]
    context = {
        "survey": draft.survey,
        "draft": draft,
        "form": form,
        "questions": shown,
        "ticked": ticked,
        "wanted": wanted,
    }
    return render(request, "surveys/manage/editor/question_library.html", context)


@staff_page("POST")
def question_keep(request, slug, key):
    """Keep a question in the library."""
    draft = draft_to_edit_for(request.user, slug)
    question = get_object_or_404(draft.questions.select_related("dimension"), key=key)
    save_question(question=question, user=request.user)
    messages.success(request, _("The question is in the library now, as it was last saved."))
    return redirect("surveys:question_edit", slug=slug, key=key)


@staff_page("POST")
def saved_question_remove(request, slug, pk):
    """Take a question out of the library; drafts that took it keep it."""
    draft = draft_to_edit_for(request.user, slug)
    saved_question_to_remove_for(request.user, pk).delete()
    messages.success(request, _("The question is no longer in the library."))
    return redirect("surveys:question_library", slug=draft.survey.slug)
