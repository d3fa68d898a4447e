"""What an answer makes us owe; each kind is a row of the outbox in the same transaction.

One more kind is one more line of `OWED` and one more composer in `outbox.py`.
An anonymous answer owes nothing: a row about it would have an order and a
time of its own, and a mail would go to the person from whom it is kept apart.
"""

from surveys.enums import OutboxKind


def kinds_owed_for(response):
    """The kinds of outbox rows that storing this response calls for."""
    if response.is_anonymous:
        return []
    return [kind for kind, is_owed in OWED.items() if is_owed(response)]


def _wants_thanks(response):
    customer = response.customer
    return response.survey.sends_thanks and customer is not None and bool(customer.email)


OWED = {OutboxKind.THANK_YOU_MAIL: _wants_thanks}
