"""One remark about a questionnaire."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about a questionnaire, and the question it is about.

    `kind` names the rule that spoke; `keys` are the questions where there are several.
    """

    sentence: str
    is_error: bool = False
    question_key: str | None = None
    kind: str = ""
    keys: tuple[str, ...] = ()

    def is_about(self, key):
        """Whether this question is meant, alone or among others."""
        return key == self.question_key or key in self.keys
