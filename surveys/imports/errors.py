"""What can be wrong with a file, and with one row of it."""

from surveys.errors import SurveyError


class FileRefused(SurveyError):
    """The file cannot be used at all; the text is one sentence for whoever brought it."""


class RowRefused(SurveyError):
    """One row cannot be used; the text says why."""
