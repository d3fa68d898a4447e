"""What is known of a visit besides its answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Circumstances:
    """`codes` are what rules compare, `words` what texts may name; both by subject.

    An anonymous survey is given no subject that begins with ``customer.``.
    """

    language: str = ""
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def codes_of(self, subject):
        """The codes of a subject; none when it is not known."""
        if subject == "language":
            return (self.language,) if self.language else ()
        return self.codes.get(subject, ())
