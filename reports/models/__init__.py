"""What the reports keep: issued bulletins, figures that a worker computed, records of trends."""

from .edition import Edition, ReportLevel
from .stored_result import ResultKind, StoredResult
from .trend_records import FrozenLimits, NotedChange

__all__ = ["Edition", "FrozenLimits", "NotedChange", "ReportLevel", "ResultKind", "StoredResult"]
