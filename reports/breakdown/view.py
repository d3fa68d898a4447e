"""A breakdown in words: its sentences, its list and, for two attributes, its map."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.words import formatting, wording

from .breakdown import LEVEL, Breakdown

SHADES = 5
FILTERS = ("unit", "segment", "channel", "language")  # that the overview has


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group as text; a hidden one has only its names.

    `filtered` is what an address adds to show this group alone, where a filter can.
    """

    names: tuple[str, ...]
    is_hidden: bool
    filtered: str = ""
    value: str = ""
    interval: str = ""
    base: str = ""
    difference: str = ""
    verdict: str = ""
    is_different: bool = False
    stake: str = ""
    stake_share: str = ""
    shade: int = 0


@dataclass(frozen=True, slots=True)
class BreakdownView:
    """Everything that the page shows of a breakdown."""

    result: Breakdown
    heading: str
    total: str = ""
    headline: str = ""
    heads: tuple[str, ...] = ()
    stake_name: str = ""
    rows: tuple[GroupRow, ...] = ()
    across: tuple[str, ...] = ()
    grid: tuple[tuple[str, tuple], ...] = ()
    notes: tuple[str, ...] = ()
    obstacle: str = ""


def breakdown_view(result):
    """The view of a breakdown, in the language that is active."""
    measure = result.measure
    names = tuple(attribute.name for attribute in result.attributes)
    heading = _("%(measure)s by %(attributes)s") % {
        "measure": measure.name,
        "attributes": " × ".join(names),
    }
    if result.obstacle:
        return BreakdownView(result, heading, obstacle=_obstacle(result.obstacle))
    rows = tuple(_row(group, result) for group in result.groups)
    across, grid = _grid(result, rows)
    total = _("%(value)s (%(interval)s), %(answers)s") % {
        "value": measure.form(result.total.value),
        "interval": formatting.interval(result.total, measure.form),
        "answers": formatting.answers(result.total.base),
    }
    return BreakdownView(
        result=result,
        heading=heading,
        total=total,
        headline=_headline(result, rows),
        heads=names,
        stake_name=measure.at_stake_name,
        rows=rows,
        across=across,
        grid=grid,
        notes=_notes(result),
    )


def _obstacle(kind):
    if kind == "too_many":
        return _("This makes too many groups to read. Choose a coarser attribute or a filter.")
    return wording.withheld_words()


def _row(group, result):
    if group.is_hidden:
        return GroupRow(group.names, True)
    measure, estimate = result.measure, group.estimate
    return GroupRow(
        names=group.names,
        is_hidden=False,
        filtered=_filtered(group, result),
        value=measure.form(estimate.value),
        interval=formatting.interval(estimate, measure.form),
        base=formatting.base(estimate.base),
        difference=measure.form_of_difference(group.difference),
        verdict=_verdict(group),
        is_different=group.is_different,
        stake=formatting.count(group.at_stake),
        stake_share=formatting.percent(group.share_of_stake),
        shade=_shade(estimate.value, result.shown),
    )


def _filtered(group, result):
    """The filter by the first attribute, or nothing where there is none."""
    attribute, value = result.attributes[0], group.values[0]
    name = attribute.key.split("-")[0]
    if name not in FILTERS or value is None:
        return ""
    return urlencode({name: attribute.codes[value]})


def _verdict(group):
    if group.difference is None or group.p_adjusted is None:
        return _("not tested")
    if not group.is_different:
        return _("no clear difference")
    return _("clearly higher") if group.difference > 0 else _("clearly lower")


def _shade(value, shown):
    values = [group.estimate.value for group in shown]
    low, high = min(values), max(values)
    return 1 + int((SHADES - 1) * (value - low) / (high - low) + 0.5) if high > low else 3


def _grid(result, rows):
    """For two attributes, the rows again as a table of the first by the second."""
    if len(result.attributes) < 2:
        return (), ()
    down, over = result.attributes
    at = dict(zip((group.values for group in result.groups), rows, strict=True))
    seen = [{group.values[place] for group in result.groups} for place in range(2)]
    across = [value for value in over.names if value in seen[1]]
    grid = tuple(
        (down.names[value], tuple(at.get((value, other)) for other in across))
        for value in down.names
        if value in seen[0]
    )
    return tuple(over.names[value] for value in across), grid


def _headline(result, rows):
    worst = max(
        (pair for pair in zip(result.groups, rows, strict=True) if not pair[0].is_hidden),
        key=lambda pair: pair[0].at_stake,
        default=None,
    )
    if worst is None:
        return _("Every group is too small to be shown.")
    group, row = worst
    return _(
        "Most at stake: %(group)s, with %(stake)s answers of “%(name)s”, %(share)s of all of them; "
        "compared with all others: %(verdict)s."
    ) % {
        "group": " · ".join(group.names),
        "stake": row.stake,
        "name": result.measure.at_stake_name,
        "share": row.stake_share,
        "verdict": row.verdict,
    }


def _notes(result):
    level = formatting.percent(LEVEL)
    notes = [
        _(
            "Each group is compared with everybody else of the same choice. The tests are "
            "corrected for the number of groups (Holm): by chance alone, at most %(level)s of such "
            "tables call a difference clear."
        )
        % {"level": level},
        _("“%(name)s” is the share of such answers times the base: how many people it is about.")
        % {"name": result.measure.at_stake_name},
    ]
    if result.hidden_count:
        notes.append(
            ngettext(
                "%(count)s group is hidden: it is too small, or it would give away another.",
                "%(count)s groups are hidden: they are too small, or would give away others.",
                result.hidden_count,
            )
            % {"count": formatting.count(result.hidden_count)}
        )
    return tuple(notes)
