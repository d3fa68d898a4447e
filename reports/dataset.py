"""The only door from rows to counts: one grouped query makes one count table.

Counts are a sufficient statistic, so every later step costs as much for ten
answers as for ten million. Skipped, "does not apply" and not shown are kept
apart; test answers are never counted, and those that staff left out only on demand.
"""

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Func,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform

from reports.enums import Loyalty
from scoring.counts import MISSING, NOT_APPLICABLE, CountTable
from scoring.scales import RECOMMENDATION, Scale
from surveys.enums import VersionState
from surveys.models import Event, Response, Segment, Survey, Wave
from surveys.question_types import handler_of
from surveys.questionnaire import questionnaire_of

PROMOTER_FROM = 9
COLUMNS = {
    "overall": "satisfaction",
    "repurchase": "repurchase",
    "recommendation": "recommendation",
}
BLANKS = tuple(f"blank_{role}" for role in COLUMNS)
OUTSIDE = (MISSING, NOT_APPLICABLE)


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Which answers are counted.

    `placements` comes from `permissions.placements_for`; ``None`` is every
    answer. The last day is included. Answers that staff left out are counted
    only `with_excluded`.
    """

    survey: Survey
    placements: QuerySet | None = None
    segment: Segment | None = None
    wave: Wave | None = None
    first_day: date | None = None
    last_day: date | None = None
    with_excluded: bool = False

    def rows(self):
        """The responses selected, without tests and without those that still wait for others."""
        rows = Response.objects.filter(survey=self.survey, is_test=False, awaits_mixing=False)
        if not self.with_excluded:
            rows = rows.filter(is_excluded=False)
        if self.placements is not None:
            rows = rows.filter(placement__in=self.placements)
        if self.segment is not None:
            rows = rows.filter(segment=self.segment)
        if self.wave is not None:
            rows = rows.filter(wave=self.wave)
        if self.first_day is not None:
            rows = rows.filter(submitted_on__gte=self.first_day)
        if self.last_day is not None:
            rows = rows.filter(submitted_on__lte=self.last_day)
        return rows

    @property
    def with_all(self):
        """The same selection with the answers that staff left out."""
        return replace(self, with_excluded=True)

    @property
    def without_excluded(self):
        """The same selection without the answers that staff left out."""
        return replace(self, with_excluded=False)

    def excluded_count(self):
        """How many of the responses selected staff left out."""
        return self.with_all.rows().filter(is_excluded=True).count()


@dataclass(frozen=True, slots=True)
class Span:
    """How many responses were counted, and from when to when."""

    responses: int = 0
    first_day: date | None = None
    last_day: date | None = None
    last_moment: datetime | None = None

    def __add__(self, other):
        return Span(
            self.responses + other.responses,
            min(filter(None, (self.first_day, other.first_day)), default=None),
            max(filter(None, (self.last_day, other.last_day)), default=None),
            max(filter(None, (self.last_moment, other.last_moment)), default=None),
        )


@dataclass(frozen=True, slots=True, eq=False)
class MeasureCounts:
    """Satisfaction × stated loyalty × recommendation of one selection.

    `table` has the axes "score", "stated" and "recommendation", and in front
    "group" when groups were asked for. Versions whose satisfaction scale
    differs from the newest one's are not pooled: `other_versions` counts
    their responses.
    """

    table: CountTable
    scale: Scale
    span: Span
    has_stated: bool
    has_recommendation: bool
    other_versions: int = 0

    def curve_table(self, loyalty):
        """The table "score" × "loyal" (with "group" in front, if any) for one kind of loyalty."""
        if loyalty == Loyalty.STATED:
            return _renamed(self.table.sum_to(*self._front, "score", "stated"), "stated")
        if loyalty == Loyalty.RECOMMENDATION:
            table = self.table.sum_to(*self._front, "score", "recommendation")
            return _renamed(table, "recommendation", _is_promoter)
        raise ValueError("Observed loyalty is counted from events, by observed_counts.")

    @property
    def _front(self):
        return ("group",) if self.table.axes[0].name == "group" else ()


def published_questionnaires(survey):
    """The questionnaires that were ever answerable, newest first."""
    versions = survey.versions.exclude(state=VersionState.DRAFT).order_by("-number")
    return [questionnaire_of(version) for version in versions]


def scale_of(question):
    """The scale of a rating question."""
    values = question.values
    return Scale(values[0], values[-1])


def measure_counts(selection, *, questionnaires=None, by=None):
    """Count satisfaction, stated loyalty and recommendation by one grouped query.

    `by` is a field of the response to group by, such as ``"segment__code"``.
    Returns None when the survey does not ask for overall satisfaction.
    """
    asked = _asked(selection.survey, questionnaires)
    if not asked:
        return None
    scale = scale_of(next(iter(asked.values())).overall)
    group = [by] if by else []
    rows = (
        selection.rows()
        .annotate(**_blank_codes(asked))
        .order_by()
        .values_list(
            *group,
            "version_id",
            "satisfaction",
            "repurchase",
            "recommendation",
            *BLANKS,
        )
        .annotate(
            n=Count("pk"),
            first=Min("submitted_on"),
            last=Max("submitted_on"),
            moment=Max("submitted_at"),
        )
    )
    cells, span, others = Counter(), Span(), 0
    for row in rows:
        *key, count, first, last, moment = row
        version = asked.get(key[len(group)])
        if version is None:
            others += count
            continue
        span += Span(count, first, last, moment)
        cells[(*key[: len(group)], *_levels(version, key[len(group) + 1 :]))] += count
    axes = [
        ("score", (*scale.points, *OUTSIDE)),
        ("stated", (False, True, *OUTSIDE)),
        ("recommendation", (*RECOMMENDATION.points, *OUTSIDE)),
    ]
    if by:
        axes.insert(0, ("group", sorted({cell[0] for cell in cells}, key=str)))
    return MeasureCounts(
        table=CountTable.from_cells(axes, [(*cell, n) for cell, n in cells.items()]),
        scale=scale,
        span=span,
        has_stated=any(_loyal_from(version) is not None for version in asked.values()),
        has_recommendation=any(version.recommendation for version in asked.values()),
        other_versions=others,
    )


@dataclass(frozen=True, slots=True, eq=False)
class ObservedCounts:
    """Satisfaction × what customers did within a window after they answered.

    One row for each customer: the last answer whose window has ended by
    `cutoff`, the time of the last known event that shows loyalty. Answers
    without full follow-up and answers of unknown customers are counted apart
    and are never "not loyal".
    """

    table: CountTable
    scale: Scale
    span: Span
    days: int
    cutoff: datetime | None
    without_follow_up: int
    without_customer: int
    earlier_answers: int


def observed_counts(selection, *, days=180, questionnaires=None, by=None):
    """Count satisfaction against later events by one grouped query.

    Returns None when the survey does not ask for overall satisfaction.
    """
    asked = _asked(selection.survey, questionnaires)
    if not asked:
        return None
    scale = scale_of(next(iter(asked.values())).overall)
    window = timedelta(days=days)
    loyal_events = Event.objects.filter(kind__shows_loyalty=True)
    cutoff = loyal_events.aggregate(last=Max("occurred_at"))["last"]
    rows = selection.rows().filter(version_id__in=asked)
    known = Q(customer__isnull=False, submitted_at__isnull=False)
    followed = Q(submitted_at__lte=cutoff - window) if cutoff else Q(pk__in=[])
    apart = rows.aggregate(
        unknown=Count("pk", filter=~known),
        early=Count("pk", filter=known & ~followed),
        followed=Count("pk", filter=known & followed),
    )
    ready = rows.filter(known & followed)
    later = ready.filter(customer=OuterRef("customer")).filter(
        Q(submitted_at__gt=OuterRef("submitted_at"))
        | Q(submitted_at=OuterRef("submitted_at"), pk__gt=OuterRef("pk"))
    )
    came_back = loyal_events.filter(
        customer=OuterRef("customer"),
        occurred_at__gt=OuterRef("submitted_at"),
        occurred_at__lte=OuterRef("submitted_at") + window,
    )
    group = [by] if by else []
    last_answers = (
        ready.filter(~Exists(later))
        .annotate(loyal=Exists(came_back), blank_overall=_blank_code(asked, "overall"))
        .order_by()
        .values_list(*group, "version_id", "satisfaction", "blank_overall", "loyal")
        .annotate(
            n=Count("pk"),
            first=Min("submitted_on"),
            last=Max("submitted_on"),
            moment=Max("submitted_at"),
        )
    )
    cells, span = Counter(), Span()
    for *front, version_id, score, blank, loyal, count, first, last, moment in last_answers:
        span += Span(count, first, last, moment)
        level = _score_level(score, blank, asked[version_id].overall)
        cells[(*front, level, bool(loyal))] += count
    axes = [("score", (*scale.points, *OUTSIDE)), ("loyal", (False, True))]
    if by:
        axes.insert(0, ("group", sorted({cell[0] for cell in cells}, key=str)))
    return ObservedCounts(
        table=CountTable.from_cells(axes, [(*cell, n) for cell, n in cells.items()]),
        scale=scale,
        span=span,
        days=days,
        cutoff=cutoff,
        without_follow_up=apart["early"],
        without_customer=apart["unknown"],
        earlier_answers=apart["followed"] - span.responses,
    )


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


def distribution_counts(selection, key, *, questionnaires=None):
    """Count the answers to one closed question by one grouped query, or None if it is unknown.

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
    tally = _tally(selection, key, pooled)
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


def number_counts(selection, key, *, questionnaires=None):
    """Count the numbers given to one question by one grouped query."""
    known = questionnaires or published_questionnaires(selection.survey)
    asking = [q for q in known if q.item(key)]
    pooled = {q.version_id for q in asking if q.item(key).type == asking[0].item(key).type}
    return NumberCounts(asking[0].item(key), _tally(selection, key, pooled))


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


def written_counts(selection, key, *, questionnaires=None):
    """Count who wrote an answer to one open question, without reading one."""
    known = questionnaires or published_questionnaires(selection.survey)
    question = next(item for q in known if (item := q.item(key)))
    found = dict(
        selection.rows()
        .annotate(entry=EntryType(key))
        .order_by()
        .values_list("entry")
        .annotate(n=Count("pk"))
    )
    skipped, not_shown = found.pop("null", 0), found.pop(None, 0)
    return WrittenCounts(question, sum(found.values()), skipped, not_shown)


def _tally(selection, key, pooled):
    """The answers to one question by one grouped query."""
    rows = (
        selection.rows()
        .annotate(answer=KeyTextTransform(key, "answers"), entry=EntryType(key))
        .order_by()
        .values_list("version_id", "answer", "entry")
        .annotate(n=Count("pk"))
    )
    answers, skipped, not_shown, others = Counter(), 0, 0, 0
    for version_id, answer, entry, n in rows:
        if version_id not in pooled:
            others += n
        elif entry is None:
            not_shown += n
        elif entry == "null":
            skipped += n
        else:
            answers[answer] += n
    return Tally(answers, skipped, not_shown, others)


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


def _asked(survey, questionnaires):
    """Versions that ask overall satisfaction on the newest scale, by id, newest first."""
    if questionnaires is None:
        questionnaires = published_questionnaires(survey)
    asking = [q for q in questionnaires if q.overall and q.overall.values]
    return {q.version_id: q for q in asking if q.overall.values == asking[0].overall.values}


def _blank_codes(asked):
    return {f"blank_{role}": _blank_code(asked, role) for role in COLUMNS}


def _blank_code(asked, role):
    """What stands in the document where the column is empty: "does not apply", or nothing.

    Only questions that offer such a choice are looked up: for the others the
    database need not open a single document.
    """
    column = COLUMNS[role]
    questions = filter(None, (getattr(version, role) for version in asked.values()))
    keys = {q.key for q in questions if len(q.scored_choices) < len(q.choices)}
    cases = [
        When(
            Q(**{f"{column}__isnull": True, f"answers__{key}__isnull": False}),
            then=KeyTextTransform(key, "answers"),
        )
        for key in sorted(keys)
    ]
    return Case(*cases, default=Value(None), output_field=CharField())


def _levels(version, key):
    score, repurchase, recommendation, *blanks = key
    cut = _loyal_from(version)
    stated = _score_level(repurchase, blanks[1], version.repurchase)
    if stated not in OUTSIDE:
        stated = MISSING if cut is None else stated >= cut
    return (
        _score_level(score, blanks[0], version.overall),
        stated,
        _score_level(recommendation, blanks[2], version.recommendation),
    )


def _score_level(value, blank, question):
    if value is not None:
        return value
    choice = question.choice(blank) if question and blank else None
    return NOT_APPLICABLE if choice and not choice.is_scored else MISSING


def _loyal_from(version):
    return version.repurchase.loyal_from if version.repurchase else None


def _is_promoter(level):
    return level if level in OUTSIDE else level >= PROMOTER_FROM


def _renamed(table, name, change=lambda level: level):
    """The table with its last axis called "loyal" and its levels changed."""
    axes = [(axis.name, axis.levels) for axis in table.axes[:-1]]
    axes.append(("loyal", (False, True, *OUTSIDE)))
    cells = []
    for index, n in _cells(table):
        cells.append((*index[:-1], change(index[-1]), n))
    return CountTable.from_cells(axes, cells)


def _cells(table):
    for index in np.argwhere(table.n):
        levels = tuple(axis.levels[i] for axis, i in zip(table.axes, index, strict=True))
        yield levels, int(table.n[tuple(index)])
