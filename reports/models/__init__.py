"""What the reports keep: issued bulletins, files of answers, and figures that a worker computed."""

from .answer_export import AnswerExport, CellContent, ExportFormat
from .edition import Edition, ReportLevel
from .stored_result import StoredResult

__all__ = [
    "AnswerExport",
    "CellContent",
    "Edition",
    "ExportFormat",
    "ReportLevel",
    "StoredResult",
]
