"""Finding customers by the numbers in a file, also by those given up in a merge."""

from django.utils.translation import gettext as _

from surveys.models import Customer
from surveys.selectors.customers import numbers_merged_into

from .cells import shown


def customers_by_number(numbers):
    """The customers (with their unit) by each of these numbers that somebody has or had."""
    numbers = set(numbers)
    current = merged_numbers(numbers)
    wanted = (numbers - set(current)) | set(current.values())
    found = {
        customer.external_id: customer
        for customer in Customer.objects.filter(external_id__in=wanted).select_related("unit")
    }
    merged = {number: found[now] for number, now in current.items() if now in found}
    return found | merged


def merged_numbers(numbers):
    """The number that counts now, by each of these whose customer was merged into another one."""
    return numbers_merged_into(set(numbers))


def refuse_unknown_customers(rows, customers, outcome):
    """The rows whose customer (or nobody) is among `customers`; the others are refused."""
    kept = []
    for row in rows:
        number = row.values["customer"]
        if number and number not in customers:
            outcome.refuse(
                row.number,
                _("customer “%(number)s” is not known here.") % {"number": shown(number)},
                row.cells,
            )
        else:
            kept.append(row)
    return kept


class MergedNumbers:
    """The rows of one file that name customers by numbers given up in a merge.

    They wait for the end of the file: where it has a row of the customer's
    present number too, that one counts, and of theirs only that the customer
    asked not to be surveyed.
    """

    def __init__(self):
        self.waiting, self.seen = {}, set()

    def set_aside(self, rows, outcome):
        """The rows with numbers of today; the others wait, or count as unchanged."""
        current = merged_numbers(row.values["external_id"] for row in rows)
        kept = [row for row in rows if row.values["external_id"] not in current]
        for row in rows:
            if row.values["external_id"] in current:
                self._wait(row, current[row.values["external_id"]], outcome)
        numbers = [row.values["external_id"] for row in kept]
        merged_into = Customer.objects.filter(external_id__in=numbers, aliases__isnull=False)
        self.seen |= set(merged_into.values_list("external_id", flat=True))
        return kept

    def rest(self, outcome):
        """The rows that count, and what is left of the others: that somebody opted out."""
        counting, opting_out = [], []
        for number, row in self.waiting.items():
            if number not in self.seen:
                counting.append(row)
            elif row.values.get("opted_out"):
                row.values = {"external_id": number, "opted_out": True}
                opting_out.append(row)
            else:
                outcome.unchanged += 1
        self.waiting = {}
        return counting, opting_out

    def _wait(self, row, number, outcome):
        row.values["external_id"] = number
        first = self.waiting.setdefault(number, row)
        if first is not row:
            outcome.unchanged += 1
            if row.values.get("opted_out"):
                first.values["opted_out"] = True
