"""Accounts, their people, and what those answered and did, as far as a user may know it."""

from django.db.models import Count, Q

from surveys.models import Event, Response
from surveys.permissions import customers_to_look_at_for, placements_for, sees_rows_of_all_units

MOST_ROWS = 100


def accounts_found(accounts, wanted):
    """The accounts whose number or name holds this text, with how many people they have."""
    if wanted and "\x00" not in wanted:
        accounts = accounts.filter(Q(external_id__icontains=wanted) | Q(name__icontains=wanted))
    return accounts.annotate(people=Count("customers")).order_by("external_id")


def people_of(account, user):
    """The people of an account that this user may look at, with their part in what it buys."""
    people = customers_to_look_at_for(user).filter(account=account)
    return people.select_related("unit").order_by("account_role", "external_id")


def answers_of(account, user):
    """The newest answers that people of the account gave in its name."""
    answers = Response.objects.filter(account=account, is_test=False, is_anonymous=False)
    if not sees_rows_of_all_units(user):
        answers = answers.filter(placement__in=placements_for(user), customer__in=_seen(user))
    return answers.select_related("survey", "customer", "placement__unit").order_by(
        "-submitted_at"
    )[:MOST_ROWS]


def events_of(account, user):
    """What happened last with the people of an account."""
    events = Event.objects.filter(customer__in=people_of(account, user).order_by().values("pk"))
    return events.select_related("kind", "customer", "unit").order_by("-occurred_at")[:MOST_ROWS]


def _seen(user):
    return customers_to_look_at_for(user).values("pk")
