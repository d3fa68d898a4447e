"""Staging new and changed customers, and what follows from the changes."""

from django.db import connection
from django.utils import timezone

from surveys.models import Customer, StageChange

from .staging import table_of


def stage_customers(rows, stored, outcome, staging):
    """Stage a batch; every row has the same columns. `stored` are the customers by number."""
    new, changed, followed = [], [], []
    for row in rows:
        opts_out = row.values.pop("opted_out", False)
        customer = Customer(**row.values)
        before = stored.get(customer.external_id)
        if before is None:
            new.append(customer)
        elif not _is_changed(before, row.values) and not (opts_out and before.may_be_asked):
            outcome.unchanged += 1
            continue
        else:
            customer.pk = before.pk
            changed.append(customer)
        followed.append((before, customer, opts_out))
    outcome.new += len(new)
    outcome.changed += len(changed)
    staging.insert(new)
    columns = [name for name in rows[0].values if name != "external_id"] if rows else []
    staging.update(changed, [name.removesuffix("_id") for name in columns])
    _follow(followed, set(columns), staging)


def _is_changed(before, values):
    return any(getattr(before, name) != value for name, value in values.items())


def _follow(followed, columns, staging):
    """What the changes of some columns bring with them."""
    today, now = timezone.localdate().isoformat(), timezone.now().isoformat(" ")
    numbers = [customer.external_id for _before, customer, opts_out in followed if opts_out]
    staging.add(_opting_out(), [[now, number] for number in numbers])
    if "stage_id" in columns:
        moved = [
            [customer.stage_id, today, customer.external_id]
            for before, customer, _opts_out in followed
            if customer.stage_id != (before.stage_id if before else None)
        ]
        staging.add(_stage_history(), moved)
    if "email" in columns:
        mended = [
            [before.pk]
            for before, customer, _opts_out in followed
            if before and before.email != customer.email
        ]
        staging.add(
            f"UPDATE {table_of(Customer)} SET email_bounced_at = NULL WHERE id = %s", mended
        )


def _opting_out():
    return (
        f"UPDATE {table_of(Customer)} SET opted_out_at = %s "
        "WHERE external_id = %s AND opted_out_at IS NULL"
    )


def _stage_history():
    names = ", ".join(map(connection.ops.quote_name, ("customer_id", "stage_id", "changed_on")))
    return (
        f"INSERT INTO {table_of(StageChange)} ({names}) "
        f"SELECT id, %s, %s FROM {table_of(Customer)} WHERE external_id = %s"
    )
