"""What a question has lost since an earlier state of it: choices, rows, its rule.

Works on two documents of one question; what was only changed is not lost.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lacks:
    """What stood in the earlier document and has no successor."""

    choices: tuple
    rows: tuple
    rule: dict

    def __bool__(self):
        return bool(self.choices or self.rows or self.rule)

    @property
    def labels(self):
        """The labels of lost choices and rows, by language."""
        return [one["label"] for one in (*self.choices, *self.rows)]


def lacks_of(question, earlier):
    """What a question lacks that an earlier document of it has."""
    return Lacks(
        choices=_missing(question["choices"], earlier["choices"]),
        rows=_missing(_rows_of(question), _rows_of(earlier)),
        rule={} if question.get("rule") else earlier.get("rule", {}),
    )


def with_what_it_lacks(question, earlier):
    """The document of a question with everything back that an earlier one has besides."""
    lacks = lacks_of(question, earlier)
    restored = question | {
        "choices": _restored(question["choices"], earlier["choices"], lacks.choices),
        "rule": lacks.rule or question.get("rule", {}),
    }
    if lacks.rows:
        rows = _restored(_rows_of(question), _rows_of(earlier), lacks.rows)
        restored["settings"] = question["settings"] | {"rows": rows}
    return restored


def _rows_of(question):
    return question.get("settings", {}).get("rows", [])


def _missing(now, earlier):
    codes = {one["code"] for one in now}
    return tuple(one for one in earlier if one["code"] not in codes)


def _restored(now, earlier, missing):
    found = list(now)
    for place, one in enumerate(earlier):
        if one in missing:
            found.insert(place, one)
    return found
