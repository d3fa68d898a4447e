"""Staff pages for accounts: companies and households with their people."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.customer_permissions import account_for, accounts_to_change_for
from surveys.errors import SurveyError
from surveys.forms.customers import AccountForm
from surveys.permissions import may_see_customers
from surveys.selectors.accounts import accounts_found, answers_of, events_of, people_of
from surveys.services.customer_accounts import add_account, change_account
from surveys.views.staff import staff_page

ACCOUNTS_PER_PAGE = 50


@staff_page("GET", "POST")
def account_list(request):
    """Accounts by number, and a form for one more."""
    accounts = accounts_to_change_for(request.user)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = add_account(**form.cleaned_data)
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The account is added."))
            return redirect("surveys:account_page", pk=account.pk)
    wanted = request.GET.get("q", "").strip()[:100]
    found = accounts_found(accounts, wanted)
    context = {
        "page": Paginator(found, ACCOUNTS_PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "wanted": wanted,
    }
    return render(request, "surveys/manage/customers/account_list.html", context)


@staff_page("GET", "POST")
def account_page(request, pk):
    """The people of an account with their roles, their answers and their events."""
    account = account_for(request.user, pk)
    form = AccountForm(request.POST or None, account=account)
    if request.method == "POST":
        accounts_to_change_for(request.user)
        if form.is_valid():
            change_account(account=account, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("surveys:account_page", pk=pk)
    context = {
        "account": account,
        "people": people_of(account, request.user),
        "answers": answers_of(account, request.user),
        "events": events_of(account, request.user),
        "form": form if may_see_customers(request.user) else None,
    }
    return render(request, "surveys/manage/customers/account_page.html", context)
