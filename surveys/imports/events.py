"""Events: purchases, repairs and whatever else happened with a customer."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.models import Event, EventKind

from . import lists
from .cells import amount_cell, identifier_cell, moment_cell, text_cell
from .columns import Column
from .customers_by_number import customers_by_number, refuse_unknown_customers
from .errors import RowRefused
from .lists import ready_list, unit_list
from .running import Importer
from .spellings import spellings
from .upserting import stage_by_external_id


class EventImporter(Importer):
    """The customer must be here already; an event without a unit has none."""

    def __init__(self):
        self.columns = event_columns()

    def begin(self, columns):
        """Read the lists that rows refer to."""
        self.kinds = ready_list("kind", EventKind)
        self.units = unit_list("unit")

    def check(self, cells):
        """One event."""
        values = {
            "external_id": identifier_cell(cells["external_id"], "external_id"),
            "customer": identifier_cell(cells["customer"], "customer"),
            "kind_id": self.kinds.value(cells["kind"]),
            "occurred_at": moment_cell(cells["occurred_at"], "occurred_at"),
        }
        if values["kind_id"] is None:
            raise RowRefused(_("%(column)s is empty.") % {"column": "kind"})
        if "unit" in cells:
            values["unit_id"] = self.units.value(cells["unit"])
        if "amount" in cells:
            values["amount"] = amount_cell(cells["amount"], "amount")
        if "staff" in cells:
            values["staff"] = text_cell(cells["staff"], "staff", 100)
        return values

    def stage(self, rows, outcome, staging):
        """Compare a batch with the events that are stored."""
        customers = customers_by_number(row.values["customer"] for row in rows)
        rows = refuse_unknown_customers(rows, customers, outcome)
        for row in rows:
            row.values["customer_id"] = customers[row.values.pop("customer")].pk
        if rows:
            columns = [name for name in rows[0].values if name != "external_id"]
            stage_by_external_id(Event, rows, columns, outcome, staging)

    def shown(self, values):
        """Codes in place of keys."""
        texts = super().shown(values)
        texts["kind"] = self.kinds.code(values["kind_id"])
        if "unit_id" in texts:
            texts["unit"] = self.units.code(values["unit_id"])
        return {
            name: text
            for name, text in texts.items()
            if not name.endswith("_id") or name == "external_id"
        }


def event_columns():
    """The columns of events."""
    return (
        Column(
            "external_id",
            gettext_lazy("Event number"),
            gettext_lazy("An order, ticket or receipt number; the same number is the same event."),
            spellings("events", "external_id"),
            "ORDER-5001",
            is_required=True,
        ),
        Column(
            "customer",
            gettext_lazy("Customer number"),
            gettext_lazy("The number of a customer who is here already."),
            spellings("events", "customer"),
            "C-1001",
            is_required=True,
        ),
        Column(
            "kind",
            gettext_lazy("Kind"),
            gettext_lazy("The code or the name of a kind of event, such as purchase or repair."),
            spellings("events", "kind"),
            "purchase",
            is_required=True,
            may_be_constant=True,
            choices=lists.named_choices(EventKind),
        ),
        Column(
            "occurred_at",
            gettext_lazy("Time"),
            gettext_lazy("A day or a time, such as 2026-01-31 or 2026-01-31 14:05."),
            spellings("events", "occurred_at"),
            "2026-01-31 14:05",
            is_required=True,
            may_be_constant=True,
        ),
        Column(
            "unit",
            gettext_lazy("Unit"),
            gettext_lazy("The code or the name of the unit where it happened."),
            spellings("events", "unit"),
            "north-1",
            may_be_constant=True,
            choices=lists.unit_choices(),
        ),
        Column(
            "amount",
            gettext_lazy("Amount"),
            gettext_lazy("With at most two decimals, such as 1234.50."),
            spellings("events", "amount"),
            "1234.50",
        ),
        Column(
            "staff",
            gettext_lazy("Staff"),
            gettext_lazy("Who served the customer."),
            spellings("events", "staff"),
            "Lee",
            may_be_constant=True,
        ),
    )
