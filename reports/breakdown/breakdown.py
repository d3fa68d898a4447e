"""One measure by one or two attributes: what screen and files show of it.

Groups that may not be shown are taken out here and say so; `rows` gives the
same as a plain table.
"""

from dataclasses import dataclass, replace

import numpy as np

from reports.attributes import Attribute
from reports.dataset import cube_of
from reports.disclosure import disclosure_of
from scoring.p_adjustment import adjust_p
from scoring.results import Estimate

from .measures import BrokenMeasure

LEVEL = 0.05
MOST_GROUPS = 400
SORTS = ("stake", "value", "base", "name")


@dataclass(frozen=True, slots=True)
class Group:
    """The people with one value of each attribute; without figures where it is hidden."""

    values: tuple
    names: tuple[str, ...]
    estimate: Estimate | None = None
    difference: float | None = None
    p_adjusted: float | None = None
    at_stake: int | None = None
    share_of_stake: float | None = None

    @property
    def is_hidden(self):
        """Whether its figures were taken out."""
        return self.estimate is None

    @property
    def is_different(self):
        """Whether it differs from all others, after correction for the number of groups."""
        return self.p_adjusted is not None and self.p_adjusted < LEVEL


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A measure by attributes; `obstacle` says why there is none: "too_few" or "too_many"."""

    measure: BrokenMeasure
    attributes: tuple[Attribute, ...]
    groups: tuple[Group, ...] = ()
    total: Estimate | None = None
    obstacle: str = ""

    def names_of(self, values):
        """The names of one value of each attribute."""
        return tuple(a.names[value] for a, value in zip(self.attributes, values, strict=True))

    @property
    def shown(self):
        """The groups with figures."""
        return tuple(group for group in self.groups if not group.is_hidden)

    @property
    def hidden_count(self):
        """How many groups were taken out."""
        return len(self.groups) - len(self.shown)

    def rows(self):
        """A header, and a row of full-precision numbers for each group."""
        head = (
            *(attribute.key for attribute in self.attributes),
            self.measure.key,
            "low",
            "high",
            "base",
            "difference_from_the_rest",
            "p_holm",
            "at_stake",
        )
        return head, tuple(_row(group) for group in self.groups)


def breakdown(answered, measure, attributes, conditions, *, sort="stake"):
    """Break a measure down by one or two attributes among those who meet the conditions.

    `answered` holds the cells of `answered_cube`.
    """
    empty = Breakdown(measure, tuple(attributes))
    rule = disclosure_of(answered)
    if not rule.shows(conditions):
        return replace(empty, obstacle="too_few")
    cells = answered.where(answered.is_in(conditions))
    total = counts_of(cells, measure)
    keys = [attribute.key for attribute in attributes]
    groups = counts_by_group(cells, measure, keys)
    if len(groups) > MOST_GROUPS:
        return replace(empty, obstacle="too_many")
    found = [
        _group(empty, values, n, total)
        if rule.shows(conditions | dict(zip(keys, values, strict=True)))
        else Group(values, empty.names_of(values))
        for values, n in groups
    ]
    return replace(
        empty,
        groups=tuple(_sorted(_corrected(found), sort)),
        total=measure.estimate(total),
    )


def answered_cube(selection, questionnaires, measure):
    """The cells of those who answered the question, each with the place of its answer."""
    return answered_cube_within(selection.universe, questionnaires, measure)


def answered_cube_within(selection, questionnaires, measure):
    """The same of the answers of a selection alone, for a reader who sees nothing else."""
    cube = cube_of(selection, questionnaires, column=measure.column, key=measure.item_key)
    return cube.remember("answered", lambda: _answered(cube, measure))


def _answered(cube, measure):
    pairs = zip(cube.versions.tolist(), cube.answers.tolist(), strict=True)
    places = np.array([-1 if (p := measure.level_of(*pair)) is None else p for pair in pairs], int)
    kept = cube.where(places >= 0)
    return replace(kept, answers=places[places >= 0])


def counts_of(cells, measure):
    """How many people are at each point of the measure."""
    size = len(measure.points)
    return np.bincount(cells.answers.astype(int), weights=cells.n, minlength=size).astype(int)


def counts_by_group(cells, measure, keys):
    """For each combination of values that somebody has: the values and the counts."""
    if not len(cells.n):
        return []
    columns = [cells.columns[key] for key in keys]
    stacked = np.stack([column.codes for column in columns], axis=1)
    codes, group_of = np.unique(stacked, axis=0, return_inverse=True)
    table = np.zeros((len(codes), len(measure.points)), dtype=int)
    np.add.at(table, (group_of.reshape(-1), cells.answers.astype(int)), cells.n)
    return [
        (tuple(c.values[code] for c, code in zip(columns, row, strict=True)), table[place])
        for place, row in enumerate(codes)
    ]


def _group(found_in, values, n, total):
    measure, names = found_in.measure, found_in.names_of(values)
    estimate, rest = measure.estimate(n), total - n
    at_stake, stakes = measure.at_stake(n), measure.at_stake(total)
    found = Group(values, names, estimate, at_stake=at_stake)
    if rest.sum():
        compared = measure.against_rest(n, rest)
        found = replace(
            found, difference=compared.difference.value, p_adjusted=compared.test.p_value
        )
    return replace(found, share_of_stake=at_stake / stakes if stakes else None)


def _corrected(groups):
    adjusted = adjust_p([group.p_adjusted for group in groups])
    return [replace(g, p_adjusted=p) for g, p in zip(groups, adjusted, strict=True)]


def _sorted(groups, sort):
    orders = {
        "stake": lambda group: -group.at_stake,
        "value": lambda group: group.estimate.value,
        "base": lambda group: -group.estimate.base,
        "name": lambda group: group.names,
    }
    shown = sorted((group for group in groups if not group.is_hidden), key=orders[sort])
    return [*shown, *sorted((g for g in groups if g.is_hidden), key=lambda group: group.names)]


def _row(group):
    if group.is_hidden:
        return (*group.names, *(None,) * 7)
    estimate = group.estimate
    return (
        *group.names,
        estimate.value,
        estimate.low,
        estimate.high,
        estimate.base,
        group.difference,
        group.p_adjusted,
        group.at_stake,
    )
