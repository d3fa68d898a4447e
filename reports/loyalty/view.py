"""The page on loyalty in words: each indicator with its definition, period and fraction."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from reports.charts.figures import ChartTable
from reports.trend.words import period_name
from reports.words import formatting, wording

from .indicators import INACTIVE_AFTER, TOP_BOX

COMPARED = ((TOP_BOX, "top_box"), ("complaints", "complaints"), ("return", "returned"))


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator as text."""

    key: str
    name: str
    definition: str
    value: str
    interval: str
    fraction: str
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class LoyaltyView:
    """Everything that the page shows of the indicators."""

    period: str
    said: tuple[IndicatorView, ...]
    done: tuple[IndicatorView, ...]
    table: ChartTable | None
    directions: str


def loyalty_view(found):
    """The view of a `LoyaltyResult`, in the language that is active."""
    views = [_indicator(one) for one in found.indicators]
    return LoyaltyView(
        period=formatting.period(found.days.first, found.days.last),
        said=tuple(view for view in views if view.key in (TOP_BOX, "nps")),
        done=tuple(view for view in views if view.key not in (TOP_BOX, "nps")),
        table=_table(found.periods) if found.periods else None,
        directions=_directions(found.periods),
    )


def indicator_name(key):
    """What an indicator is called."""
    return {
        TOP_BOX: _("Satisfaction (top box)"),
        "nps": _("Recommendation (Net Promoter Score)"),
        "repurchase": _("Repurchase rate"),
        "return": _("Return rate"),
        "activity": _("Member activity"),
        "churn": _("Churn rate"),
        "complaints": _("Complaints per 100 customers"),
        "social": _("Social interaction"),
    }[key]


def _definition(key):
    return {
        TOP_BOX: _("Share of the answers of the period that give the best score."),
        "nps": _("Promoters (9–10) minus detractors (0–6) among the answers of the period."),
        "repurchase": _(
            "Of the customers who bought or renewed in the period, those who did so twice or more."
        ),
        "return": _(
            "Of the customers who bought or renewed in as many days right before the period, those "
            "who did so again in the period."
        ),
        "activity": _(
            "Of all customers in the file today, those with an event of any kind in the period."
        ),
        "churn": _(
            "Of the customers who bought or renewed in the %(days)s days before the period, those "
            "who did not in the last %(days)s days of it."
        )
        % {"days": INACTIVE_AFTER},
        "complaints": _(
            "Complaints of the period for every 100 customers with an event of any kind in it; one "
            "customer may complain more than once."
        ),
        "social": _("Events of the kind “social” that were imported for the period."),
    }[key]


def _value(one):
    form = {"nps": formatting.net_score, "complaints": _per_hundred}.get(
        one.key, formatting.percent
    )
    return form(one.estimate.value), formatting.interval(one.estimate, form)


def _per_hundred(value):
    return formatting.number(value, 1)


def _indicator(one):
    words = {
        "key": one.key,
        "name": indicator_name(one.key),
        "definition": _definition(one.key),
    }
    if one.obstacle:
        return IndicatorView(
            **words,
            value=formatting.NOTHING,
            interval="",
            fraction="",
            obstacle=_obstacle(one.obstacle),
        )
    if one.estimate is None:
        return IndicatorView(
            **words, value=formatting.count(one.numerator), interval="", fraction=""
        )
    value, interval = _value(one)
    return IndicatorView(**words, value=value, interval=interval, fraction=_fraction(one))


def _fraction(one):
    if one.numerator is None:
        return formatting.answers(one.denominator)
    values = {
        "numerator": formatting.count(one.numerator),
        "denominator": formatting.base(one.denominator),
    }
    if one.key == TOP_BOX:
        return _("%(numerator)s of %(denominator)s answers") % values
    if one.key == "complaints":
        return _("%(numerator)s complaints, %(denominator)s customers") % values
    return _("%(numerator)s of %(denominator)s customers") % values


def _obstacle(kind):
    return {
        "too_few": _("hidden: fewer than %(minimum)s") % {"minimum": settings.MINIMUM_BASE},
        "withheld": wording.withheld_words(),
        "not_asked": _("This survey does not ask for it."),
        "no_events": _("No event of these days is known: import events."),
        "no_kind": _("Not recorded: no event of this kind was ever imported."),
    }[kind]


def _table(periods):
    return ChartTable(
        caption=_("What customers said and what they did, by quarters"),
        head=(
            _("Quarter"),
            indicator_name(TOP_BOX),
            _("Answers (n)"),
            indicator_name("complaints"),
            _("Customers"),
            indicator_name("return"),
            _("Customers"),
        ),
        rows=tuple(
            (
                period_name(row.period) + (" *" if row.period.is_partial else ""),
                *_cells(row.top_box),
                *_cells(row.complaints),
                *_cells(row.returned),
            )
            for row in reversed(periods)
        ),
    )


def _cells(one):
    if one.obstacle:
        return _short_obstacle(one.obstacle), formatting.NOTHING
    value, interval = _value(one)
    return f"{value} ({interval})", formatting.base(one.denominator)


def _short_obstacle(kind):
    return _("hidden") if kind in ("too_few", "withheld") else formatting.NOTHING


def _directions(periods):
    """Whether saying and doing point the same way between the two newest whole quarters."""
    whole = [row for row in periods if not row.period.is_partial]
    if len(whole) < 2:
        return ""
    earlier, later = whole[-2:]
    told = [
        _direction(indicator_name(key), *(getattr(row, name) for row in (earlier, later)))
        for key, name in (
            (TOP_BOX, "top_box"),
            ("complaints", "complaints"),
            ("return", "returned"),
        )
    ]
    values = {
        "later": period_name(later.period),
        "earlier": period_name(earlier.period),
        "told": _("; ").join(told),
    }
    return _("%(later)s against %(earlier)s: %(told)s.") % values


def _direction(name, earlier, later):
    values = {"name": name}
    if earlier.estimate is None or later.estimate is None:
        return _("%(name)s not comparable") % values
    if not (earlier.estimate.has_interval and later.estimate.has_interval):
        return _("%(name)s not comparable") % values
    if later.estimate.low > earlier.estimate.high:
        return _("%(name)s higher") % values
    if later.estimate.high < earlier.estimate.low:
        return _("%(name)s lower") % values
    return _("%(name)s without a clear change") % values
