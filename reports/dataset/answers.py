"""The answers to single questions, counted from the documents."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform

from surveys.question_types import handler_of

from .entries import counted_by_entry
from .questionnaires import published_questionnaires


@dataclass(frozen=True, slots=True)
class DistributionCounts:
    """How often each choice of one question was taken.

    `counts` follows the order of the question's choices and holds those that
    do not score ("does not apply") too. For multiple choice they add up to
    more than the respondents.
    """

    question: object
    counts: tuple[int, ...]
    respondents: int
    skipped: int
    not_shown: int
    other_versions: int = 0

    def count_of(self, code):
        """Respondents who took the choice with this code."""
        codes = [choice.code for choice in self.question.choices]
        return self.counts[codes.index(code)]

    @property
    def scored_counts(self):
        """Respondents at each point of the scale, lowest point first."""
        by_value = {
            choice.value: count
            for choice, count in zip(self.question.choices, self.counts, strict=True)
            if choice.is_scored
        }
        return tuple(by_value[value] for value in self.question.values)


def distribution_counts(selection, key, *, questionnaires=None, entries=None):
    """Count the answers to one closed question, or None if it is unknown.

    `entries` are those of `entries_counted`, where they were counted with others.

    Versions whose choices differ from those of the newest version that asks
    the question are not pooled; their responses are counted apart.
    """
    known = questionnaires or published_questionnaires(selection.survey)
    asking = [q for q in known if q.item(key)]
    if not asking:
        return None
    question = asking[0].item(key)
    codes = [choice.code for choice in question.choices]
    pooled = {q.version_id for q in asking if [c.code for c in q.item(key).choices] == codes}
    tally = _tally_of(entries or _entries_of(selection, key), pooled)
    counts = Counter()
    for answer, n in tally.answers.items():
        counts.update(dict.fromkeys(handler_of(question).codes_in(answer), n))
    return DistributionCounts(
        question=question,
        counts=tuple(counts[code] for code in codes),
        respondents=tally.respondents,
        skipped=tally.skipped,
        not_shown=tally.not_shown,
        other_versions=tally.other_versions,
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each answer stands in the documents, as the database writes it out."""

    answers: Counter
    skipped: int
    not_shown: int
    other_versions: int

    @property
    def respondents(self):
        """Those who answered."""
        return sum(self.answers.values())


@dataclass(frozen=True, slots=True)
class NumberCounts:
    """How often each number was given."""

    question: object
    tally: Tally

    @property
    def numbers(self):
        """Each number with how often it was given, the smallest first."""
        counts = Counter()
        for answer, n in self.tally.answers.items():
            counts[float(answer)] += n
        return tuple(sorted(counts.items()))


def number_counts(selection, key, entries, *, questionnaires=None):
    """The numbers given to one question, from its `entries_counted`."""
    known = questionnaires or published_questionnaires(selection.survey)
    asking = [q for q in known if q.item(key)]
    pooled = {q.version_id for q in asking if q.item(key).type == asking[0].item(key).type}
    return NumberCounts(asking[0].item(key), _tally_of(entries, pooled))


def pair_counts(selection, question):
    """How often each (expected, perceived) was answered together, by one grouped query.

    The values stand in for the codes; who left one half out, or said that it
    does not apply, is not in it.
    """
    halves = [f"{question.key}.{half}" for half in ("expected", "perceived")]
    rows = (
        selection.rows()
        .annotate(
            expected=KeyTextTransform(halves[0], "answers"),
            perceived=KeyTextTransform(halves[1], "answers"),
        )
        .order_by()
        .values_list("expected", "perceived")
        .annotate(n=Count("pk"))
    )
    values = {choice.code: choice.value for choice in question.scored_choices}
    pairs = Counter()
    for expected, perceived, n in rows:
        if expected in values and perceived in values:
            pairs[values[expected], values[perceived]] += n
    return pairs


@dataclass(frozen=True, slots=True)
class WrittenCounts:
    """How many wrote something; the texts themselves are not read."""

    question: object
    respondents: int
    skipped: int
    not_shown: int


def written_counts(selection, key, entries, *, questionnaires=None):
    """Who wrote an answer to one open question, from its `entries_counted`."""
    known = questionnaires or published_questionnaires(selection.survey)
    question = next(item for q in known if (item := q.item(key)))
    found = Counter()
    for (_version, _answer, entry), n in entries.items():
        found[entry] += n
    skipped, not_shown = found.pop("null", 0), found.pop(None, 0)
    return WrittenCounts(question, found.total(), skipped, not_shown)


def _entries_of(selection, key):
    return counted_by_entry(selection.rows(), (key,))[key]


def _tally_of(entries, pooled):
    answers, skipped, not_shown, others = Counter(), 0, 0, 0
    for (version_id, answer, entry), n in entries.items():
        if version_id not in pooled:
            others += n
        elif entry is None:
            not_shown += n
        elif entry == "null":
            skipped += n
        else:
            answers[answer] += n
    return Tally(answers, skipped, not_shown, others)
