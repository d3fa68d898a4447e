"""What a step to the best score is worth, with its suppositions."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.charts.figures import ChartTable
from reports.words import formatting
from reports.words.metrics import Metric


@dataclass(frozen=True, slots=True)
class WorthView:
    """What a step is worth, in one sentence with its suppositions, and lifetime values."""

    sentence: str
    metrics: tuple[Metric, ...]
    lifetimes: ChartTable | None
    notes: tuple[str, ...]


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
