"""What stands in the documents under each key: many questions counted by one statement.

Days that are over are counted once for as long as their answers stay as they are,
the others at every view.
"""

import json
from collections import Counter

from django.db.models import CharField, Count, F, Func, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from .memory import Memory
from .reading import key_of, reading_of

MOST_AT_ONCE = 50  # SQLite takes 500 parts of a statement
MOST_KEPT = 50

kept_entries = Memory(MOST_KEPT)


def entries_counted(selection, keys, *, written=()):
    """For each key, how many responses have each (version, answer, type of entry).

    The answers to `written` questions are not told apart, and no text is read.
    """
    asked = (tuple(keys), frozenset(written))
    reading = reading_of(selection.survey)
    if reading is None:
        return counted_by_entry(selection.rows(), *asked)
    name = (reading.over, key_of(selection), asked)
    try:
        over = kept_entries.kept(name, lambda: _of_days_over(reading, selection, asked))
    except DaysChanged:
        return counted_by_entry(selection.rows(), *asked)
    if not reading.has_live_rows:
        return over
    live = counted_by_entry(selection.rows().filter(reading.is_live), *asked)
    return {key: over[key] + live[key] for key in over}


class DaysChanged(Exception):
    """A day that is over changed while it was counted, so that nothing may be kept of it."""


def _of_days_over(reading, selection, asked):
    found = counted_by_entry(selection.rows().filter(~reading.is_live), *asked)
    if reading.has_changed():
        raise DaysChanged
    return found


def counted_by_entry(rows, keys, written=()):
    """The same of any rows, by one statement for every fifty questions."""
    found = {key: Counter() for key in keys}
    for begin in range(0, len(keys), MOST_AT_ONCE):
        some = keys[begin : begin + MOST_AT_ONCE]
        first, *others = [_by_entry(rows, place, key, written) for place, key in enumerate(some)]
        for place, version, answer, entry, n in first.union(*others, all=True):
            found[some[place]][version, answer, entry] += n
    return found


def _by_entry(rows, place, key, written):
    answer = Value(None) if key in written else KeyTextTransform(key, "answers")
    return (
        rows.annotate(
            place=Value(place),
            answer=Cast(answer, TextField()),
            entry=EntryType(key),
        )
        .order_by()
        .values_list("place", "version_id", "answer", "entry")
        .annotate(n=Count("pk"))
    )


class EntryType(Func):
    """What stands in an entry of the answers document: "null" for a question left out.

    There is none where the question was not shown. The type is asked for, and
    not the value, since SQLite gives the text "null" out like a null.
    """

    output_field = CharField()

    def __init__(self, key):
        super().__init__(F("answers"), Value(key))
        self.key = key

    def as_sqlite(self, compiler, connection, **context):
        """`JSON_TYPE(answers, path)`."""
        path = self.copy()
        path.set_source_expressions(
            [self.get_source_expressions()[0], Value("$." + json.dumps(self.key))]
        )
        return path.as_sql(compiler, connection, function="JSON_TYPE", **context)

    def as_postgresql(self, compiler, connection, **context):
        """`jsonb_typeof(answers -> key)`."""
        return self.as_sql(
            compiler, connection, function="jsonb_typeof", arg_joiner=" -> ", **context
        )
