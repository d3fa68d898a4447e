"""Events: purchases, repairs and whatever else happened with a customer."""

from surveys.models import Customer, Event, EventKind, Unit

from .cells import amount_cell, identifier_cell, known_cell, moment_cell, text_cell
from .customers_by_number import refuse_unknown_customers
from .running import Importer
from .upserting import store_by_external_id


class EventImporter(Importer):
    """The customer must be here already; an event without a unit has none."""

    required = ("external_id", "customer", "kind", "occurred_at")
    optional = ("unit", "amount", "staff")

    def begin(self, columns):
        """Read the lists that rows refer to."""
        self.kinds = {code.lower(): pk for code, pk in EventKind.objects.values_list("code", "pk")}
        self.units = {code.lower(): pk for code, pk in Unit.objects.values_list("code", "pk")}

    def check(self, cells):
        """One event."""
        values = {
            "external_id": identifier_cell(cells["external_id"], "external_id"),
            "customer": identifier_cell(cells["customer"], "customer"),
            "kind_id": known_cell(identifier_cell(cells["kind"], "kind"), "kind", self.kinds),
            "occurred_at": moment_cell(cells["occurred_at"], "occurred_at"),
        }
        if "unit" in cells:
            values["unit_id"] = known_cell(cells["unit"], "unit", self.units)
        if "amount" in cells:
            values["amount"] = amount_cell(cells["amount"], "amount")
        if "staff" in cells:
            values["staff"] = text_cell(cells["staff"], "staff", 100)
        return values

    def store(self, rows, outcome):
        """Insert or update a batch."""
        numbers = [row.values["customer"] for row in rows]
        customers = dict(
            Customer.objects.filter(external_id__in=numbers).values_list("external_id", "pk")
        )
        rows = refuse_unknown_customers(rows, customers, outcome)
        for row in rows:
            row.values["customer_id"] = customers[row.values.pop("customer")]
        if rows:
            columns = [name for name in rows[0].values if name != "external_id"]
            store_by_external_id(Event, rows, columns, outcome)
