"""Findings in words: one writer for each kind of finding.

Every sentence holds its share or ratio, the interval, the base and the
period, and claims no cause. A rate is "6.0 times the rate of" another, never
"times more". Templates are whole sentences, so that each language can build
its own; what loyal means has a template of its own, for the verb differs.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reports.enums import Loyalty
from scoring.findings import Direction

from . import formatting


@dataclass(frozen=True, slots=True)
class Setting:
    """What the figures of a sentence are about.

    `loyalty` is a member of `Loyalty`, or None for a file whose column says
    only loyal or not. `period` is in words and may be empty. `days` is the
    window of observed loyalty. `first` and `second` name the two groups of a
    difference.
    """

    loyalty: str | None = None
    period: str = ""
    days: int | None = None
    confidence: float = 0.95
    best: int | None = None
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of an interval, taken from the numbers of a finding."""

    low: float | None
    high: float | None
    value: float | None = None

    @property
    def has_interval(self):
        """Whether both ends are known."""
        return self.low is not None and self.high is not None


def sentence(finding, setting):
    """The finding in the language that is active."""
    from . import level_sentences

    writers = WRITERS | level_sentences.WRITERS
    return writers[finding.kind](finding.numbers, finding.direction, setting)


def evidence(base, setting, ends=""):
    """What stands in brackets: the interval, the base and the period."""
    values = {
        "answers": formatting.answers(base),
        "period": setting.period,
        "level": formatting.confidence_level(setting.confidence),
        "ends": ends,
    }
    if ends and setting.period:
        return _("%(level)s interval %(ends)s; %(answers)s, %(period)s") % values
    if ends:
        return _("%(level)s interval %(ends)s; %(answers)s") % values
    return _("%(answers)s, %(period)s") % values if setting.period else values["answers"]


def with_more(text, more):
    """The text, and about how many more answers would do where that can be said."""
    if not more or more < 1:
        return text
    wish = ngettext(
        "About %(more)s more answer would do.", "About %(more)s more answers would do.", int(more)
    )
    return f"{text} {wish % {'more': formatting.more_answers(more)}}"


RATIO = {
    Loyalty.STATED: gettext_lazy(
        "Customers who give %(top_score)s intend to buy again at %(ratio)s times the rate of "
        "those who give %(next_score)s: %(top)s against %(next)s (%(evidence)s)."
    ),
    Loyalty.RECOMMENDATION: gettext_lazy(
        "Customers who give %(top_score)s would recommend us with 9 or 10 of 10 at %(ratio)s "
        "times the rate of those who give %(next_score)s: %(top)s against %(next)s (%(evidence)s)."
    ),
    Loyalty.OBSERVED: gettext_lazy(
        "Customers who gave %(top_score)s bought again within %(days)s days at %(ratio)s times "
        "the rate of those who gave %(next_score)s: %(top)s against %(next)s (%(evidence)s)."
    ),
    None: gettext_lazy(
        "Those who give %(top_score)s are loyal at %(ratio)s times the rate of those who give "
        "%(next_score)s: %(top)s against %(next)s (%(evidence)s)."
    ),
}
AT_LEAST = {
    Loyalty.STATED: gettext_lazy(
        "Of the customers who give %(top_score)s, %(top)s intend to buy again; of those who give "
        "%(next_score)s, nobody does: at least %(low)s times the rate (%(evidence)s)."
    ),
    Loyalty.RECOMMENDATION: gettext_lazy(
        "Of the customers who give %(top_score)s, %(top)s would recommend us with 9 or 10 of 10; "
        "of those who give %(next_score)s, nobody would: at least %(low)s times the rate "
        "(%(evidence)s)."
    ),
    Loyalty.OBSERVED: gettext_lazy(
        "Of the customers who gave %(top_score)s, %(top)s bought again within %(days)s days; of "
        "those who gave %(next_score)s, nobody did: at least %(low)s times the rate (%(evidence)s)."
    ),
    None: gettext_lazy(
        "Of those who give %(top_score)s, %(top)s are loyal; of those who give %(next_score)s, "
        "nobody is: at least %(low)s times the rate (%(evidence)s)."
    ),
}
ALIKE = {
    Loyalty.STATED: gettext_lazy(
        "No clear difference between customers who give %(top_score)s and those who give "
        "%(next_score)s: %(top)s and %(next)s intend to buy again, %(ratio)s times the rate "
        "(%(evidence)s)."
    ),
    Loyalty.RECOMMENDATION: gettext_lazy(
        "No clear difference between customers who give %(top_score)s and those who give "
        "%(next_score)s: %(top)s and %(next)s would recommend us with 9 or 10 of 10, %(ratio)s "
        "times the rate (%(evidence)s)."
    ),
    Loyalty.OBSERVED: gettext_lazy(
        "No clear difference between customers who gave %(top_score)s and those who gave "
        "%(next_score)s: %(top)s and %(next)s bought again within %(days)s days, %(ratio)s times "
        "the rate (%(evidence)s)."
    ),
    None: gettext_lazy(
        "No clear difference between those who give %(top_score)s and those who give "
        "%(next_score)s: %(top)s and %(next)s are loyal, %(ratio)s times the rate (%(evidence)s)."
    ),
}


def _ratio_in(templates):
    def write(numbers, direction, setting):
        ends = formatting.ratio_interval(Ends(numbers["low"], numbers["high"], numbers["ratio"]))
        base = numbers["base_top"] + numbers["base_next"]
        return templates[setting.loyalty] % {
            "top_score": numbers["top_score"],
            "next_score": numbers["next_score"],
            "ratio": formatting.ratio(numbers["ratio"]),
            "top": formatting.percent(numbers["share_top"]),
            "next": formatting.percent(numbers["share_next"]),
            "days": setting.days,
            "evidence": evidence(base, setting, ends),
        }

    return write


def _at_least(numbers, direction, setting):
    low = formatting.ratio(numbers["low"])
    base = numbers["base_top"] + numbers["base_next"]
    ends = _("%(low)s or more") % {"low": low}
    return AT_LEAST[setting.loyalty] % {
        "top_score": numbers["top_score"],
        "next_score": numbers["next_score"],
        "low": low,
        "top": formatting.percent(numbers["share_top"]),
        "days": setting.days,
        "evidence": evidence(base, setting, ends),
    }


def _too_few_for_ratio(numbers, direction, setting):
    text = _(
        "Too few answers to tell whether those who give %(top_score)s are more loyal than those "
        "who give %(next_score)s: %(top)s and %(next)s answers."
    ) % {
        "top_score": numbers["top_score"],
        "next_score": numbers["next_score"],
        "top": formatting.count(numbers["base_top"]),
        "next": formatting.count(numbers["base_next"]),
    }
    return with_more(text, numbers["more"])


def _bend_found(numbers, direction, setting):
    odds = Ends(numbers["extra_odds_low"], numbers["extra_odds_high"], numbers["extra_odds"])
    values = {
        "from_score": numbers["step_from"],
        "to_score": numbers["step_to"],
        "from_share": formatting.percent(numbers["share_from"]),
        "to_share": formatting.percent(numbers["share_to"]),
        "odds": formatting.ratio(numbers["extra_odds"]),
        "evidence": evidence(numbers["base"], setting, formatting.ratio_interval(odds)),
    }
    if direction is Direction.NONE:
        values["evidence"] = evidence(numbers["base"], setting)
        text = _(
            "The curve bends: the steepest step is from %(from_score)s to %(to_score)s, from "
            "%(from_share)s to %(to_share)s (%(evidence)s)."
        )
    elif direction is Direction.HIGHER:
        text = _(
            "The curve bends upwards: the odds at the best score are %(odds)s times those on a "
            "straight line through the other scores (%(evidence)s). The steepest step is from "
            "%(from_score)s to %(to_score)s, from %(from_share)s to %(to_share)s."
        )
    else:
        text = _(
            "The curve flattens: the odds at the best score are %(odds)s times those on a straight "
            "line through the other scores (%(evidence)s). The steepest step is from "
            "%(from_score)s to %(to_score)s, from %(from_share)s to %(to_share)s."
        )
    return text % values


def _no_bend_found(numbers, direction, setting):
    odds = Ends(numbers["odds_ratio_low"], numbers["odds_ratio_high"], numbers["odds_ratio"])
    text = _(
        "No bend found: a straight line describes the curve well enough, with %(odds)s times the "
        "odds at each further point (%(evidence)s)."
    )
    return text % {
        "odds": formatting.ratio(numbers["odds_ratio"]),
        "evidence": evidence(numbers["base"], setting, formatting.ratio_interval(odds)),
    }


def _too_few_for_bend(numbers, direction, setting):
    text = _("Too few answers to tell whether the curve bends (%(evidence)s).")
    return with_more(text % {"evidence": evidence(numbers["base"], setting)}, numbers["more"])


def _curve_separated(numbers, direction, setting):
    text = _(
        "Whether the curve bends cannot be told: the scores divide those who are loyal from those "
        "who are not almost without exception (%(evidence)s)."
    )
    return text % {"evidence": evidence(numbers["base"], setting)}


WRITERS = {
    "ratio_top_to_next": _ratio_in(RATIO),
    "no_clear_ratio_top_to_next": _ratio_in(ALIKE),
    "at_least_times": _at_least,
    "too_few_for_ratio": _too_few_for_ratio,
    "bend_found": _bend_found,
    "no_bend_found": _no_bend_found,
    "too_few_for_bend": _too_few_for_bend,
    "curve_separated": _curve_separated,
}
