"""Refusing rows that name a customer whom nobody knows."""

from django.utils.translation import gettext as _

from .cells import shown


def refuse_unknown_customers(rows, customers, outcome):
    """The rows whose customer (or nobody) is among `customers`; the others are refused."""
    kept = []
    for row in rows:
        number = row.values["customer"]
        if number and number not in customers:
            outcome.refuse(
                row.number,
                _("customer “%(number)s” is not known here.") % {"number": shown(number)},
            )
        else:
            kept.append(row)
    return kept
