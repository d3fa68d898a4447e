"""A list of customers as a CSV table, piece by piece; no cell is taken for a formula."""

import csv
from io import StringIO
from itertools import chain, islice

from django.utils.translation import gettext as _

from surveys.formulas import cell
from surveys.models import Customer, CustomerAttribute

PIECE = 500
BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes Chinese for Latin
NAMED = ("unit", "segment", "stage", "respondent_type", "account")


def customers_csv(keys, *, with_contacts):
    """The head, then a row for each customer in the order of the keys, as pieces of text."""
    codes = list(CustomerAttribute.objects.values_list("code", flat=True))
    head = BYTE_ORDER_MARK + _lines([_head(codes, with_contacts)])
    yes_no = (_("No"), _("Yes"))  # in the language of the page, which ends before the file does
    rows = (_row(customer, codes, with_contacts, yes_no) for customer in _in_order(keys))
    pieces = iter(lambda: _lines(islice(rows, PIECE)), "")
    return chain([head], pieces)


def _in_order(keys):
    for start in range(0, len(keys), PIECE):
        piece = keys[start : start + PIECE]
        found = Customer.objects.select_related(*NAMED).in_bulk(piece)
        yield from (found[key] for key in piece if key in found)


def _head(codes, with_contacts):
    contacts = [_("E-mail"), _("Telephone")] if with_contacts else []
    return [
        _("Customer number"),
        _("Name"),
        *contacts,
        _("Language"),
        _("Unit"),
        _("Segment"),
        _("Stage"),
        _("Answers as"),
        _("Account number"),
        _("Role in the account"),
        _("May be asked"),
        *codes,
    ]


def _row(customer, codes, with_contacts, yes_no):
    contacts = [customer.email, customer.phone] if with_contacts else []
    listed = (customer.unit, customer.segment, customer.stage, customer.respondent_type)
    return [
        customer.external_id,
        customer.name,
        *contacts,
        customer.language,
        *(one.code if one else "" for one in listed),
        customer.account.external_id if customer.account else "",
        customer.account_role,
        yes_no[customer.may_be_asked],
        *(customer.attributes.get(code, "") for code in codes),
    ]


def _lines(rows):
    text = StringIO()
    csv.writer(text).writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()
