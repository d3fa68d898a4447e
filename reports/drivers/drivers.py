"""Which questions go together with overall satisfaction: what a worker computes and keeps.

Everything is a share of explained variance or a contrast within one
regression: what goes together, and no proof of what would change what.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from django.conf import settings

from reports.dataset import DriverAnswers, driver_answers
from scoring.drivers import KeyDrivers, key_drivers
from scoring.penalty_reward import PenaltyRewardResult, penalty_reward
from scoring.performance_map import PerformanceMap, performance_map
from scoring.results import Status
from scoring.scales import Scale

HUNDRED = Scale(0, 100)
LOW_UP_TO, HIGH_FROM = 25, 100
PER_DRIVER = 10
ALIKE_FROM = 0.8


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two questions that are answered almost alike."""

    first: str
    second: str
    correlation: float


@dataclass(frozen=True, slots=True)
class DriverAnalysis:
    """The drivers of overall satisfaction in one selection; names are question keys.

    `needed` is how many complete answers the model must have. `dimensions` is
    None with fewer than two of them.
    """

    responses: int
    first_day: str | None
    last_day: str | None
    needed: int
    items: KeyDrivers
    map: PerformanceMap
    contrasts: PenaltyRewardResult | None
    dimensions: KeyDrivers | None
    alike: tuple[AlikePair, ...]
    other_versions: int

    @property
    def is_refused(self):
        """Whether there is no model."""
        return self.items.status is not Status.OK


def driver_analysis(selection, *, seed):
    """Count, fit and resample; the same seed and answers give the same figures.

    Returns None when the survey does not ask for overall satisfaction and at
    least one attribute.
    """
    answers = driver_answers(selection)
    return None if answers is None else analysis_of(answers, seed=seed)


def analysis_of(answers: DriverAnswers, *, seed, resamples=1000):
    """The analysis of answers that are already counted."""
    options = {"seed": seed, "resamples": resamples}
    items = _model(answers.ratings, answers.outcome, answers.keys, **options)
    fitted = items.status is Status.OK
    used = [driver.name for driver in items.drivers]
    columns = [answers.keys.index(key) for key in used]
    return DriverAnalysis(
        responses=answers.span.responses,
        first_day=answers.span.first_day and answers.span.first_day.isoformat(),
        last_day=answers.span.last_day and answers.span.last_day.isoformat(),
        needed=answers_needed(answers.keys),
        items=items,
        map=performance_map(items, scale=HUNDRED),
        contrasts=penalty_reward(
            answers.ratings[:, columns],
            answers.outcome,
            low_max=LOW_UP_TO,
            high_min=HIGH_FROM,
            names=used,
        )
        if fitted
        else None,
        dimensions=_dimensions(answers, used, **options) if fitted else None,
        alike=_alike(answers.ratings[:, columns], used) if fitted else (),
        other_versions=answers.other_versions,
    )


def answers_needed(names):
    """How many complete answers a model of so many drivers must have."""
    return max(settings.MINIMUM_BASE, PER_DRIVER * len(names))


def _model(ratings, outcome, names, *, seed, resamples):
    return key_drivers(
        ratings,
        outcome,
        names=names,
        generator=np.random.default_rng(seed),
        resamples=resamples,
        minimum_per_driver=answers_needed(names) / max(1, len(names)),
    )


def _dimensions(answers, used, **options):
    """Drivers again, with the mean of the questions of a dimension in place of each question."""
    members = {}
    for key in used:
        if dimension := answers.dimensions.get(key):
            members.setdefault(dimension, []).append(answers.keys.index(key))
    if len(members) < 2 or len(members) == len(used):
        return None
    means = np.column_stack([answers.ratings[:, own].mean(axis=1) for own in members.values()])
    return _model(means, answers.outcome, tuple(members), **options)


def _alike(ratings, names):
    complete = ratings[~np.isnan(ratings).any(axis=1)]
    matrix = np.corrcoef(complete, rowvar=False).reshape(len(names), len(names))
    pairs = [
        AlikePair(names[i], names[j], float(matrix[i, j]))
        for i, j in combinations(range(len(names)), 2)
        if matrix[i, j] >= ALIKE_FROM
    ]
    return tuple(sorted(pairs, key=lambda pair: -pair.correlation))
