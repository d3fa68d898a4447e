"""Staff pages for the lists that describe customers, and for the values of their attributes."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.customer_permissions import list_for
from surveys.enums import AttributeKind
from surveys.errors import SurveyError
from surveys.forms.customer_lists import (
    AttributeForm,
    ChoiceNameForm,
    EntryForm,
    EventKindForm,
    StageSetForm,
)
from surveys.models import (
    AttributeChoice,
    CustomerAttribute,
    EventKind,
    RespondentType,
    Segment,
    Stage,
)
from surveys.selectors.customer_lists import with_uses
from surveys.services import customer_lists
from surveys.views.staff import staff_page

LISTS = {
    "segments": (Segment, gettext_lazy("Segments"), EntryForm),
    "stages": (Stage, gettext_lazy("Stages"), EntryForm),
    "types": (RespondentType, gettext_lazy("Respondent types"), EntryForm),
    "events": (EventKind, gettext_lazy("Kinds of events"), EventKindForm),
    "attributes": (CustomerAttribute, gettext_lazy("Attributes"), AttributeForm),
}


@staff_page("GET", "POST")
def customer_lists_page(request, name):
    """One list, in order, and a form for one more entry."""
    model, title, form_class = _list(name)
    entries = list_for(request.user, model)
    form = form_class(request.POST or None)
    is_right = request.method == "POST" and form.is_valid()
    if is_right and _done(form, customer_lists.add_entry, model=model, **form.fields_of_entry()):
        messages.success(request, _("Added."))
        return redirect("surveys:customer_lists", name=name)
    context = {
        "name": name,
        "title": title,
        "entries": with_uses(entries),
        "form": form,
        "lists": [(code, one[1]) for code, one in LISTS.items()],
        "stage_form": StageSetForm() if model is Stage else None,
    }
    return render(request, "surveys/manage/customers/customer_lists.html", context)


@staff_page("GET", "POST")
def list_entry_edit(request, name, pk):
    """The names of one entry, and the values of an attribute of choices."""
    model, title, form_class = _list(name)
    entry = _entry(request, name, pk)
    form = form_class(request.POST or None, entry=entry)
    if request.method == "POST" and form.is_valid():
        fields = form.fields_of_entry(entry)
        if _done(form, customer_lists.change_entry, entry=entry, **fields):
            messages.success(request, _("Saved."))
            return redirect("surveys:customer_lists", name=name)
    has_choices = model is CustomerAttribute and entry.kind == AttributeKind.CHOICE
    context = {
        "name": name,
        "title": title,
        "entry": entry,
        "form": form,
        "choices": list(entry.choices.all()) if has_choices else None,
        "choice_form": ChoiceNameForm(auto_id="choice_%s") if has_choices else None,
    }
    return render(request, "surveys/manage/customers/customer_list_entry.html", context)


@staff_page("POST")
def list_entry_move(request, name, pk):
    """Let an entry change places with the one above or below."""
    customer_lists.move_entry(
        entry=_entry(request, name, pk), up=request.POST.get("direction") == "up"
    )
    return redirect("surveys:customer_lists", name=name)


@staff_page("POST")
def list_entry_use(request, name, pk):
    """Take an entry out of use, or put it in use again."""
    is_active = request.POST.get("use") == "yes"
    customer_lists.set_in_use(entry=_entry(request, name, pk), is_active=is_active)
    messages.success(request, _("In use again.") if is_active else _("Taken out of use."))
    return redirect("surveys:customer_lists", name=name)


@staff_page("POST")
def list_entry_remove(request, name, pk):
    """Remove an entry that nothing names."""
    try:
        customer_lists.remove_entry(entry=_entry(request, name, pk))
    except SurveyError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Removed."))
    return redirect("surveys:customer_lists", name=name)


@staff_page("POST")
def stages_load(request):
    """Use one of the ready lists of stages."""
    list_for(request.user, Stage)
    form = StageSetForm(request.POST)
    if form.is_valid():
        customer_lists.load_stages(**form.cleaned_data)
        messages.success(request, _("The list is loaded. Customers keep the stage they have."))
    else:
        messages.warning(request, _("Please choose one of the ready lists."))
    return redirect("surveys:customer_lists", name="stages")


@staff_page("POST")
def attribute_choice_add(request, pk):
    """One more value of an attribute of choices."""
    attribute = get_object_or_404(
        list_for(request.user, CustomerAttribute), pk=pk, kind=AttributeKind.CHOICE
    )
    form = ChoiceNameForm(request.POST)
    if form.is_valid():
        customer_lists.add_choice(attribute=attribute, name=form.texts("name"))
        messages.success(request, _("Added."))
    else:
        messages.warning(request, _("A value needs a name in English."))
    return redirect("surveys:list_entry_edit", name="attributes", pk=pk)


@staff_page("GET", "POST")
def attribute_choice_edit(request, pk):
    """The names of one value."""
    choice = get_object_or_404(list_for(request.user, AttributeChoice), pk=pk)
    form = ChoiceNameForm(request.POST or None, choice=choice)
    if request.method == "POST" and form.is_valid():
        customer_lists.rename_choice(choice=choice, name=form.texts("name", choice.name))
        messages.success(request, _("Saved."))
        return redirect("surveys:list_entry_edit", name="attributes", pk=choice.attribute_id)
    context = {"choice": choice, "form": form}
    return render(request, "surveys/manage/customers/attribute_choice.html", context)


@staff_page("POST")
def attribute_choice_remove(request, pk):
    """Remove a value that no customer has."""
    choice = get_object_or_404(list_for(request.user, AttributeChoice), pk=pk)
    try:
        customer_lists.remove_choice(choice=choice)
    except SurveyError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Removed."))
    return redirect("surveys:list_entry_edit", name="attributes", pk=choice.attribute_id)


def _list(name):
    if name not in LISTS:
        raise Http404
    return LISTS[name]


def _entry(request, name, pk):
    return get_object_or_404(list_for(request.user, _list(name)[0]), pk=pk)


def _done(form, service, **values):
    """Whether the service took the values of a form; else the form says why not."""
    try:
        service(**values)
    except SurveyError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
