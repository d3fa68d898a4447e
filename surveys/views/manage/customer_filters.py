"""Staff pages for saved filters: making one in words, with who meets it now."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.customer_permissions import (
    customer_filter_for,
    customer_filters_for,
    customers_to_change_for,
)
from surveys.errors import SurveyError
from surveys.forms.customer_filters import condition_rows, conditions_in, field_groups, query_of
from surveys.forms.panels import FilterNameForm
from surveys.selectors.customer_filters import matching_filter
from surveys.services.panels import remove_filter, save_filter
from surveys.views.staff import staff_page

SHOWN = 20


@staff_page("GET")
def customer_filter_list(request):
    """The saved filters, with how many customers meet each now."""
    filters = [(one, _count(one)) for one in customer_filters_for(request.user)]
    return render(
        request, "surveys/manage/customers/customer_filter_list.html", {"filters": filters}
    )


@staff_page("GET", "POST")
def customer_filter_add(request):
    """Conditions in words; the address holds them, so that looking writes nothing."""
    customers_to_change_for(request.user)
    return _filter_page(request)


@staff_page("GET", "POST")
def customer_filter_edit(request, pk):
    """The conditions of a saved filter."""
    return _filter_page(request, customer_filter_for(request.user, pk))


@staff_page("POST")
def customer_filter_remove(request, pk):
    """Forget a filter that nothing asks by."""
    try:
        remove_filter(customer_filter=customer_filter_for(request.user, pk))
    except SurveyError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The filter is removed."))
    return redirect("surveys:customer_filter_list")


def _filter_page(request, kept=None):
    query = request.POST if request.method == "POST" else request.GET
    if kept and request.method == "GET" and not request.GET:
        query = QueryDict(mutable=True)
        for name, value in query_of(kept.conditions):
            query.appendlist(name, value)
    form = FilterNameForm(
        request.POST if "save" in request.POST else None,
        initial={"name": kept.name if kept else ""},
    )
    found, refusal = None, ""
    try:
        conditions = conditions_in(query)
        found = matching_filter(conditions)
    except SurveyError as error:
        refusal = str(error)
    if request.method == "POST" and not refusal and form.is_valid():
        try:
            save_filter(
                conditions=conditions,
                user=request.user,
                customer_filter=kept,
                name=form.cleaned_data["name"],
            )
        except SurveyError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("The filter is saved."))
            return redirect("surveys:customer_filter_list")
    context = {
        "kept": kept,
        "form": form,
        "rows": condition_rows(query),
        "groups": field_groups(),
        "refusal": "" if query.get("add") else refusal,
        "number": None if found is None else found.count(),
        "first": None
        if found is None
        else found.select_related("unit", "segment").order_by("external_id")[:SHOWN],
    }
    return render(request, "surveys/manage/customers/customer_filter.html", context)


def _count(kept):
    """How many meet a filter, or None where it names something that is gone."""
    try:
        return matching_filter(kept.conditions).count()
    except SurveyError:
        return None
