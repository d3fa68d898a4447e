"""Value in words: who holds it, how satisfied they are, and scores weighted by it."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from reports.charts.figures import ChartTable
from reports.words import formatting, wording

LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class ValueView:
    """Everything that the page shows of value."""

    headline: str = ""
    concentration: ChartTable | None = None
    groups: ChartTable | None = None
    verdict: str = ""
    groups_obstacle: str = ""
    weighted: ChartTable | None = None
    weighting_note: str = ""
    weighting_obstacle: str = ""
    obstacle: str = ""


def value_view(found):
    """The view of a `ValueResult`, in the language that is active."""
    if found.obstacle:
        return ValueView(obstacle=_obstacle(found.obstacle))
    return ValueView(
        headline=_headline(found),
        concentration=_concentration_table(found),
        groups=_group_table(found) if found.most_valuable else None,
        verdict=_verdict(found.comparison) if found.most_valuable else "",
        groups_obstacle=found.groups_obstacle and _obstacle(found.groups_obstacle),
        weighted=_weighted_table(found) if found.weighted else None,
        weighting_note=_weighting_note(found) if found.weighted else "",
        weighting_obstacle=found.weighting_obstacle and _obstacle(found.weighting_obstacle),
    )


def _headline(found):
    holding = found.holding
    return _(
        "%(customers)s of %(all)s customers with amounts (%(share)s) hold %(value)s of the value."
    ) % {
        "customers": formatting.count(holding.customers),
        "all": formatting.count(found.customers),
        "share": formatting.percent(holding.share_of_customers),
        "value": formatting.percent(holding.share_of_value),
    }


def _concentration_table(found):
    return ChartTable(
        caption=_("Share of the value held by the most valuable customers"),
        head=(_("Most valuable"), _("Customers"), _("Share of the value")),
        rows=tuple(
            (
                formatting.percent(one.share_of_customers),
                formatting.count(one.customers),
                formatting.percent(one.share_of_value),
            )
            for one in (*found.tops, found.holding)
        ),
    )


def _group_table(found):
    return ChartTable(
        caption=_("Satisfaction of those who hold most of the value, and of all others"),
        head=(_("Customers"), _("Top box"), _("95% interval"), _("Answers")),
        rows=tuple(
            (
                name,
                formatting.percent(one.value),
                formatting.interval(one),
                formatting.base(one.base),
            )
            for name, one in (
                (
                    _("Those who hold %(share)s of the value")
                    % {"share": formatting.percent(found.holding.share_of_value)},
                    found.most_valuable,
                ),
                (_("All others with amounts"), found.others),
            )
        ),
    )


def _verdict(comparison):
    p_value, difference = comparison.test.p_value, comparison.difference
    values = {
        "points": formatting.percentage_points(difference.value),
        "ends": formatting.interval(difference, formatting.percentage_points),
    }
    if p_value is None:
        return _("Whether the two differ cannot be tested with these numbers.")
    if p_value >= LEVEL:
        text = _("No clear difference: %(points)s points (95%% interval %(ends)s).")
    elif difference.value > 0:
        text = _(
            "Those who hold most of the value are clearly more satisfied: %(points)s points (95%% "
            "interval %(ends)s)."
        )
    else:
        text = _(
            "Those who hold most of the value are clearly less satisfied: %(points)s points (95%% "
            "interval %(ends)s)."
        )
    return text % values


def _weighted_table(found):
    rows = []
    for one in found.weighted:
        form, form_of_difference = _forms(one.key)
        cells = []
        for estimate in (one.plain, one.weighted):
            cells += [form(estimate.value), formatting.interval(estimate, form)]
        rows.append((name_of(one.key, found.best), *cells, form_of_difference(one.difference)))
    return ChartTable(
        caption=_("The same customers, each counted alike and each by value"),
        head=(
            _("Figure"),
            _("Each customer alike"),
            _("95% interval"),
            _("Weighted by value"),
            _("95% interval"),
            _("Difference"),
        ),
        rows=tuple(rows),
    )


def form_of(key):
    """How a figure of satisfaction is written."""
    return formatting.mean if key == "mean" else formatting.percent


def _forms(key):
    if key == "mean":
        return form_of(key), formatting.difference_of_means
    return form_of(key), formatting.percentage_points


def name_of(key, best):
    """What a figure of satisfaction is called."""
    return _("Mean") if key == "mean" else _("Top box (score %(best)s)") % {"best": best}


def _weighting_note(found):
    weighted = found.weighted[0].weighted
    return _(
        "%(base)s customers who answered and have amounts; weighted by value they tell as much as "
        "%(effective)s counted alike. Both figures are of the same people, so the intervals of one "
        "must not be held against the other; a difference says that who spends more answered "
        "otherwise."
    ) % {
        "base": formatting.count(weighted.base),
        "effective": formatting.count(weighted.effective_base),
    }


def _obstacle(kind):
    return {
        "anonymous": _(
            "This survey is anonymous: nothing joins an answer to what a customer bought."
        ),
        "no_amounts": _(
            "Fewer than %(minimum)s customers have events with amounts in this period. Import "
            "events with amounts to see who holds the value."
        )
        % {"minimum": settings.MINIMUM_BASE},
        "too_few": _(
            "Fewer than %(minimum)s customers on one side answered, so neither side is shown."
        )
        % {"minimum": settings.MINIMUM_BASE},
        "one_customer": _(
            "One customer holds more than a tenth of the value of those who answered: the weighted "
            "figure would tell what that customer said, so it is not shown."
        ),
        "not_asked": _("This survey does not ask for overall satisfaction."),
        "withheld": wording.withheld_words(),
    }[kind]
