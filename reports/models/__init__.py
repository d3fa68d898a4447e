"""What the reports keep: bulletins and when they are due, computed figures, records of trends."""

from .edition import Edition, Paper, ReportLevel
from .published_page import PublishedPage
from .report import Delivery, EditionMail, Period, Report, ReportRun, Schedule
from .stored_result import ResultKind, StoredResult
from .trend_records import FrozenLimits, NotedChange

__all__ = [
    "Delivery",
    "Edition",
    "EditionMail",
    "FrozenLimits",
    "NotedChange",
    "Paper",
    "Period",
    "PublishedPage",
    "Report",
    "ReportLevel",
    "ReportRun",
    "ResultKind",
    "Schedule",
    "StoredResult",
]
