"""Staff pages for customers: finding one, and what happened with them."""

from django.core.paginator import Paginator
from django.shortcuts import render

from surveys.permissions import customer_for, customers_to_list_for
from surveys.selectors.customers import matching, timeline_of
from surveys.views.staff import staff_page

CUSTOMERS_PER_PAGE = 50


@staff_page("GET")
def customer_list(request):
    """Customers by their number, fifty a page."""
    customers = customers_to_list_for(request.user)
    wanted = request.GET.get("q", "").strip()
    pages = Paginator(matching(customers, wanted), CUSTOMERS_PER_PAGE)
    context = {"page": pages.get_page(request.GET.get("page")), "wanted": wanted}
    return render(request, "surveys/manage/customer_list.html", context)


@staff_page("GET")
def customer_detail(request, pk):
    """One customer: who they are, and everything that happened in time order."""
    customer = customer_for(request.user, pk)
    context = {"customer": customer, "timeline": timeline_of(customer)}
    return render(request, "surveys/manage/customer_detail.html", context)
