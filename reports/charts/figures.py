"""One description for each chart: its figures, its words and its table.

The screen's Plotly and the paper's SVG are drawn from the same description.
Every chart states its base and what loyal means; its table holds every figure
of the drawing, and `alt` says in words what the drawing shows.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from reports.words import formatting, wording
from scoring.intervals import LOW_BASE
from scoring.results import Status

COLOURS = ("#b3432b", "#d0896f", "#d9d2c5", "#6fa9a0", "#0b6e69")
OVERLAY_SHIFT = 0.14
ROOM_ON_A_PHONE = 26  # letters
HOLLOW = "#ffffff"
INK, QUIET, LINE, ACCENT = "#1f2430", "#5b6372", "#dfe3e8", "#0b6e69"
TOPS = (
    (0.01, 0.002),
    (0.02, 0.005),
    (0.05, 0.01),
    (0.1, 0.02),
    (0.2, 0.05),
    (0.4, 0.1),
    (0.6, 0.1),
    (0.8, 0.2),
    (1.0, 0.2),
)


def width_of(text):
    """How wide a text is, in letters; Chinese signs are twice as wide."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The figures of a chart as text; the first cell of a row is its heading."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def is_wide(self):
        """Whether its figures, which do not wrap, need more room than a phone has."""
        columns = zip(*(row[1:] for row in self.rows), strict=True)
        return sum(max(map(width_of, column)) for column in columns) > ROOM_ON_A_PHONE

    @property
    def labelled_rows(self):
        """The heading of each row, and its figures with the heads of their columns."""
        return [(row[0], list(zip(self.head[1:], row[1:], strict=True))) for row in self.rows]


@dataclass(frozen=True, slots=True)
class CurveMark:
    """One point of the curve; `share` is None where it is hidden or nobody answered.

    A point on few answers is hollow, and its base says so.
    """

    score: int
    label: str
    n: int
    base: str
    colour: str
    share: float | None
    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True, slots=True)
class OverlayMark:
    """One point of a segment that is laid over the curve; `share` is None where it is hidden."""

    score: int
    share: float | None
    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True, slots=True)
class CurveChart:
    """Points with intervals over a faint straight line."""

    title: str
    axis: str
    marks: tuple[CurveMark, ...]
    line: tuple[float, ...]
    line_label: str
    few_label: str
    step: str
    top: float
    tick: float
    base: str
    alt: str
    table: ChartTable
    overlay: tuple[OverlayMark, ...] = ()
    overlay_label: str = ""
    kind: str = "curve"

    @property
    def has_points(self):
        """Whether anything would stand in the drawing."""
        return any(mark.share is not None for mark in self.marks)


@dataclass(frozen=True, slots=True)
class BarPart:
    """One segment of a stacked bar."""

    label: str
    code: str
    colour: str
    hatch: str
    share: float
    words: str


@dataclass(frozen=True, slots=True)
class DistributionChart:
    """One question as a bar of 100%."""

    title: str
    parts: tuple[BarPart, ...]
    base: str
    alt: str
    table: ChartTable
    kind: str = "distribution"


def colour_of(position, length):
    """The colour of one point of a scale, from the bad to the good end."""
    place = position * (len(COLOURS) - 1) / max(1, length - 1)
    return COLOURS[round(place)]


def curve_chart(result, labels=None, overlay=(), overlay_label=""):
    """The chart of a `CurveResult`; `labels` are the words of the points by score.

    `overlay` holds the marks of a segment that is laid over it.
    """
    labels = labels or {}
    days = result.follow_up.days if result.follow_up else None
    marks = tuple(
        CurveMark(
            score=point.score,
            label=labels.get(point.score, ""),
            n=point.n,
            base=formatting.base(point.n),
            colour=HOLLOW if _is_few(point) else colour_of(position, len(result.points)),
            share=point.share.value,
            low=point.share.low,
            high=point.share.high,
            words=_point_words(point),
        )
        for position, point in enumerate(result.points)
    )
    line = result.line if sum(mark.share is not None for mark in marks) > 2 else ()
    ends = [mark.high for mark in (*marks, *overlay) if mark.high is not None]
    highest = max([*ends, *line, 0.0])
    top, tick = next(((top, tick) for top, tick in TOPS if top >= highest), TOPS[-1])
    title = wording.loyalty_words(result.loyalty, days)
    return CurveChart(
        title=title,
        axis=wording.axis_words(result.loyalty, days),
        marks=marks,
        line=tuple(line),
        line_label=_("as it would be if every step counted alike"),
        few_label=_("hollow: fewer than %(n)s answers") % {"n": LOW_BASE}
        if any(_is_few(point) for point in result.points)
        else "",
        step=step_words(result.step) if result.has_clear_step else "",
        top=top,
        tick=tick,
        base=_base_words(result),
        alt=_("%(title)s by satisfaction score. %(points)s %(base)s.")
        % {
            "title": title,
            "points": " ".join(
                _("Score %(score)s: %(words)s.") % {"score": mark.score, "words": mark.words}
                for mark in marks
            ),
            "base": _base_words(result),
        },
        table=curve_table(result, labels),
        overlay=tuple(overlay),
        overlay_label=overlay_label,
    )


def curve_table(result, labels):
    """Every point in figures, best score first."""
    rows = []
    for point in reversed(result.points):
        label = labels.get(point.score)
        remark = wording.absence_words(point.share, settings.MINIMUM_BASE)
        share = formatting.percent(point.share.value)
        rows.append(
            (
                f"{point.score} · {label}" if label else str(point.score),
                formatting.base(point.n),
                share,
                formatting.interval(point.share) if point.share.has_interval else remark,
            )
        )
    return ChartTable(
        caption=_("The points of the curve"),
        head=(_("Score"), _("Answers"), _("Loyal"), _("95% interval")),
        rows=tuple(rows),
    )


def step_words(step):
    """The step to the best score, named: "From 4 to 5: +25.0 points, 6.0 times the rate"."""
    if step is None or not step.difference.is_defined:
        return ""
    values = {
        "next": step.next_score,
        "top": step.top_score,
        "points": formatting.percentage_points(step.difference.value),
        "ratio": formatting.ratio(step.ratio.value),
    }
    if step.ratio.value is None:
        return _("From %(next)s to %(top)s: %(points)s points") % values
    return _("From %(next)s to %(top)s: %(points)s points, %(ratio)s times the rate") % values


def distribution_chart(distribution, text, label):
    """The chart of a rating; `text` is the question, `label` gives a choice's words."""
    choices = distribution.question.scored_choices
    ordered = sorted(zip(choices, distribution.shares, strict=True), key=lambda pair: pair[0].value)
    return shares_chart(
        text,
        [(label(choice), str(choice.value), share) for choice, share in ordered],
        base=distribution.counts.respondents,
        table=distribution_table(distribution, label),
    )


def shares_chart(text, shares, *, base, table):
    """The chart of shares that make up a whole: the label, the code and the share of each."""
    parts = tuple(
        BarPart(
            label=label,
            code=code,
            colour=colour_of(position, len(shares)),
            hatch=_hatch(position, len(shares)),
            share=share.value,
            words=formatting.percent(share.value),
        )
        for position, (label, code, share) in enumerate(shares)
    )
    base = formatting.answers(base)
    listed = ", ".join(f"{part.label} {part.words}" for part in parts)
    return DistributionChart(
        title=text,
        parts=parts,
        base=base,
        alt=f"{text}: {listed}. {base}.",
        table=table,
    )


def distribution_table(distribution, label):
    """Every choice in figures, with those who gave no answer."""
    counts = distribution.counts
    shares = dict(
        zip(
            (choice.code for choice in distribution.question.scored_choices),
            distribution.shares or (),
            strict=False,
        )
    )
    rows = []
    for choice, n in zip(counts.question.choices, counts.counts, strict=True):
        share = shares.get(choice.code)
        rows.append(
            (
                label(choice),
                formatting.count(n),
                formatting.percent(share and share.value),
                formatting.interval(share),
            )
        )
    for name, n in ((_("Skipped"), counts.skipped), (_("Not shown"), counts.not_shown)):
        if n:
            rows.append((name, formatting.count(n), formatting.NOTHING, formatting.NOTHING))
    return ChartTable(
        caption=_("Answers to this question"),
        head=(_("Answer"), _("Answers"), _("Share"), _("95% interval")),
        rows=tuple(rows),
    )


def _point_words(point):
    share = point.share
    if not share.is_defined:
        return wording.absence_words(share, settings.MINIMUM_BASE)
    return _("%(share)s (%(ends)s), n = %(n)s") % {
        "share": formatting.percent(share.value),
        "ends": formatting.interval(share),
        "n": formatting.base(point.n),
    }


def _is_few(point):
    return point.share.status is Status.LOW_BASE


def _base_words(result):
    period = wording.period_words(result.span)
    base = formatting.answers(result.base)
    return _("%(base)s, %(period)s") % {"base": base, "period": period} if period else base


def _hatch(position, length):
    """Lines over the bad half of the scale, so that both ends differ in grey too."""
    place = position / max(1, length - 1)
    return "dense" if place < 0.2 else "wide" if place < 0.45 else ""
