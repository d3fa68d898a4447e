"""The dimensions of a draft."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.utils.translation import get_language

from surveys.definitions.ready_dimensions import ready_dimensions
from surveys.forms.questions import DimensionForm
from surveys.permissions import draft_to_edit_for
from surveys.services import drafts
from surveys.texts import text_in
from surveys.views.manage.editor import change, editor_page, save_form
from surveys.views.staff import staff_page

REMOVED = "removed_dimension"


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
        ready_names=_ready_names(draft, dimensions),
        removed_dimension=_removed(request, draft),
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
    """Remove a dimension that no question is in; this session can put it back."""
    draft = draft_to_edit_for(request.user, slug)
    dimension = get_object_or_404(draft.dimensions, key=key)
    reply = change(request, draft, drafts.remove_dimension, dimension=dimension)
    if not draft.dimensions.filter(key=key).exists():
        request.session[REMOVED] = {"draft": draft.pk, "key": key, "name": dimension.name}
    return reply


@staff_page("POST")
def dimension_put_back(request, slug):
    """Add the dimension that was removed last in this session, under its old key."""
    draft = draft_to_edit_for(request.user, slug)
    removed = _removed(request, draft)
    if removed is None:
        raise Http404
    reply = change(request, draft, drafts.add_dimension, key=removed["key"], name=removed["name"])
    if draft.dimensions.filter(key=removed["key"]).exists():
        del request.session[REMOVED]
    return reply


@staff_page("POST")
def dimension_ready_set(request, slug):
    """Add the ready set of dimensions, as far as it is not there."""
    draft = draft_to_edit_for(request.user, slug)
    return change(request, draft, drafts.add_ready_dimensions)


def _ready_names(draft, dimensions):
    """The names of the ready dimensions that the draft lacks, in the language of the page."""
    taken = {dimension.key for dimension, _number in dimensions}
    language = get_language()
    found = ready_dimensions([language, "en"])
    return [text_in(one["name"], language) for one in found if one["key"] not in taken]


def _removed(request, draft):
    removed = request.session.get(REMOVED)
    return removed if removed and removed["draft"] == draft.pk else None


def _dimension_key(draft, name):
    stem = slugify(text_in(name, "en")).replace("-", "_")[:30].strip("_")
    stem = stem if stem[:1].isalpha() else "dimension"
    taken = set(draft.dimensions.values_list("key", flat=True))
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}_{number}"
    return key
