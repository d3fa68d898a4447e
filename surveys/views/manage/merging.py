"""Staff pages for customers who are one person: suspicions, side by side, and the merge."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.customer_permissions import customer_to_change_for, customers_to_change_for
from surveys.errors import SurveyError
from surveys.forms.privacy import MergeForm
from surveys.selectors.comparison import compared
from surveys.selectors.customers import customer_by_number
from surveys.selectors.duplicates import suspected_duplicates
from surveys.services.customers import CHANGEABLE
from surveys.services.merging import merge_customers
from surveys.views.staff import staff_page


@staff_page("GET")
def duplicate_list(request):
    """Customers who share an e-mail address or a telephone number."""
    suspicions = suspected_duplicates(customers_to_change_for(request.user))
    return render(
        request, "surveys/manage/customers/duplicate_list.html", {"suspicions": suspicions}
    )


@staff_page("GET", "POST")
def customer_merge(request, pk):
    """Ask which other customer is the same person."""
    customer = customer_to_change_for(request.user, pk)
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        other = customer_by_number(form.cleaned_data["number"].strip())
        if other is None:
            form.add_error("number", _("There is no customer with this number."))
        elif other.pk == customer.pk:
            form.add_error("number", _("This is the same customer."))
        else:
            return redirect("surveys:customer_merge_with", pk=pk, other=other.pk)
    context = {"customer": customer, "form": form}
    return render(request, "surveys/manage/customers/customer_merge.html", context)


@staff_page("GET", "POST")
def customer_merge_with(request, pk, other):
    """Both side by side; what to keep is chosen, and the merge is asked for once more."""
    customer = customer_to_change_for(request.user, pk)
    other = customer_to_change_for(request.user, other)
    if request.method == "POST":
        taken = [name for name in CHANGEABLE if request.POST.get(f"keep_{name}") == "other"]
        try:
            merge_customers(kept=customer, merged=other, taken=taken, user=request.user)
        except SurveyError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The two are one customer now."))
        return redirect("surveys:customer_detail", pk=pk)
    context = {"customer": customer, "other": other, "lines": compared(customer, other)}
    return render(request, "surveys/manage/customers/customer_merge_with.html", context)
