"""The further parts of the curve page ready to be laid out: words, bars and tables."""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from scoring.level_findings import quadrant_findings, zone_finding
from surveys.texts import text_in

from . import formatting, wording
from .figures import (
    COLOURS,
    BarPart,
    ChartTable,
    DistributionChart,
    OverlayMark,
)
from .presentation import Metric
from .print_charts import COMPACT, bar_drawing
from .sentences import sentence

TELLING = 0.05


@dataclass(frozen=True, slots=True)
class ZonesView:
    """Zones as a bar with its table, quadrants as a table, and the two that a mean hides."""

    sentence: str
    drawing: object
    compact: object
    table: ChartTable
    quadrants: ChartTable | None
    hidden_ones: tuple[Metric, ...]
    sentences: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SegmentsView:
    """Segments in a table, whether the step is the same in all of them, and which is laid over."""

    table: ChartTable
    adjusted: ChartTable | None
    sentences: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]
    overlay: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorthView:
    """What a step is worth, in one sentence with its suppositions, and lifetime values."""

    sentence: str
    metrics: tuple[Metric, ...]
    lifetimes: ChartTable | None
    notes: tuple[str, ...]


def zones_view(found, result):
    """Zones and quadrants in words, of one curve."""
    if found is None:
        return None
    setting = wording.setting_of(result)
    chart = _zone_chart(found, result)
    return ZonesView(
        sentence=sentence(zone_finding(found.zones), setting),
        drawing=bar_drawing(chart),
        compact=bar_drawing(chart, width=COMPACT.width),
        table=chart.table,
        quadrants=_quadrant_table(found),
        hidden_ones=_hidden_ones(found),
        sentences=_quadrant_sentences(found, setting),
        notes=_quadrant_notes(found),
    )


def segments_view(found, over=""):
    """Segments in words; `over` is the code of the one that is laid over the curve."""
    if found is None:
        return None
    language = get_language()
    names = [_segment_name(curve, language) for curve in found.curves]
    choices = [
        (curve.segment.code, name)
        for curve, name in zip(found.curves, names, strict=True)
        if curve.segment
    ]
    chosen = found.curve(over)
    overlay = {}
    if chosen:
        overlay = {
            "overlay": _overlay_marks(found, chosen),
            "overlay_label": _segment_name(chosen, language),
        }
    return SegmentsView(
        table=_segment_table(found, names),
        adjusted=_adjusted_table(found),
        sentences=_segment_sentences(found),
        choices=tuple(choices),
        overlay=overlay,
    )


def worth_view(found, result, *, share_moved):
    """What a step is worth, or None."""
    if found is None:
        return None
    step = result.step
    values = {
        "share": formatting.percent(share_moved),
        "customers": formatting.count(found.customers),
        "next": step.next_score,
        "top": step.top_score,
        "extra": formatting.number(found.moved.extra.value),
        "value": formatting.number(found.moved.value.value),
        "ends": formatting.interval(found.moved.value, formatting.number),
    }
    if found.moved.difference.low is None or found.moved.difference.low <= 0:
        text = _(
            "No gain can be told: the loyal shares of those who give %(top)s and of those who give "
            "%(next)s do not clearly differ. If %(share)s of %(customers)s customers moved, the "
            "95%% interval of the margin would be %(ends)s."
        )
    else:
        text = _(
            "If %(share)s of %(customers)s customers who give %(next)s behaved like those who give "
            "%(top)s, about %(extra)s more would be loyal: a margin of %(value)s (95%% interval "
            "%(ends)s)."
        )
    return WorthView(
        sentence=text % values,
        metrics=_worth_metrics(found),
        lifetimes=_lifetime_table(found),
        notes=_worth_notes(found, step),
    )


def zone_words(name):
    """The name of a zone."""
    return {
        "defection": _("Zone of defection"),
        "indifference": _("Zone of indifference"),
        "affection": _("Zone of affection"),
    }[name]


def quadrant_words(name):
    """A quadrant in plain words."""
    return {
        "loyalist": _("Satisfied and loyal"),
        "mercenary": _("Satisfied but leaving"),
        "hostage": _("Captive: loyal without being satisfied"),
        "defector": _("Neither satisfied nor loyal"),
    }[name]


def _zone_chart(found, result):
    colours = (COLOURS[0], COLOURS[2], COLOURS[4])
    hatches = ("dense", "", "")
    parts = tuple(
        BarPart(
            label=zone_words(zone.name),
            code=_score_range(zone.scores),
            colour=colour,
            hatch=hatch,
            share=zone.share.value,
            words=formatting.percent(zone.share.value),
        )
        for zone, colour, hatch in zip(found.zones, colours, hatches, strict=True)
    )
    title = _("Zones of the curve")
    base = formatting.answers(result.base)
    shares = ", ".join(f"{part.label} {part.words}" for part in parts)
    return DistributionChart(
        title=title,
        parts=parts,
        base=base,
        alt=f"{title}: {shares}. {base}.",
        table=_zone_table(found),
    )


def _zone_table(found):
    return ChartTable(
        caption=_("Zones"),
        head=(
            _("Zone"),
            _("Scores"),
            _("Answers"),
            _("Share"),
            _("95% interval"),
            _("Loyal in it"),
            _("95% interval"),
        ),
        rows=tuple(
            (
                zone_words(zone.name),
                _score_range(zone.scores),
                formatting.base(zone.loyal.base),
                formatting.percent(zone.share.value),
                formatting.interval(zone.share),
                formatting.percent(zone.loyal.value),
                formatting.interval(zone.loyal)
                if zone.loyal.has_interval
                else wording.absence_words(zone.loyal, settings.MINIMUM_BASE),
            )
            for zone in reversed(found.zones)
        ),
    )


def _quadrant_table(found):
    if found.quadrants is None:
        return None
    return ChartTable(
        caption=_("Satisfaction and loyalty together"),
        head=(_("Group"), _("Answers"), _("Share"), _("95% interval")),
        rows=tuple(
            (
                quadrant_words(part.name),
                formatting.count(part.n),
                formatting.percent(part.share.value),
                formatting.interval(part.share),
            )
            for part in found.quadrants.four
        ),
    )


def _hidden_ones(found):
    if found.quadrants is None:
        return ()
    parts = (
        (found.quadrants.mercenary, _("score well, and do not come back")),
        (found.quadrants.hostage, _("a risk, not a success")),
    )
    return tuple(
        Metric(
            key=part.name,
            name=quadrant_words(part.name),
            value=formatting.percent(part.share.value),
            interval=formatting.interval(part.share),
            base=formatting.base(part.share.base),
            remark=f"{formatting.answers(part.n)}, {remark}",
        )
        for part, remark in parts
    )


def _quadrant_sentences(found, setting):
    if found.quadrants is None:
        return ()
    return tuple(sentence(one, setting) for one in quadrant_findings(found.quadrants))


def _quadrant_notes(found):
    notes = [_("Satisfied: from %(score)s on.") % {"score": found.cuts.satisfied_from}]
    if found.quadrants is None:
        notes.append(
            _("The four groups are hidden, because they would give away a share that is hidden.")
        )
    return tuple(notes)


def _score_range(scores):
    first, last = min(scores), max(scores)
    return str(first) if first == last else f"{first}–{last}"


def _segment_name(curve, language):
    if curve.segment is None:
        return _("No segment")
    return text_in(curve.segment.name, language) or curve.segment.code


def _overlay_marks(found, curve):
    return tuple(
        OverlayMark(
            score=score,
            share=share.value,
            low=share.low,
            high=share.high,
            words=_("%(share)s (%(ends)s), n = %(n)s")
            % {
                "share": formatting.percent(share.value),
                "ends": formatting.interval(share),
                "n": formatting.base(share.base),
            },
        )
        for score, share in zip(found.scores, curve.shares, strict=True)
    )


def _segment_table(found, names):
    def cell(share):
        if not share.is_defined:
            return formatting.NOTHING
        text = _("%(share)s (n = %(n)s)")
        values = {"share": formatting.percent(share.value), "n": formatting.base(share.base)}
        return text % values

    return ChartTable(
        caption=_("Share of the loyal at each score, by segment"),
        head=(_("Segment"), _("Answers"), *(str(score) for score in found.scores)),
        rows=tuple(
            (name, formatting.base(curve.base), *(cell(share) for share in curve.shares))
            for name, curve in zip(names, found.curves, strict=True)
        ),
    )


def _adjusted_table(found):
    compared = found.comparison
    if compared is None or not compared.risk_ratio.is_defined:
        return None
    figures = (
        (_("Ratio, all thrown together"), compared.crude_ratio, formatting.ratio),
        (_("Ratio, segments held apart"), compared.risk_ratio, formatting.ratio),
        (
            _("Difference in points, all thrown together"),
            compared.crude_difference,
            formatting.percentage_points,
        ),
        (
            _("Difference in points, with the same mix of segments"),
            compared.standardised_difference,
            formatting.percentage_points,
        ),
    )
    return ChartTable(
        caption=_("The two best scores with segments held apart"),
        head=(_("Figure"), _("Value"), _("95% interval"), _("Answers")),
        rows=tuple(
            (
                name,
                form(estimate.value),
                formatting.interval(estimate, form),
                formatting.base(estimate.base),
            )
            for name, estimate, form in figures
        ),
    )


def _segment_sentences(found):
    test = found.sameness
    if test is None:
        return ()
    if test.p_value is None:
        return (_("Too few answers to tell whether the step is the same in every segment."),)
    if test.p_value < TELLING:
        return (
            _(
                "The step to the best score is not the same in every segment: read the segments "
                "one by one."
            ),
        )
    return (
        _(
            "No clear difference between the segments in the step to the best score: the ratio "
            "with segments held apart stands for all of them."
        ),
    )


def _worth_metrics(found):
    return (
        Metric(
            key="extra_loyal",
            name=_("More loyal customers"),
            value=formatting.number(found.moved.extra.value),
            interval=formatting.interval(found.moved.extra, formatting.number),
            base=formatting.base(found.moved.difference.base),
        ),
        Metric(
            key="value_of_moving",
            name=_("Margin"),
            value=formatting.number(found.moved.value.value),
            interval=formatting.interval(found.moved.value, formatting.number),
            base=formatting.base(found.moved.difference.base),
        ),
    )


def _lifetime_table(found):
    if not found.lifetimes:
        return None
    return ChartTable(
        caption=_("Lifetime value of a customer at each score"),
        head=(_("Score"), _("Value"), _("95% interval")),
        rows=tuple(
            (
                str(score),
                formatting.number(value),
                _("%(low)s to %(high)s")
                % {"low": formatting.number(low), "high": formatting.number(high)},
            )
            for score, value, low, high in reversed(found.lifetimes)
        ),
    )


def _worth_notes(found, step):
    notes = [
        _(
            "A supposition, no forecast: who gives %(top)s differs from who gives %(next)s in "
            "other ways too. Share and margin are yours; the difference of the loyal shares is "
            "%(difference)s points."
        )
        % {
            "top": step.top_score,
            "next": step.next_score,
            "difference": formatting.percentage_points(found.moved.difference.value),
        }
    ]
    if found.is_standardised:
        notes.append(_("Both shares are taken with the same mix of segments."))
    if found.lifetimes:
        notes.append(
            _(
                "Lifetime value: as if the share of the loyal at each score were the share kept "
                "from one year to the next, with one margin a year, the first one now."
            )
        )
    return tuple(notes)
