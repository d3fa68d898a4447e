"""Mixing anonymous answers, so that their place in the tables tells nothing about who gave them.

A row lies behind the row that was stored before it (rowid in SQLite, ctid in
PostgreSQL), and PostgreSQL notes on each row the transaction that wrote it
(xmin). Whoever knows in which order customers answered, or reads which
invitation was marked in the same transaction, could tell who said what.

So each anonymous response, and each invitation answered anonymously, waits
for its mixing: one transaction takes the waiting rows of a survey out of
their table together with earlier ones, and puts all back in random order. A
worker that dies in between leaves everything as it was. Until then staff do
not see the response. It is mixed when `MINIMUM_BASE` others wait too or when
its day is over, so that nobody can watch a single answer come in.
"""

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from surveys.models import Invitation, Response, Survey

from .changed_days import note_changed_days
from .visits import day_in

# Earlier rows among which the waiting ones are hidden; all of them when there are fewer.
COMPANY = 1000
# So that each row is written anew some ten times and not once for every batch of five.
COMPANY_PER_WAITING = 10
MOST_AT_ONCE = 2000
PATIENCE_MILLISECONDS = 500


def mix_next_survey():
    """Mix the waiting rows of one survey; whether there was one with rows to mix."""
    waiting = Response.objects.filter(survey=OuterRef("pk"), awaits_mixing=True)
    for survey in Survey.objects.filter(Exists(waiting)).order_by("?"):
        if _is_due(survey) and mix(survey):
            return True
    return False


def mix(survey):
    """Give the waiting rows of a survey random places; False when the tables were too busy."""
    try:
        with transaction.atomic():
            _keep_writers_out()
            for table in (Invitation, Response):
                _put_back_in_random_order(table, survey)
    except OperationalError as error:
        if "lock timeout" in str(error) or "locked" in str(error):
            return False
        raise
    return True


def _is_due(survey):
    waiting = Response.objects.filter(survey=survey, awaits_mixing=True)
    if waiting.filter(submitted_on__lt=day_in(survey, timezone.now())).exists():
        return True
    mixed = Response.objects.filter(survey=survey, awaits_mixing=False)
    company = mixed[:COMPANY].count()
    enough = max(settings.MINIMUM_BASE, company // COMPANY_PER_WAITING)
    return waiting.count() >= enough


def _keep_writers_out():
    """Let nobody change a row that is out of its table for a moment.

    SQLite has one writer anyway. In PostgreSQL readers go on; a writer waits,
    and so it finds the row again afterwards. Who holds the tables for longer
    is not waited for: the next sweep tries again.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE_MILLISECONDS}")
        for table in (Invitation, Response):
            cursor.execute(f"LOCK TABLE {_name(table)} IN EXCLUSIVE MODE")


def _put_back_in_random_order(table, survey):
    """Take the waiting rows and their company out and insert them anew.

    The rows are copied by the database itself, so that nothing of them changes
    but their place. Constraints between tables are checked at the end of the
    transaction, when every row is back.
    """
    rows = table.objects.filter(survey=survey)
    waiting = rows.filter(awaits_mixing=True).order_by("?")
    company = rows.filter(awaits_mixing=False).order_by("?")
    if table is Invitation:
        company = company.filter(answered_anonymously=True)
    keys = [*waiting.values_list("pk", flat=True)[:MOST_AT_ONCE]]
    keys += company.values_list("pk", flat=True)[:COMPANY]
    if not keys:
        return
    name, key = _name(table), connection.ops.quote_name(table._meta.pk.column)
    places = ", ".join(["%s"] * len(keys))
    stored_keys = [table._meta.pk.get_db_prep_value(one, connection) for one in keys]
    if table is Response:
        newly_seen = rows.filter(awaits_mixing=True, pk__in=keys)
        note_changed_days(survey.pk, set(newly_seen.values_list("submitted_on", flat=True)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE mixing AS SELECT * FROM {name} WHERE {key} IN ({places})",
            stored_keys,
        )
        cursor.execute(f"DELETE FROM {name} WHERE {key} IN (SELECT {key} FROM mixing)")
        cursor.execute("UPDATE mixing SET awaits_mixing = %s", [False])
        cursor.execute(f"INSERT INTO {name} SELECT * FROM mixing ORDER BY random()")
        cursor.execute("DROP TABLE mixing")


def _name(table):
    return connection.ops.quote_name(table._meta.db_table)
