"""A survey of another tool in the words that all tools share, and the list of what was lost.

Each reader makes an `Outline`; `mapping.py` turns it into a document of ours.
"""

from dataclasses import asdict, dataclass, field
from enum import StrEnum

from surveys.enums import Fate

from .conditions import Wanted
from .markup import excerpt


class Kind(StrEnum):
    """What a question of any tool asks for."""

    SCALE = "scale"
    YES_NO = "yes_no"
    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    RANKING = "ranking"
    NUMBER = "number"
    DATE = "date"
    EMAIL = "email"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NOTE = "note"


@dataclass(slots=True)
class Option:
    """One possible answer, or one row of a grid; `value` is None unless the file gives one."""

    code: str
    label: dict
    value: int | None = None
    is_exclusive: bool = False


@dataclass(slots=True)
class Asked:
    """One question; with `rows`, each of them is asked with the same answers.

    `place` is how the file's own tool names it, so that it can be found there.
    `given_range` holds a number's least and greatest value. `change` says why
    it is only something similar to what the file asks. `wanted` is the condition
    under which it is asked, `aliases` are further names that conditions use.
    """

    place: str
    name: str
    kind: Kind
    text: dict
    hint: dict = field(default_factory=dict)
    is_required: bool = False
    options: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    other: dict | None = None
    given_range: tuple = (None, None)
    wanted: Wanted | None = None
    aliases: tuple = ()
    decimals: int = 0
    is_shuffled: bool = False
    has_stars: bool = False
    change: str = ""


@dataclass(slots=True)
class Part:
    """Questions that stand together."""

    title: dict
    place: str = ""
    wanted: Wanted | None = None
    questions: list = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one thing in the file."""

    place: str
    what: str
    fate: str
    reason: str = ""


@dataclass(slots=True)
class Outline:
    """A survey of another tool."""

    tool: str
    title: dict = field(default_factory=dict)
    default_language: str = ""
    languages: list = field(default_factory=list)
    introduction: dict = field(default_factory=dict)
    thanks: dict = field(default_factory=dict)
    parts: list = field(default_factory=list)
    lines: list = field(default_factory=list)

    def kept(self, place, what, reason=""):
        """Note that something came over whole."""
        self.lines.append(Line(place, excerpt(what), Fate.KEPT, str(reason)))

    def approximated(self, place, what, reason):
        """Note that something came over as something similar."""
        self.lines.append(Line(place, excerpt(what), Fate.APPROXIMATED, str(reason)))

    def dropped(self, place, what, reason):
        """Note that something did not come over."""
        self.lines.append(Line(place, excerpt(what), Fate.DROPPED, str(reason)))


def plain_lines(lines):
    """Lines of a report as they are stored."""
    return [asdict(line) | {"fate": str(line.fate)} for line in lines]
