"""The curve by segments ready to be laid out."""

from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.charts.figures import ChartTable, OverlayMark
from reports.words import formatting
from surveys.texts import text_in

TELLING = 0.05


@dataclass(frozen=True, slots=True)
class SegmentsView:
    """Segments in a table, whether the step is the same in all of them, and which is laid over."""

    table: ChartTable
    adjusted: ChartTable | None
    sentences: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]
    overlay: dict = field(default_factory=dict)


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
