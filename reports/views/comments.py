"""What customers wrote: read, searched, tagged and taken away as a file."""

import secrets

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from reports.comments.comments import comment_list
from reports.comments.forms import SearchForm, TaggingForm, name_of, question_name
from reports.comments.masking import masked
from reports.comments.tagging import tag_comments, undo_tagging, untag_comments
from reports.dataset import comment_questions, published_questionnaires, scale_of
from reports.exporters.comment_files import KINDS, comment_file
from reports.filters import chosen_filters
from reports.models import LastTagging
from surveys.permissions import may_see_rows, survey_for
from surveys.texts import text_in
from surveys.views.staff import staff_page

from .results import read_once, results_page

PER_PAGE = 50


@never_cache
@staff_page("GET", "POST")
@read_once
def comments(request, slug):
    """The comments of a survey; a POST gives some a tag or takes it away."""
    survey = _survey(request, slug)
    if survey.is_anonymous and not request.GET.get("order"):
        request.GET = request.GET.copy()
        request.GET["order"] = secrets.token_hex(4)
    filters, bar, form, found = _found(request, survey)
    page = Paginator(found.comments, PER_PAGE).get_page(request.GET.get("page"))
    tagging = TaggingForm(request.POST or None, found=found)
    if request.method == "POST" and tagging.is_valid():
        _tag(request, survey, tagging)
        return _back(request, survey)
    context = {
        "survey": survey,
        "title": text_in(survey.title, get_language(), survey.default_language),
        "unit": filters.unit,
        "scope": form,
        "filters": filters,
        "filter_form": bar,
        "found": found,
        "page": page,
        "rows": _rows(page, found, survey, is_masked=form.cleaned_data["mask"]),
        "tagging": tagging,
        "chosen": set(request.POST.getlist("chosen")),
        "can_undo": LastTagging.objects.filter(survey=survey, user=request.user).exists(),
        "is_narrowed": bool(filters.conditions)
        or any(form.cleaned_data[name] for name in form.fields if name != "mask"),
    }
    return render(request, "reports/comments.html", context)


@never_cache
@staff_page("POST")
def comments_undo(request, slug):
    """Take the last step of this reader back."""
    survey = _survey(request, slug)
    name = undo_tagging(survey=survey, user=request.user)
    if name is None:
        messages.warning(request, _("There is nothing to undo."))
    else:
        messages.success(
            request, _("The last change of the tag “%(tag)s” is undone.") % {"tag": name}
        )
    return _back(request, survey)


@results_page
def comments_file(request, slug, kind):
    """The comments that are shown, as a file."""
    if kind not in KINDS:
        raise Http404
    survey = _survey(request, slug)
    _filters, _bar, form, found = _found(request, survey)
    content = comment_file(kind, found, survey, is_masked=form.cleaned_data["mask"])
    return HttpResponse(
        content,
        content_type=KINDS[kind],
        headers={"Content-Disposition": f'attachment; filename="{survey.slug}-comments.{kind}"'},
    )


def _survey(request, slug):
    """A survey whose single answers this reader may see."""
    survey = survey_for(request.user, slug)
    if not may_see_rows(request.user):
        raise PermissionDenied
    return survey


def _found(request, survey):
    """Filters, forms and the comments that match; 404 for what one may not see."""
    filters, bar = chosen_filters(request, survey)
    asked = published_questionnaires(survey)
    overall = next((one.overall for one in asked if one.overall), None)
    form = SearchForm(
        survey,
        request.GET.dict(),
        questions=comment_questions(asked),
        scale=scale_of(overall).points if overall else (),
    )
    if not form.is_valid():
        raise Http404
    order = request.GET.get("order") or secrets.token_hex(4)
    search = form.search(filters.conditions)
    return filters, bar, form, comment_list(filters.selection, search, order=order)


def _rows(page, found, survey, *, is_masked):
    """Each comment of the page with its text as shown, its question and its tags."""
    return [
        {
            "name": name_of(comment),
            "comment": comment,
            "text": masked(comment.text) if is_masked else comment.text,
            "question": question_name(found.questions[comment.key], survey),
            "tags": found.tags_of.get(comment.place, ()),
        }
        for comment in page
    ]


def _tag(request, survey, tagging):
    """Do what the form says and tell how many comments it changed."""
    name, places = tagging.cleaned_data["name"], tagging.places
    asked = {"survey": survey, "places": places, "name": name, "user": request.user}
    if tagging.cleaned_data["step"] == "add":
        number = tag_comments(**asked)
        text = ngettext(
            "%(number)d comment now has the tag “%(tag)s”.",
            "%(number)d comments now have the tag “%(tag)s”.",
            number,
        )
    else:
        number = untag_comments(**asked)
        text = ngettext(
            "The tag “%(tag)s” is removed from %(number)d comment.",
            "The tag “%(tag)s” is removed from %(number)d comments.",
            number,
        )
    messages.success(request, text % {"number": number, "tag": name})


def _back(request, survey):
    query = request.GET.urlencode()
    address = reverse("reports:comments", args=[survey.slug])
    return redirect(f"{address}?{query}" if query else address)
