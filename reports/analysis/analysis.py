"""From a file to a curve: read, count, recode, score."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from scoring.counts import CountTable
from scoring.curve_findings import curve_findings
from scoring.loyalty import Bend, LoyaltyCurve, bend, loyalty_curve
from scoring.scales import Scale

from .counting import Columns, column_named, count_rows
from .errors import FileProblem
from .recoding import (
    BLANK,
    STRANGE,
    LoyaltyKind,
    LoyaltyRule,
    loyalty_rule,
    scale_for,
    scale_named,
    score_in,
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the analyst asked for; anything left out is told from the file or refused."""

    score: str
    loyalty: str
    weight: str | None = None
    segment: str | None = None
    scale: str | None = None
    loyalty_kind: str | None = None
    loyal_from: float | None = None
    loyal_values: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    confidence: float = 0.95


@dataclass(frozen=True)
class Group:
    """The curve of everybody, or of one segment."""

    name: str
    curve: LoyaltyCurve
    bend: Bend
    findings: tuple
    hides_points = False

    @property
    def points(self):
        """Every point: a file of one's own hides nothing."""
        return self.curve.points

    @property
    def step(self):
        """The best score against the next."""
        return self.curve.top_against_next


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that is said about one file.

    `rows` meet the conditions and `filtered_out` do not; of the former,
    `unusable` counts those that are in no figure, by reason.
    """

    file: str
    columns: Columns
    scale: Scale
    scale_is_told: bool
    rule: LoyaltyRule
    rows: int
    filtered_out: int
    unusable: dict
    whole: Group
    segments: tuple[Group, ...] = ()
    weighted: bool = False
    conditions: tuple[str, ...] = field(default=())

    @property
    def used(self):
        """Rows in the curve."""
        return self.whole.curve.base


def analyse(table, wishes):
    """The analysis of a table that was opened; raises `FileProblem`."""
    columns = Columns(
        score=column_named(table, wishes.score),
        loyalty=column_named(table, wishes.loyalty),
        weight=wishes.weight and column_named(table, wishes.weight),
        segment=wishes.segment and column_named(table, wishes.segment),
    )
    conditions = [_condition(table, text) for text in wishes.conditions]
    raw = count_rows(table, columns, conditions=conditions)
    if not raw.rows and raw.filtered:
        raise FileProblem(_("No row of %(file)s meets the condition.") % {"file": table.name})
    if not raw.rows:
        raise FileProblem(_("%(file)s has column names but no rows.") % {"file": table.name})
    if raw.too_long * 2 > raw.rows:
        raise FileProblem(
            _(
                "Most rows of %(file)s have more fields than there are column names, for example "
                "because of a decimal comma between commas."
            )
            % {"file": table.name}
        )
    return _scored(table, wishes, columns, raw)


def _scored(table, wishes, columns, raw):
    outside = set(wishes.not_applicable)
    scores = {score for score, _loyal, _segment in raw.cells} - outside
    loyalties = {loyal for _score, loyal, _segment in raw.cells} - outside
    scale = scale_named(wishes.scale) if wishes.scale else scale_for(scores, columns.score)
    rule = loyalty_rule(
        loyalties,
        columns.loyalty,
        kind=wishes.loyalty_kind,
        cut=wishes.loyal_from,
        values=wishes.loyal_values,
        labels=table.labels.get(columns.loyalty),
    )
    unusable = Counter(malformed=raw.too_long, weight=raw.bad_weights)
    cells = []
    for (score, loyal, segment), sums in raw.cells.items():
        if score in outside or loyal in outside:
            unusable["not_applicable"] += sums[0]
            continue
        point, is_loyal = score_in(score, scale), rule.read(loyal)
        reason = _reason(point, is_loyal)
        if reason:
            unusable[reason] += sums[0]
        else:
            cells.append((segment, point, is_loyal, *sums))
    if not cells:
        raise FileProblem(_nothing_usable(table, columns))
    names = sorted({segment for segment, *_rest in cells})
    counts = CountTable.from_cells(
        [("segment", names), ("score", scale.points), ("loyal", (False, True))], cells
    )
    return Analysis(
        file=table.name,
        columns=columns,
        scale=scale,
        scale_is_told=bool(wishes.scale),
        rule=rule,
        rows=raw.rows,
        filtered_out=raw.filtered,
        unusable={reason: n for reason, n in unusable.items() if n},
        whole=_group("", counts.sum_to("score", "loyal"), scale, wishes.confidence),
        segments=tuple(
            _group(
                _segment_name(name, table, columns),
                counts.where(segment=name),
                scale,
                wishes.confidence,
            )
            for name in names
            if columns.segment
        ),
        weighted=bool(columns.weight),
        conditions=wishes.conditions,
    )


def _group(name, counts, scale, confidence):
    curve = loyalty_curve(counts, scale=scale, confidence=confidence)
    return Group(name, curve, bend(curve), curve_findings(curve))


def _reason(point, is_loyal):
    """Why a row is in no figure, or None."""
    if point is BLANK:
        return "score_blank"
    if point is STRANGE:
        return "score_unreadable"
    if is_loyal is BLANK:
        return "loyalty_blank"
    return "loyalty_unreadable" if is_loyal is STRANGE else None


def _nothing_usable(table, columns):
    return _(
        "No row of %(file)s has both a score in “%(score)s” and a known loyalty in “%(loyalty)s”."
    ) % {"file": table.name, "score": columns.score, "loyalty": columns.loyalty}


def _condition(table, text):
    name, sign, value = text.partition("=")
    if not sign:
        raise FileProblem(
            _("A condition is written as column=value, such as year=2017; got “%(text)s”.")
            % {"text": text}
        )
    return column_named(table, name.strip()), value.strip()


def _segment_name(value, table, columns):
    labels = table.labels.get(columns.segment, {})
    return labels.get(value, value) or _("(blank)")


def loyalty_words(rule, column):
    """What counts as loyal, in words."""
    if rule.kind is LoyaltyKind.VALUES:
        values = ", ".join(sorted(rule.values))
        return _("%(column)s = %(values)s") % {"column": column, "values": values}
    if rule.kind is LoyaltyKind.INTENTION:
        return _("%(column)s is %(cut)s or more") % {"column": column, "cut": f"{rule.cut:g}"}
    if rule.kind is LoyaltyKind.RECOMMENDATION:
        return _("%(column)s is 9 or 10 of 10") % {"column": column}
    return _("%(column)s says yes") % {"column": column}
