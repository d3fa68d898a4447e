"""Single answers, read in pieces: a file of any length costs the memory of one piece."""

from collections import Counter, namedtuple
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import Random

from surveys.models import Response

PIECE = 500
FIELDS = {
    "pk": "pk",
    "version_id": "version_id",
    "answers": "answers",
    "day": "submitted_on",
    "moment": "submitted_at",
    "unit": "placement__unit__code",
    "segment": "segment__code",
    "wave": "wave__name",
    "channel": "channel",
    "touchpoint": "touchpoint",
    "language": "language",
    "seconds": "seconds",
    "is_excluded": "is_excluded",
    "customer": "customer__external_id",
}
AnswerRow = namedtuple("AnswerRow", FIELDS)


def row_keys(selection, *, in_random_order):
    """The keys of the responses selected, 16 bytes each, in the order of time or in none."""
    order = [Random()] if in_random_order else ["submitted_at", "pk"]
    keys = selection.rows().order_by(*order).values_list("pk", flat=True)
    return b"".join(key.bytes for key in keys.iterator(chunk_size=5000))


def rows_in_order(keys):
    """The rows behind the keys; those that were erased meanwhile are left out."""
    for start in range(0, len(keys), 16 * PIECE):
        piece = [keys[at : at + 16] for at in range(start, min(start + 16 * PIECE, len(keys)), 16)]
        found = {row.pk.bytes: row for row in _rows([UUID(bytes=key) for key in piece])}
        yield from (found[key] for key in piece if key in found)


def values_in_use(selection, field):
    """How often each value of a circumstance occurs among the responses selected."""
    name = FIELDS[field]
    rows = selection.rows().order_by().values(name).annotate(n=Count("pk"))
    return Counter(dict(rows.values_list(name, "n")))


def versions_in_use(selection):
    """The ids of the versions that the responses selected saw."""
    return set(selection.rows().order_by().values_list("version_id", flat=True).distinct())


def _rows(keys):
    rows = Response.objects.filter(pk__in=keys).values_list(*FIELDS.values())
    return map(AnswerRow._make, rows)
