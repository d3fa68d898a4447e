"""Counting whole days once, so that a page adds them up: by the worker, anew when they change.

A day is counted when it is over everywhere and nothing that began during it is
still being written. Its token is read first, and the count is kept only if the
token is still the same: whoever changes an answer of the day gives it another
one in the same transaction (`mark_days`), and then the day is counted row by
row until the worker has been there again.
"""

import uuid
from datetime import timedelta
from itertools import islice

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from reports.dataset import (
    Cells,
    column_names,
    countable,
    counted_rows,
    document_columns,
    in_groups,
    in_no_order,
    packed,
    published_questionnaires,
    unpacked,
)
from reports.models import Rollup, RollupDay
from surveys.models import Survey
from surveys.services.changed_days import first_open_day

GRACE = timedelta(minutes=10)  # clocks of several machines may differ by so much
ROWS_AT_ONCE = 40_000
DAYS_AT_ONCE = 400


def mark_days(survey_id, days):
    """Let nobody trust the count of these days any more; within the transaction of the change."""
    RollupDay.objects.bulk_create(
        (
            RollupDay(survey_id=survey_id, day=day, token=uuid.uuid4(), is_counted=False)
            for day in sorted(days)
        ),
        update_conflicts=True,
        unique_fields=["survey", "day"],
        update_fields=["token", "is_counted"],
    )


def roll_up_next():
    """Count some days of one survey; whether there were any to count."""
    limit = first_uncountable_day()
    behind = Q(rollup=None) | Q(rollup__complete_before=None)
    behind |= Q(rollup__complete_before__lt=limit)
    changed = RollupDay.objects.filter(is_counted=False, day__lt=limit)
    survey_id = changed.order_by("survey").values_list("survey", flat=True).first()
    if survey_id is not None:
        return _recount(Survey.objects.get(pk=survey_id), limit)
    published = Survey.objects.filter(versions__published_at__isnull=False)
    survey = published.filter(behind).order_by("pk").first()
    return survey is not None and _advance(survey, limit)


def first_uncountable_day():
    """The first day that is not over, or in which something that began may still be stored."""
    return first_open_day(min(timezone.now(), _oldest_transaction()) - GRACE)


def rebuild(survey):
    """Count every day of a survey anew; until that is done its answers are counted row by row."""
    limit = first_uncountable_day()
    with transaction.atomic():
        Rollup.objects.filter(survey=survey).update(complete_before=None)
        for pk in RollupDay.objects.filter(survey=survey).values_list("pk", flat=True):
            RollupDay.objects.filter(pk=pk).update(token=uuid.uuid4(), is_counted=False)
    while _advance(survey, limit):
        pass
    while _recount(survey, limit):
        pass


def wrong_days(survey):
    """The days before `complete_before` whose kept count is not that of their rows."""
    counted = RollupDay.objects.filter(survey=survey, is_counted=True)
    kept = {day: unpacked(bytes(c)) for day, c in counted.values_list("day", "cells")}
    found = set()
    for days in _batched(sorted(kept)):
        fresh = _count(survey, days)
        found |= {day for day in days if not _are_equal(kept[day], fresh[day])}
    known = RollupDay.objects.filter(survey=survey).values("day")
    rest = countable(survey).filter(submitted_on__lt=_complete_before(survey))
    forgotten = rest.exclude(submitted_on__in=known).values_list("submitted_on", flat=True)
    return sorted(found | set(forgotten))


def _batched(days):
    rest = iter(days)
    return iter(lambda: list(islice(rest, DAYS_AT_ONCE // 10)), [])


def _are_equal(kept, fresh):
    names = [name for name in kept.values if name in fresh.values]
    return dict(_keyed(kept.sums(names))) == dict(_keyed(fresh.sums(names)))


def _keyed(sums):
    return ((tuple(key), n) for *key, n in sums)


def _advance(survey, limit):
    """Count the next days that are over and not looked at yet; whether there were any."""
    Rollup.objects.get_or_create(survey=survey)
    # Where only one may write, whoever was writing has finished when this is written.
    Rollup.objects.filter(survey=survey).update(looked_at=timezone.now())
    begin = _complete_before(survey)
    if begin and begin >= limit:
        return False
    rows = countable(survey).filter(submitted_on__lt=limit)
    if begin:
        rows = rows.filter(submitted_on__gte=begin)
    days, is_all = _first_days(rows)
    RollupDay.objects.bulk_create(
        (RollupDay(survey=survey, day=day) for day in days), ignore_conflicts=True
    )
    _keep_counts(survey, days)
    until = limit if is_all else max(days) + timedelta(days=1)
    Rollup.objects.filter(survey=survey, complete_before=begin).update(complete_before=until)
    return True


def _recount(survey, limit):
    """Count days anew that changed; whether there were any."""
    changed = RollupDay.objects.filter(survey=survey, is_counted=False, day__lt=limit)
    days = list(changed.order_by("day").values_list("day", flat=True)[:DAYS_AT_ONCE])
    if not days:
        return False
    filled, is_all = _first_days(countable(survey).filter(submitted_on__in=days))
    if is_all:
        _keep_counts(survey, days)
    else:
        _keep_counts(survey, [day for day in days if day <= max(filled)])
    return True


def _first_days(rows):
    """The first days, as many as are counted at once, and whether these are all."""
    sizes = rows.order_by("submitted_on").values_list("submitted_on").annotate(n=Count("pk"))
    days, total = [], 0
    for day, n in sizes:
        if days and (total + n > ROWS_AT_ONCE or len(days) == DAYS_AT_ONCE):
            return days, False
        days.append(day)
        total += n
    return days, True


def _keep_counts(survey, days):
    """Count these days and keep what nobody has changed meanwhile."""
    rows = RollupDay.objects.filter(survey=survey, day__in=days)
    tokens = dict(rows.values_list("day", "token"))
    counts = _count(survey, days)
    with transaction.atomic():
        for day in days:
            rows.filter(day=day, token=tokens[day]).update(
                is_counted=True,
                cells=packed(counts[day], in_no_order(counts[day])),
                responses=int(counts[day].n.sum()),
            )


def _count(survey, days):
    """The cells of each of these days, by one grouped query."""
    asked = published_questionnaires(survey)
    names = column_names(asked)
    by_day = {day: [] for day in days}
    rows = countable(survey).filter(submitted_on__in=days)
    for day, *row in counted_rows(rows, asked, document_columns(asked)):
        by_day[day].append(row)
    found = {day: in_groups(Cells.from_rows(names[1:], rows)) for day, rows in by_day.items()}
    return {day: cells.summed(names[1:]) for day, cells in found.items()}


def _complete_before(survey):
    rows = Rollup.objects.filter(survey=survey)
    return rows.values_list("complete_before", flat=True).first()


def _oldest_transaction():
    """When the oldest transaction began that may still store something.

    SQLite lets one write at a time, so none is left when the worker has written.
    """
    now = timezone.now()
    if connection.vendor != "postgresql":
        return now
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity WHERE datname = current_database()"
        )
        return cursor.fetchone()[0] or now
