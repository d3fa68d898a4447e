"""Zones and quadrants of a curve ready to be laid out."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from reports.charts.figures import COLOURS, BarPart, ChartTable, DistributionChart
from reports.charts.paper import COMPACT, bar_drawing
from reports.words import formatting, wording
from reports.words.metrics import Metric
from reports.words.sentences import sentence
from scoring.level_findings import quadrant_findings, zone_finding


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
