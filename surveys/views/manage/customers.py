"""Staff pages for customers: finding, adding and changing one, and what happened with them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.customer_permissions import (
    customer_to_change_for,
    customers_to_change_for,
    named_responses_for,
)
from surveys.enums import AccessKind
from surveys.errors import SurveyError
from surveys.forms.customers import CustomerForm, CustomerSearchForm
from surveys.permissions import (
    customer_for,
    customers_to_list_for,
    may_see_contacts,
    may_see_customers,
    units_with_rows_for,
)
from surveys.selectors.customers import attributes_of, matching, narrowed, stages_of
from surveys.selectors.customers_csv import customers_csv
from surveys.selectors.timeline import timeline_of
from surveys.services.access_log import note_access, note_access_to_all
from surveys.services.customers import add_customer, change_customer, opt_in, opt_out
from surveys.views.staff import staff_page

CUSTOMERS_PER_PAGE = 50


@staff_page("GET")
def customer_list(request):
    """Customers by their number, fifty a page."""
    form, found = _found(request)
    context = {
        "page": Paginator(found, CUSTOMERS_PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "is_narrowed": bool(form.wanted),
        "sees_contacts": may_see_contacts(request.user),
    }
    return render(request, "surveys/manage/customers/customer_list.html", context)


@staff_page("GET")
def customer_list_file(request):
    """The same customers as a CSV file; each of them is noted as looked at."""
    _form, found = _found(request)
    keys = list(found.values_list("pk", flat=True))
    note_access_to_all(user=request.user, customers=keys, what=AccessKind.LIST)
    return StreamingHttpResponse(
        customers_csv(keys, with_contacts=may_see_contacts(request.user)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="customers.csv"'},
    )


def _found(request):
    """The form of what is looked for, and the customers whom this user may see of it."""
    user = request.user
    customers = customers_to_list_for(user)
    form = CustomerSearchForm(request.GET, units=units_with_rows_for(user))
    wanted = form.wanted
    found = matching(
        narrowed(customers, wanted, named_responses_for(user)),
        wanted.get("q", "").strip(),
        in_contacts=may_see_contacts(user),
    )
    return form, found


@staff_page("GET")
def customer_detail(request, pk):
    """One customer: who they are, and everything that happened in time order."""
    customer = customer_for(request.user, pk)
    note_access(user=request.user, customer=customer, what=AccessKind.PAGE)
    context = {
        "customer": customer,
        "attributes": attributes_of(customer),
        "stages": stages_of(customer),
        "panels": customer.panels.filter(archived_at=None),
        "timeline": timeline_of(customer, request.user),
        "sees_contacts": may_see_contacts(request.user),
        "may_change": may_see_customers(request.user),
    }
    return render(request, "surveys/manage/customers/customer_detail.html", context)


@staff_page("GET", "POST")
def customer_add(request):
    """One more customer."""
    customers_to_change_for(request.user)
    form = CustomerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        customer = _saved(form, add_customer)
        if customer:
            messages.success(request, _("The customer is added."))
            return redirect("surveys:customer_detail", pk=customer.pk)
    return render(request, "surveys/manage/customers/customer_form.html", {"form": form})


@staff_page("GET", "POST")
def customer_edit(request, pk):
    """Change what is known of a customer."""
    customer = customer_to_change_for(request.user, pk)
    form = CustomerForm(request.POST or None, customer=customer)
    is_right = request.method == "POST" and form.is_valid()
    if is_right and _saved(form, change_customer, customer=customer):
        messages.success(request, _("The customer is saved."))
        return redirect("surveys:customer_detail", pk=pk)
    context = {"form": form, "customer": customer}
    return render(request, "surveys/manage/customers/customer_form.html", context)


@staff_page("GET", "POST")
def customer_opt_out(request, pk):
    """Ask once more, then note that a customer does not want to be surveyed."""
    customer = customer_to_change_for(request.user, pk)
    if request.method == "POST":
        opt_out(customer=customer)
        messages.success(request, _("Noted. Nothing more is sent to this customer."))
        return redirect("surveys:customer_detail", pk=pk)
    return render(request, "surveys/manage/customers/customer_opt_out.html", {"customer": customer})


@staff_page("GET", "POST")
def customer_opt_in(request, pk):
    """Ask once more, then note that a customer wants to be asked again."""
    customer = customer_to_change_for(request.user, pk)
    if request.method == "POST":
        opt_in(customer=customer)
        messages.success(request, _("Noted. This customer may be asked again."))
        return redirect("surveys:customer_detail", pk=pk)
    return render(request, "surveys/manage/customers/customer_opt_in.html", {"customer": customer})


def _saved(form, service, **more):
    """What the service made of a form, or None when it refused with a sentence."""
    try:
        return service(**form.cleaned_data, **more)
    except SurveyError as refusal:
        form.add_error(None, str(refusal))
        return None
