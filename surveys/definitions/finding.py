"""What is said about a questionnaire before it is published."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about a questionnaire, and the question it is about."""

    sentence: str
    is_error: bool = False
    question_key: str | None = None
