"""Staff pages for the texts by which customers are asked and reminded."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.enums import MessageKind
from surveys.errors import SurveyError
from surveys.forms.messages import MessageTextForm, NewMessageForm, TakenMessageForm
from surveys.messages.checks import advice_on
from surveys.messages.fields import FIELDS
from surveys.messages.first_question import question_for_mails
from surveys.messages.ready import ready_text
from surveys.messages.text_messages import room_of_texts, rule_of_room
from surveys.permissions import message_text_for, survey_to_invite_for, surveys_to_design_for
from surveys.selectors.message_texts import texts_to_take, texts_with_counts
from surveys.services.message_texts import add_text, change_text, copy_text, was_used
from surveys.views.staff import staff_page

TEXTS_PER_PAGE = 50


@staff_page("GET")
def message_list(request, slug):
    """The texts of a survey."""
    survey = survey_to_invite_for(request.user, slug)
    context = {
        "survey": survey,
        "texts": texts_with_counts(survey),
        "kinds": MessageKind.choices,
    }
    return render(request, "surveys/manage/asking/message_list.html", context)


@staff_page("POST")
def message_add(request, slug):
    """One more text, with the ready wording to begin with."""
    survey = survey_to_invite_for(request.user, slug)
    form = NewMessageForm(request.POST)
    if not form.is_valid():
        raise BadRequest("There is no such kind of message.")
    kind = form.cleaned_data["kind"]
    text = add_text(survey=survey, kind=kind, user=request.user, **ready_text(survey, kind))
    messages.success(request, _("Here is a ready wording. Make it your own."))
    return redirect("surveys:message_edit", slug=slug, pk=text.pk)


@staff_page("GET", "POST")
def message_take(request, slug):
    """The texts of the user's other surveys; one of them is copied into this survey."""
    survey = survey_to_invite_for(request.user, slug)
    texts = texts_to_take(survey, surveys_to_design_for(request.user))
    if request.method == "POST":
        form = TakenMessageForm(request.POST, texts=texts)
        if not form.is_valid():
            raise BadRequest("There is no such text.")
        text = form.cleaned_data["text"]
        copy = copy_text(text=text, survey=survey, name=text.name, user=request.user)
        messages.success(request, _("The text is taken over. Look whether it fits this survey."))
        return redirect("surveys:message_edit", slug=slug, pk=copy.pk)
    page = Paginator(texts, TEXTS_PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "surveys/manage/asking/message_take.html", {"survey": survey, "page": page}
    )


@staff_page("GET", "POST")
def message_edit(request, slug, pk):
    """Subject and text, in all languages of the survey side by side."""
    text = message_text_for(request.user, slug, pk)
    if text.replaced_by_id and request.method == "GET":
        return redirect("surveys:message_edit", slug=slug, pk=text.replaced_by_id)
    survey = text.survey
    question = question_for_mails(survey)
    form = MessageTextForm(
        request.POST or None,
        text=text,
        languages=survey.languages,
        may_ask=question is not None or text.asks_first_question,
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = change_text(text=text, user=request.user, **form.as_fields())
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The text is saved."))
            for advice in advice_on(saved):
                messages.warning(request, advice)
            return redirect("surveys:message_edit", slug=slug, pk=saved.pk)
    context = {
        "survey": survey,
        "text": text,
        "form": form,
        "merge_fields": [(name, field) for name, field in FIELDS.items()],
        "was_used": was_used(text),
        "room": room_of_texts(text),
        "rule_of_room": rule_of_room(),
    }
    return render(request, "surveys/manage/asking/message_form.html", context)


@staff_page("POST")
def message_copy(request, slug, pk):
    """A second text like this one."""
    text = message_text_for(request.user, slug, pk)
    name = _("Copy of %(name)s") % {"name": text.name}
    copy = copy_text(text=text, survey=text.survey, name=name, user=request.user)
    messages.success(request, _("This is the copy."))
    return redirect("surveys:message_edit", slug=slug, pk=copy.pk)
