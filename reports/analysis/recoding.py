"""What the cells of a file mean: scores on a scale, and loyal or not."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from scoring.errors import ScaleError
from scoring.scales import FIVE_POINT, RECOMMENDATION, SEVEN_POINT, TEN_POINT, Scale

from .counting import number_in
from .errors import FileProblem

YES = frozenset(
    "1 yes y true t loyal stayed 是 是的 会 會 有 对 對 愿意 願意 忠诚 忠誠".split()  # noqa: SIM905
)
NO = frozenset(
    "0 no n false f disloyal left 否 不 不是 不会 不會 没有 沒有 无 無 不愿意 不願意".split()  # noqa: SIM905
) | {"not loyal"}
STANDARD_SCALES = (FIVE_POINT, SEVEN_POINT, TEN_POINT, RECOMMENDATION)
PROMOTER_FROM = 9
BLANK, STRANGE = "blank", "strange"


class LoyaltyKind(StrEnum):
    """How the loyalty column is read."""

    YES_NO = "yes-no"
    INTENTION = "intention"
    RECOMMENDATION = "recommendation"
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class LoyaltyRule:
    """Which cells of the loyalty column are loyal.

    `cut` belongs to an intention scale, `values` to a list of loyal values,
    `labels` are the words that an SPSS file has for its values.
    """

    kind: LoyaltyKind
    cut: float | None = None
    values: frozenset = frozenset()
    labels: dict | None = None

    def read(self, cell):
        """True, False, `BLANK`, or `STRANGE` for a cell that says neither."""
        if not cell:
            return BLANK
        if self.kind is LoyaltyKind.VALUES:
            return _plain(cell) in self.values
        if self.kind is LoyaltyKind.YES_NO:
            return self._yes_or_no(cell)
        number = number_in(cell)
        if number is None or (self.kind is LoyaltyKind.RECOMMENDATION and not _is_0_to_10(number)):
            return STRANGE
        cut = PROMOTER_FROM if self.kind is LoyaltyKind.RECOMMENDATION else self.cut
        return number >= cut

    def _yes_or_no(self, cell):
        for text in (self.labels or {}).get(_plain(cell), ""), cell:
            word = _plain(text).casefold()
            if word in YES or word in NO:
                return word in YES
        return STRANGE


def loyalty_rule(cells, column, *, kind=None, cut=None, values=(), labels=None):
    """The rule for these cells; what cannot be known from them must be said.

    Raises `FileProblem` when the column holds numbers that could be an
    intention scale as well as a recommendation.
    """
    if values:
        return LoyaltyRule(LoyaltyKind.VALUES, values=frozenset(map(_plain, values)))
    if kind is None and cut is not None:
        kind = LoyaltyKind.INTENTION
    if kind == LoyaltyKind.INTENTION and cut is None:
        raise FileProblem(_("An intention scale needs --loyal-from: the lowest loyal point."))
    if kind is not None:
        return LoyaltyRule(LoyaltyKind(kind), cut=cut, labels=labels)
    rule = LoyaltyRule(LoyaltyKind.YES_NO, labels=labels)
    known = [cell for cell in cells if cell]
    if any(rule.read(cell) is not STRANGE for cell in known) and not _holds_numbers(known, rule):
        return rule
    raise FileProblem(
        _(
            "Column “%(column)s” holds %(examples)s: say what is loyal, with --loyal-from for an "
            "intention scale, --loyalty-kind recommendation for 0 to 10, or --loyal-value."
        )
        % {"column": column, "examples": _examples(known)}
    )


def scale_named(text):
    """The scale of an option such as ``1-5``."""
    try:
        lowest, highest = (int(part) for part in text.replace("–", "-").split("-"))
        return Scale(lowest, highest)
    except (ValueError, ScaleError):
        raise FileProblem(
            _("A scale is written as lowest-highest, such as 1-5; got “%(text)s”.") % {"text": text}
        ) from None


def scale_for(cells, column):
    """The shortest usual scale that holds every whole number of the score column."""
    numbers = [number_in(cell) for cell in cells if cell]
    points = [number for number in numbers if number is not None and number == int(number)]
    if not points:
        raise FileProblem(
            _("Column “%(column)s” holds %(examples)s where a score is due.")
            % {"column": column, "examples": _examples([cell for cell in cells if cell])}
        )
    for scale in STANDARD_SCALES:
        if scale.lowest <= min(points) and max(points) <= scale.highest:
            return scale
    raise FileProblem(
        _("Column “%(column)s” runs from %(low)s to %(high)s; name its scale, such as --scale 1-5.")
        % {"column": column, "low": f"{min(points):g}", "high": f"{max(points):g}"}
    )


def score_in(cell, scale):
    """The point of the scale that a cell holds, `BLANK`, or `STRANGE`."""
    if not cell:
        return BLANK
    number = number_in(cell)
    if number is None or number != int(number) or not scale.lowest <= number <= scale.highest:
        return STRANGE
    return int(number)


def _plain(cell):
    """A cell without the form of a number: ``1.0`` and ``1,0`` are ``1``."""
    text = str(cell).strip()
    number = number_in(text)
    return f"{number:g}" if number is not None else text


def _is_0_to_10(number):
    return number == int(number) and 0 <= number <= RECOMMENDATION.highest


def _holds_numbers(cells, rule):
    """Whether there are numbers beside 0 and 1, so that 1 may not mean yes."""
    return any(number_in(cell) is not None and rule.read(cell) is STRANGE for cell in cells)


def _examples(cells):
    if not cells:
        return _("nothing")
    shown = ", ".join(f"“{cell[:30]}”" for cell in sorted(set(cells))[:6])
    return f"{shown}, …" if len(set(cells)) > 6 else shown
