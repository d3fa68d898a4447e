"""What the reports keep: issued bulletins and when they are due."""

from .edition import Edition, Paper, ReportLevel
from .published_page import PublishedPage
from .report import Delivery, EditionMail, Period, Report, ReportRun, Schedule

__all__ = [
    "Delivery",
    "Edition",
    "EditionMail",
    "Paper",
    "Period",
    "PublishedPage",
    "Report",
    "ReportLevel",
    "ReportRun",
    "Schedule",
]
