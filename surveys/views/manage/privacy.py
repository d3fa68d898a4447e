"""Staff pages that protect customers: a file of one, erasing, how long they are kept, the log."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.customer_permissions import (
    access_records_for,
    customer_to_change_for,
    customers_to_change_for,
)
from surveys.enums import AccessKind
from surveys.forms.privacy import AccessSearchForm, RetentionForm, TypedNumberForm
from surveys.models import Erasure, RetentionRule
from surveys.selectors.person_file import person_file
from surveys.services.access_log import note_access
from surveys.services.erase import request_erasure
from surveys.services.retention import set_retention_rule, silent_customers
from surveys.views.staff import staff_page

RECORDS_PER_PAGE = 100
ERASURES_SHOWN = 20


@staff_page("GET")
def customer_file(request, pk):
    """Everything that is known of a customer, as a file to hand out."""
    customer = customer_to_change_for(request.user, pk)
    note_access(user=request.user, customer=customer, what=AccessKind.FILE)
    return JsonResponse(
        person_file(customer),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={
            "Content-Disposition": f'attachment; filename="customer-{customer.pk}.json"',
            "Cache-Control": "no-store",
        },
    )


@staff_page("GET", "POST")
def customer_erase(request, pk):
    """Ask for the number once more, then let a worker erase the customer."""
    customer = customer_to_change_for(request.user, pk)
    form = TypedNumberForm(request.POST or None, customer=customer)
    if request.method == "POST" and form.is_valid():
        request_erasure(customer=customer, user=request.user)
        messages.success(request, _("The customer is being erased. This takes a moment."))
        return redirect("surveys:retention")
    context = {"customer": customer, "form": form}
    return render(request, "surveys/manage/customers/customer_erase.html", context)


@staff_page("GET", "POST")
def retention(request):
    """How long silent customers are kept; who would go is counted before it is switched on."""
    customers_to_change_for(request.user)
    rule = RetentionRule.current()
    asked = RetentionForm(request.GET) if request.GET.get("months") else None
    months = asked.cleaned_data["months"] if asked and asked.is_valid() else rule.months
    initial = {
        "months": months,
        "is_active": rule.is_active,
        "access_months": rule.access_months,
    }
    form = RetentionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_retention_rule(user=request.user, **form.cleaned_data)
        messages.success(request, _("The rule is saved."))
        return redirect("surveys:retention")
    silent = silent_customers(months).order_by("external_id")
    context = {
        "rule": rule,
        "form": form,
        "months": months,
        "number": silent.count(),
        "first": silent[:20],
        "erasures": Erasure.objects.select_related("requested_by")[:ERASURES_SHOWN],
    }
    return render(request, "surveys/manage/customers/retention.html", context)


@staff_page("GET")
def access_log(request):
    """Who looked at which customer, the newest first."""
    records = access_records_for(request.user).select_related("user", "customer")
    form = AccessSearchForm(request.GET)
    if form.is_valid() and form.cleaned_data["user"]:
        records = records.filter(user=form.cleaned_data["user"])
    page = Paginator(records, RECORDS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "months": RetentionRule.current().access_months}
    return render(request, "surveys/manage/customers/access_log.html", context)
