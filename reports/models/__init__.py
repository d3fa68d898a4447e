"""What the reports keep: issued bulletins, and figures that a worker computed."""

from .edition import Edition, ReportLevel
from .stored_result import ResultKind, StoredResult

__all__ = ["Edition", "ReportLevel", "ResultKind", "StoredResult"]
