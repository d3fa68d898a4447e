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
from .measures import PROMOTER_FROM, MeasureCounts, measure_counts
from .observed import ObservedCounts, observed_counts
from .questionnaires import OUTSIDE, published_questionnaires, scale_of
from .selection import Selection, Span

__all__ = [
    "OUTSIDE",
    "PROMOTER_FROM",
    "Comment",
    "DistributionCounts",
    "EntryType",
    "MeasureCounts",
    "NumberCounts",
    "ObservedCounts",
    "Selection",
    "Span",
    "Tally",
    "WrittenCounts",
    "comment_questions",
    "comments_in",
    "distribution_counts",
    "margin",
    "measure_counts",
    "number_counts",
    "observed_counts",
    "pair_counts",
    "published_questionnaires",
    "scale_of",
    "scored",
    "unit_margin",
    "written_counts",
]
