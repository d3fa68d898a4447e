"""Panels and saved filters: groups of customers by name."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.errors import SurveyError
from surveys.models import CustomerFilter, Panel, PanelMember
from surveys.selectors.customer_filters import check_conditions

from .rows import checked

MEMBERS_AT_ONCE = 2000


def add_panel(*, name, description="", is_apart=True):
    """Make an empty panel."""
    panel = checked(Panel(name=name, description=description, is_apart=is_apart))
    panel.save()
    return panel


def change_panel(*, panel, **fields):
    """Change name, description, or whether a panel is reported apart."""
    for name, value in fields.items():
        setattr(panel, name, value)
    checked(panel).save(update_fields=list(fields))
    return panel


def archive_panel(*, panel):
    """Take a panel out of the lists; waves that asked it keep it."""
    panel.archived_at = timezone.now()
    panel.save(update_fields=["archived_at"])
    return panel


def add_to_panel(*, panel, customers) -> int:
    """Put customers (a queryset or a list) into a panel; returns how many are new in it."""
    before = panel.members.count()
    keys = [getattr(one, "pk", one) for one in _keys_of(customers)]
    with transaction.atomic():
        for first in range(0, len(keys), MEMBERS_AT_ONCE):
            PanelMember.objects.bulk_create(
                (
                    PanelMember(panel=panel, customer_id=key)
                    for key in keys[first : first + MEMBERS_AT_ONCE]
                ),
                ignore_conflicts=True,
            )
    return panel.members.count() - before


def remove_from_panel(*, panel, customer):
    """Take one customer out of a panel."""
    panel.members.filter(customer=customer).delete()


def save_filter(*, name, conditions, user=None, customer_filter=None):
    """Keep conditions under a name, as a new filter or in the place of the old ones."""
    check_conditions(conditions)
    kept = customer_filter or CustomerFilter(created_by=user)
    kept.name, kept.conditions = name, conditions
    checked(kept, exclude=["conditions", "created_by"]).save()
    return kept


def _keys_of(customers):
    if hasattr(customers, "values_list"):
        return customers.order_by("pk").values_list("pk", flat=True)
    return customers


def remove_filter(*, customer_filter):
    """Forget a filter; raises `SurveyError` where a wave asks by it."""
    try:
        customer_filter.delete()
    except ProtectedError:
        raise SurveyError(_("A wave asks by this filter: it stays.")) from None
