"""Staff pages for panels: customers who were chosen to be asked together."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.customer_permissions import customer_to_change_for, panel_for, panels_for
from surveys.errors import SurveyError
from surveys.forms.panels import ByFilterForm, PanelForm, PasteForm
from surveys.selectors.customer_filters import matching_filter
from surveys.selectors.panels import customers_named, panels_with_counts
from surveys.services.panels import (
    add_panel,
    add_to_panel,
    archive_panel,
    change_panel,
    remove_from_panel,
)
from surveys.views.staff import staff_page

MEMBERS_PER_PAGE = 50
UNKNOWN_SHOWN = 10


@staff_page("GET", "POST")
def panel_list(request):
    """The panels, and a form for one more."""
    panels = panels_for(request.user)
    form = PanelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            panel = add_panel(**form.cleaned_data)
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The panel is made. Now put customers in it."))
            return redirect("surveys:panel_detail", pk=panel.pk)
    context = {"panels": panels_with_counts(panels), "form": form}
    return render(request, "surveys/manage/customers/panel_list.html", context)


@staff_page("GET")
def panel_detail(request, pk):
    """Who is in a panel, and two ways to add more."""
    panel = panel_for(request.user, pk)
    return _panel_page(request, panel)


@staff_page("GET", "POST")
def panel_edit(request, pk):
    """Name and purpose of a panel."""
    panel = panel_for(request.user, pk)
    form = PanelForm(request.POST or None, panel=panel)
    if request.method == "POST" and form.is_valid():
        try:
            change_panel(panel=panel, **form.cleaned_data)
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:panel_detail", pk=pk)
    return render(
        request, "surveys/manage/customers/panel_form.html", {"panel": panel, "form": form}
    )


@staff_page("POST")
def panel_add_pasted(request, pk):
    """Put the customers in who are named by number or address; say which name nobody."""
    panel = panel_for(request.user, pk)
    form = PasteForm(request.POST)
    if not form.is_valid():
        return _panel_page(request, panel, paste_form=form)
    keys, unknown = customers_named(form.cleaned_data["customers"])
    _tell_added(request, add_to_panel(panel=panel, customers=sorted(keys)))
    if unknown:
        shown = ", ".join(part[:60] for part in unknown[:UNKNOWN_SHOWN])
        text = ngettext(
            "%(number)d name is nobody's: %(shown)s",
            "%(number)d names are nobody's: %(shown)s",
            len(unknown),
        )
        messages.warning(request, text % {"number": len(unknown), "shown": shown})
    return redirect("surveys:panel_detail", pk=pk)


@staff_page("POST")
def panel_add_by_filter(request, pk):
    """Put everybody in who meets a saved filter now."""
    panel = panel_for(request.user, pk)
    form = ByFilterForm(request.POST)
    if not form.is_valid():
        return _panel_page(request, panel, filter_form=form)
    try:
        customers = matching_filter(form.cleaned_data["customer_filter"].conditions)
    except SurveyError as refusal:
        messages.warning(request, str(refusal))
    else:
        _tell_added(request, add_to_panel(panel=panel, customers=customers))
    return redirect("surveys:panel_detail", pk=pk)


@staff_page("POST")
def panel_remove_customer(request, pk, customer):
    """Take one customer out."""
    panel = panel_for(request.user, pk)
    remove_from_panel(panel=panel, customer=customer_to_change_for(request.user, customer))
    messages.success(request, _("Taken out of the panel."))
    return redirect("surveys:panel_detail", pk=pk)


@staff_page("POST")
def panel_archive(request, pk):
    """Take a panel out of the lists."""
    archive_panel(panel=panel_for(request.user, pk))
    messages.success(request, _("The panel is archived. What it answered stays."))
    return redirect("surveys:panel_list")


def _panel_page(request, panel, *, paste_form=None, filter_form=None):
    members = panel.customers.select_related("unit", "segment").order_by("external_id")
    context = {
        "panel": panel,
        "page": Paginator(members, MEMBERS_PER_PAGE).get_page(request.GET.get("page")),
        "paste_form": paste_form or PasteForm(),
        "filter_form": filter_form or ByFilterForm(),
    }
    return render(request, "surveys/manage/customers/panel_detail.html", context)


def _tell_added(request, number):
    text = ngettext(
        "%(number)d customer is new in the panel.",
        "%(number)d customers are new in the panel.",
        number,
    )
    messages.success(request, text % {"number": number})
