"""What the reports keep: issued bulletins, figures that a worker computed, tags of comments."""

from .comment_tag import CommentTag, LastTagging, TaggedComment
from .edition import Edition, ReportLevel
from .stored_result import StoredResult

__all__ = [
    "CommentTag",
    "Edition",
    "LastTagging",
    "ReportLevel",
    "StoredResult",
    "TaggedComment",
]
