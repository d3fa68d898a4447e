"""Who may change customers, and what a user may read on the page of one: as `permissions.py`."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from .enums import Role
from .models import (
    AccessRecord,
    Account,
    Customer,
    CustomerFilter,
    Panel,
    Response,
    Unit,
    User,
)
from .permissions import (
    customers_to_look_at_for,
    is_administrator,
    may_look_at_customers,
    may_see_customers,
    not_apart,
    sees_rows_of_all_units,
)


def customers_to_change_for(user):
    """All customers, 404 for who may look at none and 403 for who may only look."""
    if not may_look_at_customers(user):
        raise Http404
    if not may_see_customers(user):
        raise PermissionDenied
    return Customer.objects.all()


def customer_to_change_for(user, pk):
    """A customer that this user may change, merge and erase."""
    return get_object_or_404(customers_to_change_for(user), pk=pk)


def account_for(user, pk):
    """An account some of whose people this user may look at, or 404."""
    accounts = Account.objects.all()
    if not sees_rows_of_all_units(user):
        people = customers_to_look_at_for(user)
        accounts = accounts.filter(pk__in=people.filter(account__isnull=False).values("account"))
    return get_object_or_404(accounts, pk=pk)


def accounts_to_change_for(user):
    """All accounts, for who may change customers."""
    customers_to_change_for(user)
    return Account.objects.all()


def panels_for(user):
    """The panels, for who may change customers."""
    customers_to_change_for(user)
    return Panel.objects.filter(archived_at__isnull=True)


def panel_for(user, pk):
    """A panel that is in use, for who may change customers."""
    return get_object_or_404(panels_for(user), pk=pk)


def customer_filters_for(user):
    """The saved filters, for who may change customers."""
    customers_to_change_for(user)
    return CustomerFilter.objects.all()


def customer_filter_for(user, pk):
    """A saved filter, for who may change customers."""
    return get_object_or_404(customer_filters_for(user), pk=pk)


def list_for(user, model):
    """The entries of a list that describes customers, for who may change customers."""
    customers_to_change_for(user)
    return model.objects.all()


def units_to_change_for(user):
    """The tree of units, for who may change customers."""
    customers_to_change_for(user)
    return Unit.objects.get_tree()


def unit_to_change_for(user, pk):
    """A unit, for who may change customers."""
    units_to_change_for(user)
    return get_object_or_404(Unit, pk=pk)


def staff_to_change_for(user):
    """The accounts of staff, for administrators."""
    if not is_administrator(user):
        raise Http404
    return User.objects.all()


def access_records_for(user):
    """Who looked at which customer, for administrators."""
    if not is_administrator(user):
        raise Http404
    return AccessRecord.objects.all()


def responses_of_customer_for(user, customer):
    """The answers of a customer that this user may read, never an anonymous one."""
    return named_responses_for(user).filter(customer=customer)


def named_responses_for(user):
    """The answers of known customers that this user may read one by one."""
    known = Response.objects.filter(customer__isnull=False, is_test=False, is_anonymous=False)
    responses = known.filter(not_apart(user, "survey__"))
    if sees_rows_of_all_units(user):
        return responses
    below = Q(pk__in=[])
    for unit in Unit.objects.filter(managers__user=user, managers__role=Role.MANAGER):
        below |= Q(placement__lineage__contains=f"/{unit.pk}/")
    return responses.filter(below)
