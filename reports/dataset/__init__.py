"""The only door from rows to counts: one grouped query makes one count table.

Counts are a sufficient statistic, so every later step costs as much for ten
answers as for ten million. Skipped, "does not apply" and not shown are kept
apart; test answers are never counted, and those that staff left out only on demand.
"""

from .accounts import AccountAnswers, account_answers
from .answers import (
    DistributionCounts,
    NumberCounts,
    Tally,
    WrittenCounts,
    distribution_counts,
    number_counts,
    pair_counts,
    written_counts,
)
from .cells import Cells, in_no_order, packed, unpacked
from .comments import Comment, comment_questions, comments_in, margin, scored
from .cube import Cube, cube_of, data_state, forget_cells, months_of
from .customers import (
    CustomerCounts,
    Days,
    SideCounts,
    ValuedAnswers,
    customer_counts,
    last_event_day,
    side_counts,
    valued_answers,
)
from .driver_answers import DriverAnswers, driver_answers
from .entries import EntryType, entries_counted
from .expectations import LENGTHS, UNKNOWN, ExpectationCounts, expectation_counts
from .follow_up_rows import followed, joined_with_events, needs_follow_up
from .lists import keys_of, known_segments, names_of_waves_apart, waves_of
from .measures import PROMOTER_FROM, MeasureCounts, measure_counts, with_last_moment
from .observed import ObservedCounts, observed_counts
from .once import note, once, one_reading
from .periods import BY_DAY, BY_WAVE, PeriodCounts, period_counts
from .questionnaires import OUTSIDE, published_questionnaires, scale_of, takes_answers
from .reading import (
    column_names,
    countable,
    counted_rows,
    document_columns,
    in_groups,
    profile_questions,
    read_ahead,
    reading_of,
)
from .rows import AnswerRow, row_keys, rows_in_order, values_in_use, versions_in_use
from .selection import Selection, Span

__all__ = [
    "BY_DAY",
    "BY_WAVE",
    "LENGTHS",
    "OUTSIDE",
    "PROMOTER_FROM",
    "UNKNOWN",
    "AccountAnswers",
    "AnswerRow",
    "Cells",
    "Comment",
    "Cube",
    "CustomerCounts",
    "Days",
    "DistributionCounts",
    "DriverAnswers",
    "EntryType",
    "ExpectationCounts",
    "MeasureCounts",
    "NumberCounts",
    "ObservedCounts",
    "PeriodCounts",
    "Selection",
    "SideCounts",
    "Span",
    "Tally",
    "ValuedAnswers",
    "WrittenCounts",
    "account_answers",
    "column_names",
    "comment_questions",
    "comments_in",
    "countable",
    "counted_rows",
    "cube_of",
    "customer_counts",
    "data_state",
    "distribution_counts",
    "document_columns",
    "driver_answers",
    "entries_counted",
    "expectation_counts",
    "followed",
    "forget_cells",
    "in_groups",
    "in_no_order",
    "joined_with_events",
    "keys_of",
    "known_segments",
    "last_event_day",
    "margin",
    "measure_counts",
    "months_of",
    "names_of_waves_apart",
    "needs_follow_up",
    "note",
    "number_counts",
    "observed_counts",
    "once",
    "one_reading",
    "packed",
    "pair_counts",
    "period_counts",
    "profile_questions",
    "published_questionnaires",
    "read_ahead",
    "reading_of",
    "row_keys",
    "rows_in_order",
    "scale_of",
    "scored",
    "side_counts",
    "takes_answers",
    "unpacked",
    "valued_answers",
    "values_in_use",
    "versions_in_use",
    "waves_of",
    "with_last_moment",
    "written_counts",
]
