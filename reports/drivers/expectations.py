"""Basic and latent items apart: counts → scoring → what may be shown."""

from dataclasses import dataclass

import numpy as np
from django.conf import settings

from reports.dataset import LENGTHS, expectation_counts
from reports.dataset.expectations import LEVELS
from reports.suppression import hidden_cells
from scoring.expectation import BELOW, BEYOND, ItemKind, basic_and_latent
from scoring.results import Estimate, Reason, Status


@dataclass(frozen=True, slots=True)
class GroupResult:
    """The items of one level together; `items` are the questions as asked."""

    level: str
    items: tuple
    best: Estimate


@dataclass(frozen=True, slots=True)
class LengthResult:
    """Both groups among those whose relationship was as long at the answer."""

    length: str
    best: dict


@dataclass(frozen=True, slots=True)
class ExpectationGroups:
    """Both groups, and the same by length of the relationship where that may be told."""

    groups: tuple[GroupResult, ...]
    lengths: tuple[LengthResult, ...] = ()


def expectation_groups(selection, asked=None):
    """The groups of marked items, or None where the newest version marks none."""
    counts = expectation_counts(
        selection, questionnaires=asked, by_length=_tells_lengths(selection)
    )
    if counts is None:
        return None
    levels = [level for level in LEVELS if counts.items[level]]
    groups = tuple(
        GroupResult(level, counts.items[level], _best(level, counts.of(level))) for level in levels
    )
    return ExpectationGroups(groups, tuple(_lengths(counts, levels)))


def _hidden(reason):
    return Estimate(None, None, None, 0, 0.0, 0.95, "t", Status.SUPPRESSED, (reason,))


def _tells_lengths(selection):
    """Whether lengths may be looked at: of known customers, all answers, and no part of them."""
    parts = (
        selection.segment,
        selection.language,
        selection.channel,
        selection.satisfaction_class,
        selection.wave,
        selection.first_day,
        selection.last_day,
        selection.with_excluded,
    )
    return not selection.survey.is_anonymous and selection.placements is None and not any(parts)


def _lengths(counts, levels):
    """Each length with the figures that tell nothing about single customers."""
    names = [length for length in LENGTHS if any(band == length for band, _ in counts.respondents)]
    if len(names) < 2:
        return
    found = {level: [counts.of(level, length) for length in names] for level in levels}
    hidden = {
        level: hidden_cells([row.total() for row in rows], minimum=settings.MINIMUM_BASE)
        for level, rows in found.items()
    }
    for place, length in enumerate(names):
        yield LengthResult(
            length,
            {
                level: _hidden(Reason.COMPLEMENTARY)
                if place in hidden[level]
                else _best(level, rows[place])
                for level, rows in found.items()
            },
        )


def _best(level, respondents):
    """The mean share of best answers, each respondent counting once."""
    if 0 < respondents.total() < settings.MINIMUM_BASE:
        return _hidden(Reason.BELOW_THRESHOLD)
    kind = ItemKind(str(level))
    most = max((answered for _best, answered in respondents), default=1)
    patterns = [
        [BEYOND] * best + [BELOW] * (answered - best) + [np.nan] * (most - answered)
        for best, answered in respondents
    ]
    rows = np.repeat(np.array(patterns).reshape(-1, most), list(respondents.values()), axis=0)
    result = basic_and_latent(rows, kinds=[kind] * most)
    return (result.basic if kind is ItemKind.BASIC else result.latent).delighted
