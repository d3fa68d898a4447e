"""The only door from rows to counts: one grouped query makes one count table.

Counts are a sufficient statistic, so every later step costs as much for ten
answers as for ten million. Skipped, "does not apply" and not shown are kept
apart; test answers are never counted, and those that staff left out only on demand.
"""

from .answers import (
    DistributionCounts,
    EntryType,
    NumberCounts,
    Tally,
    WrittenCounts,
    distribution_counts,
    number_counts,
    pair_counts,
    written_counts,
)
from .comments import Comment, comment_questions, comments_in, margin, scored, unit_margin
from .cube import Cube, cube_of, data_state, months_of, profile_questions
from .driver_answers import DriverAnswers, driver_answers
from .measures import PROMOTER_FROM, MeasureCounts, measure_counts
from .observed import ObservedCounts, observed_counts
from .periods import BY_DAY, BY_WAVE, PeriodCounts, period_counts
from .questionnaires import OUTSIDE, published_questionnaires, scale_of
from .rows import AnswerRow, row_keys, rows_in_order, values_in_use, versions_in_use
from .selection import Selection, Span

__all__ = [
    "BY_DAY",
    "BY_WAVE",
    "OUTSIDE",
    "PROMOTER_FROM",
    "AnswerRow",
    "Comment",
    "Cube",
    "DistributionCounts",
    "DriverAnswers",
    "EntryType",
    "MeasureCounts",
    "NumberCounts",
    "ObservedCounts",
    "PeriodCounts",
    "Selection",
    "Span",
    "Tally",
    "WrittenCounts",
    "comment_questions",
    "comments_in",
    "cube_of",
    "data_state",
    "distribution_counts",
    "driver_answers",
    "margin",
    "measure_counts",
    "months_of",
    "number_counts",
    "observed_counts",
    "pair_counts",
    "period_counts",
    "profile_questions",
    "published_questionnaires",
    "row_keys",
    "rows_in_order",
    "scale_of",
    "scored",
    "unit_margin",
    "values_in_use",
    "versions_in_use",
    "written_counts",
]
