"""What the reports keep: issued bulletins, and figures that a worker computed."""

from .edition import Edition, ReportLevel
from .stored_result import StoredResult

__all__ = ["Edition", "ReportLevel", "StoredResult"]
