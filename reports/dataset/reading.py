"""The answers of a survey in cells: days that are counted from the roll-up, the others row by row.

A figure is the same whether a day was counted before or not: which days are is
read first, so that a day that changes meanwhile is at worst counted anew.
"""

from collections import Counter
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Q, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from reports.models import Rollup, RollupDay
from surveys.attribute_groups import group_reader
from surveys.enums import AttributeKind, MeasureRole, QuestionType
from surveys.models import CustomerAttribute, Response

from .cells import Cells
from .classes import pairs_in_class
from .kept_days import kept_days
from .lists import keys_of, note_waves, waves_apart
from .memory import Memory
from .once import note, once
from .questionnaires import BLANKS, blank_codes, published_questionnaires, questionnaires_of_all

MOST_ROWS = 50_000
MOST_ATTEMPTS = 3
PROFILE = "profile-"
TRAIT = "trait-"
OF_ATTRIBUTE = "trait-attribute."
TRAITS = ("stage", "type", "role", "panel", "handler")
MOST_SUMS = 100
COUNTABLE = {"is_test": False, "awaits_mixing": False}
COLUMNS = {
    "day": "submitted_on",
    "version": "version_id",
    "placement": "placement_id",
    "segment": "segment_id",
    "channel": "channel",
    "language": "language",
    "touchpoint": "touchpoint",
    "link": "public_link_id",
    "wave": "wave_id",
    "satisfaction": "satisfaction",
    "repurchase": "repurchase",
    "recommendation": "recommendation",
    "is_excluded": "is_excluded",
}
PROFILE_TYPES = (QuestionType.SINGLE_CHOICE, QuestionType.YES_NO)


recent_sums = Memory(MOST_SUMS)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The counted days and the rest; `state` is the same only for the same answers.

    `is_live` is the condition of the responses that are counted row by row.
    """

    survey: object
    parts: tuple[Cells, ...]
    state: tuple
    is_live: Q
    states_of_days: dict

    def sums(self, selection, names):
        """How many responses of a selection have each combination of values of the columns."""
        name = (self.state, tuple(names), key_of(selection))
        return recent_sums.kept(name, lambda: self._sums(selection, names))

    def _sums(self, selection, names):
        conditions = conditions_of(selection)
        found = Counter()
        for part in self.parts:
            for *key, n in part.sums(names, met(part, conditions)):
                found[tuple(key)] += n
        return found

    @property
    def over(self):
        """Names the counted days, and changes whenever one of their answers does."""
        return self.survey.pk, self.state[0]

    @property
    def has_live_rows(self):
        """Whether any response is counted row by row."""
        return len(self.parts[1].n) > 0

    def has_changed(self):
        """Whether a day that is over has changed since they were read."""
        return _states_of_days([self.survey])[self.survey.pk] != self.states_of_days

    def met(self, part, selection):
        """Which cells of a part are selected; None for all."""
        return met(part, conditions_of(selection))


def profile_questions(questionnaires):
    """The profile questions that have one answer of a list, of all versions, newest first."""
    found = {}
    for questionnaire in questionnaires:
        for question in questionnaire.with_role(MeasureRole.PROFILE):
            if question.type in PROFILE_TYPES:
                found.setdefault(question.key, question)
    return found


def profile_column(key):
    """The name of the column of a profile question."""
    return PROFILE + key


def profile_columns(questionnaires):
    """The names of the columns of all profile questions."""
    return [profile_column(key) for key in profile_questions(questionnaires)]


def trait_columns():
    """The names of the columns of what is known of customers; of attributes, those with groups."""
    return [TRAIT + key for key in TRAITS] + [OF_ATTRIBUTE + one.code for one in _grouped()]


def groupings():
    """How the values of attributes are put into groups now."""
    return tuple((one.code, one.grouping) for one in _grouped())


def _grouped():
    has_groups = Q(kind=AttributeKind.CHOICE) | ~Q(grouping="")
    return once("attributes", lambda: list(CustomerAttribute.objects.filter(has_groups)))


def in_groups(cells):
    """The cells with the groups of those values that are put into groups."""
    names = {name for name in cells.values if name.startswith(OF_ATTRIBUTE)}
    for attribute in _grouped() if names else ():
        name = OF_ATTRIBUTE + attribute.code
        if attribute.grouping and name in names:
            cells = cells.derived(name, name, group_reader(attribute))
    return cells


def document_columns(questionnaires):
    """The names of all columns that are read from documents: profile questions and traits."""
    return [*profile_columns(questionnaires), *trait_columns()]


def from_document(name):
    """Where in a response the value of such a column stands."""
    if name.startswith(TRAIT):
        return Cast(KeyTextTransform(name.removeprefix(TRAIT), "traits"), TextField())
    return KeyTextTransform(name.removeprefix(PROFILE), "answers")


def column_names(questionnaires):
    """Every column of the cells of a survey."""
    return [*COLUMNS, *BLANKS, *document_columns(questionnaires)]


def counted_rows(rows, questionnaires, documents, *, first=()):
    """Rows of responses counted by every column and these of documents, by one query."""
    named = {f"document_{place}": from_document(name) for place, name in enumerate(documents)}
    return (
        rows.annotate(**blank_codes({q.version_id: q for q in questionnaires}), **named)
        .order_by()
        .values_list(*first, *COLUMNS.values(), *BLANKS, *named)
        .annotate(people=Count("pk"))
        .iterator()
    )


def countable(survey):
    """The responses of a survey that figures may rest on."""
    return Response.objects.filter(survey=survey, **COUNTABLE)


def reading_of(survey, questionnaires=None):
    """The answers in cells, or None where too few days are counted to be worth it."""
    return once(("reading", survey.pk), lambda: _read_one(survey, questionnaires))


def read_ahead(surveys):
    """Read many surveys by a few queries, within `one_reading`; profile questions are left out."""
    questionnaires = questionnaires_of_all(surveys)
    note_waves(surveys)
    found = _read(surveys, questionnaires, (*COLUMNS, *BLANKS), _complete_before(surveys))
    for survey in surveys:
        note(("questionnaires", survey.pk), questionnaires[survey.pk])
        note(("reading", survey.pk), found.get(survey.pk))


def _read_one(survey, questionnaires):
    complete_before = _complete_before([survey])
    if not complete_before:
        return None
    asked = questionnaires or published_questionnaires(survey)
    names = column_names(asked)
    return _read([survey], {survey.pk: asked}, names, complete_before).get(survey.pk)


def _complete_before(surveys):
    """The day before which all days are counted, of each survey that has one."""
    rollups = Rollup.objects.filter(survey__in=surveys).exclude(complete_before=None)
    return dict(rollups.values_list("survey", "complete_before"))


def _read(surveys, questionnaires, names, complete_before):
    """Read until no day that is over has changed meanwhile; given up where it goes on.

    How far the days are counted is read before the days themselves.
    """
    begun = [survey for survey in surveys if survey.pk in complete_before]
    days = _states_of_days(begun)
    for _attempt in range(MOST_ATTEMPTS if begun else 0):
        found = _read_once(begun, questionnaires, names, days, complete_before)
        before, days = days, _states_of_days(begun)
        if days == before:
            return found
    return {}


def _states_of_days(surveys):
    """Token and whether it is counted, of every day of each survey, by one statement."""
    days = RollupDay.objects.filter(survey__in=surveys).order_by()
    found = {survey.pk: {} for survey in surveys}
    for survey_id, day, *state in days.values_list("survey", "day", "token", "is_counted"):
        found[survey_id][day] = state
    return found


def _read_once(surveys, questionnaires, names, days, complete_before):
    counted = {
        pk: {
            day: token
            for day, (token, is_counted) in states.items()
            if is_counted and day < complete_before[pk]
        }
        for pk, states in days.items()
    }
    kept = kept_days(counted)
    asking = _asking(questionnaires, names)
    used = {pk: one.usable(counted[pk], asking) for pk, one in kept.items()}
    rest = {pk: _rest(pk, complete_before[pk], days[pk].keys() - used[pk]) for pk in used}
    live = _live_cells(surveys, questionnaires, names, rest)
    by_key = {survey.pk: survey for survey in surveys}
    return {
        pk: Reading(
            by_key[pk],
            (kept[pk].cells_of(used[pk], names), cells),
            (hash(frozenset((day, counted[pk][day]) for day in used[pk])), _digest(cells)),
            rest[pk],
            days[pk],
        )
        for pk, cells in live.items()
    }


def _rest(pk, complete_before, uncounted):
    """The condition of the responses that are counted row by row."""
    is_open = Q(submitted_on__gte=complete_before)
    return Q(survey=pk) & (is_open | Q(submitted_on__in=uncounted))


def _live_cells(surveys, questionnaires, names, rest):
    """The cells of these rows for each survey; a survey with too many is left out."""
    rows = Response.objects.filter(reduce(or_, rest.values()), **COUNTABLE)
    sizes = dict(rows.order_by().values_list("survey").annotate(n=Count("pk")))
    fitting = [survey for survey in surveys if sizes.get(survey.pk, 0) <= MOST_ROWS]
    found = {survey.pk: [] for survey in fitting}
    if any(sizes.get(pk) for pk in found):
        asked = [one for pk in found for one in questionnaires[pk]]
        documents = [name for name in names if name.startswith((PROFILE, TRAIT))]
        wanted = Response.objects.filter(reduce(or_, (rest[pk] for pk in found)), **COUNTABLE)
        for survey_id, *row in counted_rows(wanted, asked, documents, first=("survey",)):
            found[survey_id].append(row)
    return {pk: in_groups(Cells.from_rows(names, rows)) for pk, rows in found.items()}


def _digest(cells):
    return hash(
        (
            tuple(cells.values.items()),
            *(codes.tobytes() for codes in cells.codes.values()),
            cells.n.tobytes(),
        )
    )


def _asking(questionnaires, names):
    """For each profile column, the versions that may have answers to it."""
    every = [one for asked in questionnaires.values() for one in asked]
    return {
        name: {one.version_id for one in every if one.item(name.removeprefix(PROFILE))}
        for name in names
        if name.startswith(PROFILE)
    }


def conditions_of(selection):
    """What a selection asks of the columns, as functions of their values; of some, together."""
    found = {} if selection.with_excluded else {"is_excluded": lambda value: not value}
    if selection.placements is not None:
        found["placement"] = keys_of(selection.placements).__contains__
    if selection.wave is None and (apart := waves_apart(selection.survey)):
        found["wave"] = lambda value: value not in apart
    for name in ("segment", "wave"):
        if (chosen := getattr(selection, name)) is not None:
            found[name] = chosen.pk.__eq__
    for name in ("language", "channel"):
        if chosen := getattr(selection, name):
            found[name] = chosen.__eq__
    if selection.satisfaction_class:
        pairs = pairs_in_class(selection.survey, selection.satisfaction_class)
        found["version", "satisfaction"] = pairs.__contains__
    if selection.first_day or selection.last_day:
        found["day"] = _between(selection.first_day, selection.last_day)
    return found


def key_of(selection):
    """What tells one selection of a survey from another."""
    placements = selection.placements
    return (
        None if placements is None else keys_of(placements),
        selection.segment and selection.segment.pk,
        selection.wave and selection.wave.pk,
        waves_apart(selection.survey),
        selection.language,
        selection.channel,
        selection.satisfaction_class,
        selection.first_day,
        selection.last_day,
        selection.with_excluded,
    )


def _between(first, last):
    return lambda day: (first is None or day >= first) and (last is None or day <= last)


def met(cells, conditions):
    """Which cells meet all conditions on their columns; None for all."""
    met = None
    for asked, holds in conditions.items():
        name = asked if isinstance(asked, str) else "pair"
        if name == "pair":
            cells = cells.paired(name, asked)
        values = cells.values[name]
        wanted = {value for value in values if holds(value) is True}
        if len(wanted) < len(values):
            here = cells.is_in(name, wanted)
            met = here if met is None else met & here
    return met
