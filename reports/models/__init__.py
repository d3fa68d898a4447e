"""What the reports keep: bulletins, files of answers, computed figures, views, trend records."""

from .answer_export import AnswerExport, CellContent, ExportFormat
from .comment_tag import CommentTag, LastTagging, TaggedComment
from .edition import Edition, Paper, ReportLevel
from .follow_up import FollowUp
from .published_page import PublishedPage
from .report import Delivery, EditionMail, Period, Report, ReportRun, Schedule
from .rollup import Rollup, RollupDay
from .saved_view import SavedView
from .stored_result import ResultKind, StoredResult
from .trend_records import FrozenLimits, NotedChange

__all__ = [
    "AnswerExport",
    "CellContent",
    "CommentTag",
    "Delivery",
    "Edition",
    "EditionMail",
    "ExportFormat",
    "FollowUp",
    "FrozenLimits",
    "LastTagging",
    "NotedChange",
    "Paper",
    "Period",
    "PublishedPage",
    "Report",
    "ReportLevel",
    "ReportRun",
    "ResultKind",
    "Rollup",
    "RollupDay",
    "SavedView",
    "Schedule",
    "StoredResult",
    "TaggedComment",
]
