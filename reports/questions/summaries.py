"""Question by question: what was answered, counted as its type says."""

from dataclasses import dataclass, replace

import numpy as np
from django.conf import settings

from reports.dataset import (
    DistributionCounts,
    NumberCounts,
    WrittenCounts,
    distribution_counts,
    entries_counted,
    number_counts,
    pair_counts,
    written_counts,
)
from scoring.estimating import mean_estimate
from scoring.expectation import (
    AgainstExpectation,
    ComparedWithOthers,
    against_expectation,
    compared_with_others,
)
from scoring.gaps import GapResult, perceived_against_expected
from scoring.intervals import proportion
from scoring.nps import NetPromoterScore, nps
from scoring.results import Estimate
from scoring.satisfaction import Satisfaction, csat
from scoring.scales import RECOMMENDATION, Scale
from surveys.enums import MeasureRole, QuestionType
from surveys.question_types import handler_of
from surveys.question_types.answer_type import Counted


@dataclass(frozen=True, slots=True)
class Distribution:
    """How the answers to one closed question spread.

    `shares` belong to the choices of `question` that score; `satisfaction` is
    there for ratings, `net_score` for a recommendation, `against_expectation`
    and `compared` for their types and `gap` for the second half of a pair.
    Everything is None under the minimum base.
    """

    counts: DistributionCounts
    shares: tuple[Estimate, ...] | None = None
    satisfaction: Satisfaction | None = None
    net_score: NetPromoterScore | None = None
    against_expectation: AgainstExpectation | None = None
    compared: ComparedWithOthers | None = None
    gap: GapResult | None = None
    is_hidden: bool = False

    @property
    def question(self):
        """The question as asked."""
        return self.counts.question

    @property
    def is_put_first(self):
        """Whether the counts say how often each answer was put first."""
        return handler_of(self.question).counted is Counted.PUT_FIRST


@dataclass(frozen=True, slots=True)
class NumberSummary:
    """The numbers given to one question; `mean` is None under the minimum base."""

    counts: NumberCounts
    mean: Estimate | None

    @property
    def question(self):
        """The question as asked."""
        return self.counts.question


@dataclass(frozen=True, slots=True)
class WrittenSummary:
    """How many answered an open question."""

    counts: WrittenCounts

    @property
    def question(self):
        """The question as asked."""
        return self.counts.question


def question_summaries(selection, asked):
    """A summary of each question of the newest version, and of each row of one."""
    items = asked[0].items
    written = [item.key for item in items if handler_of(item).counted is Counted.ANSWERED]
    entries = entries_counted(selection, [item.key for item in items], written=written)
    summaries = [_summary(selection, item, asked, entries[item.key]) for item in items]
    pairs = [q for q in asked[0].questions if q.type == QuestionType.EXPECTATION_PAIR]
    gaps = {f"{pair.key}.perceived": _gap(selection, pair) for pair in pairs}
    return tuple(
        replace(summary, gap=gaps[summary.question.key])
        if summary.question.key in gaps and not summary.is_hidden
        else summary
        for summary in summaries
    )


def _summary(selection, item, asked, entries):
    counted = handler_of(item).counted
    if counted is Counted.NUMBERS:
        counts = number_counts(selection, item.key, entries, questionnaires=asked)
        return NumberSummary(counts, _mean(counts))
    if counted is Counted.ANSWERED:
        return WrittenSummary(written_counts(selection, item.key, entries, questionnaires=asked))
    return _distribution(
        distribution_counts(selection, item.key, questionnaires=asked, entries=entries)
    )


def _mean(counts):
    if counts.tally.respondents < settings.MINIMUM_BASE:
        return None
    numbers, respondents = zip(*counts.numbers, strict=True)
    return mean_estimate(np.repeat(numbers, respondents))


def _gap(selection, pair):
    """Perceived minus expected of those who answered both halves, or None under the base."""
    pairs = pair_counts(selection, pair)
    if sum(pairs.values()) < settings.MINIMUM_BASE:
        return None
    answers, respondents = zip(*sorted(pairs.items()), strict=True)
    expected, perceived = zip(*answers, strict=True)
    return perceived_against_expected(perceived, expected, counts=respondents)


def _distribution(counts):
    question = counts.question
    if counts.respondents < settings.MINIMUM_BASE:
        return Distribution(counts, is_hidden=True)
    if handler_of(question).counted is Counted.RATED:
        return _rated(counts)
    if question.type in THREE_WAY:
        return _three_way(counts)
    shares = tuple(
        proportion(counts.count_of(choice.code), counts.respondents)
        for choice in question.scored_choices
    )
    return Distribution(counts, shares)


def _rated(counts):
    question = counts.question
    scale = Scale(question.values[0], question.values[-1])
    filled = dict(zip(question.values, counts.scored_counts, strict=True))
    rated = csat(filled_on(scale, filled), scale=scale)
    if rated.base < settings.MINIMUM_BASE:
        return Distribution(counts, is_hidden=True)
    by_value = dict(zip(scale.points, rated.distribution, strict=True))
    shares = tuple(by_value[choice.value] for choice in question.scored_choices)
    is_recommendation = (
        question.role == MeasureRole.RECOMMENDATION and scale.points == RECOMMENDATION.points
    )
    net_score = nps(filled_on(scale, filled)) if is_recommendation else None
    return Distribution(counts, shares, rated, net_score)


THREE_WAY = {
    QuestionType.AGAINST_EXPECTATION: ("against_expectation", against_expectation),
    QuestionType.COMPARED_WITH_OTHERS: ("compared", compared_with_others),
}


def _three_way(counts):
    """Shares of the three answers; who says "does not apply" is not in their base."""
    scored = counts.scored_counts
    if sum(scored) < settings.MINIMUM_BASE:
        return Distribution(counts, is_hidden=True)
    name, measure = THREE_WAY[counts.question.type]
    shares = tuple(
        proportion(counts.count_of(choice.code), sum(scored))
        for choice in counts.question.scored_choices
    )
    return Distribution(counts, shares, **{name: measure(*scored)})


def filled_on(scale, counts):
    """A vector of counts with an entry for each point of the scale."""
    return [counts.get(point, 0) for point in scale.points]
