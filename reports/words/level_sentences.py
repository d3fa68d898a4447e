"""Writers for findings on levels, differences of two groups, zones and quadrants."""

from django.utils.translation import gettext as _

from scoring.findings import Direction

from . import formatting
from .sentences import Ends, evidence, with_more


def _top_box_level(numbers, direction, setting):
    text = _("%(share)s of the customers give the best score, %(best)s (%(evidence)s).")
    if setting.best is None:
        text = _("%(share)s of the customers give the best score (%(evidence)s).")
    return text % {
        "share": formatting.percent(numbers["share"]),
        "best": setting.best,
        "evidence": _evidence(numbers, setting, formatting.percent),
    }


def _nps_level(numbers, direction, setting):
    text = _(
        "The Net Promoter Score is %(score)s: %(promoters)s promoters and %(detractors)s "
        "detractors (%(evidence)s)."
    )
    return text % {
        "score": formatting.net_score(numbers["score"]),
        "promoters": formatting.percent(numbers["promoters"]),
        "detractors": formatting.percent(numbers["detractors"]),
        "evidence": _evidence(numbers, setting, formatting.net_score),
    }


def _too_few_for_level(numbers, direction, setting):
    text = _("Too few answers for a figure to rely on (%(evidence)s).")
    return with_more(text % {"evidence": evidence(numbers["base"], setting)}, numbers["more"])


def _share_difference(numbers, direction, setting):
    shown = formatting.percent, formatting.percentage_points
    return _plain_difference(direction) % _difference(numbers, setting, *shown)


def _mean_difference(numbers, direction, setting):
    shown = formatting.mean, formatting.difference_of_means
    return _plain_difference(direction) % _difference(numbers, setting, *shown)


def _plain_difference(direction):
    if direction is Direction.HIGHER:
        return _(
            "%(first)s is higher than %(second)s: %(value_1)s against %(value_2)s, a difference "
            "of %(difference)s points (%(evidence)s)."
        )
    return _(
        "%(first)s is lower than %(second)s: %(value_1)s against %(value_2)s, a difference "
        "of %(difference)s points (%(evidence)s)."
    )


def _no_clear_share_difference(numbers, direction, setting):
    shown = formatting.percent, formatting.percentage_points
    return _no_clear_difference() % _difference(numbers, setting, *shown)


def _no_clear_mean_difference(numbers, direction, setting):
    shown = formatting.mean, formatting.difference_of_means
    return _no_clear_difference() % _difference(numbers, setting, *shown)


def _no_clear_difference():
    return _(
        "No clear difference between %(first)s and %(second)s: %(value_1)s and %(value_2)s "
        "(%(difference)s points; %(evidence)s)."
    )


def _nps_difference(numbers, direction, setting):
    if direction is Direction.HIGHER:
        text = _(
            "The Net Promoter Score of %(first)s is higher than that of %(second)s: %(value_1)s "
            "against %(value_2)s, a difference of %(difference)s points (%(evidence)s)."
        )
    else:
        text = _(
            "The Net Promoter Score of %(first)s is lower than that of %(second)s: %(value_1)s "
            "against %(value_2)s, a difference of %(difference)s points (%(evidence)s)."
        )
    return text % _difference(numbers, setting, formatting.net_score, formatting.net_score)


def _no_clear_nps_difference(numbers, direction, setting):
    text = _(
        "No clear difference between the Net Promoter Scores of %(first)s and %(second)s: "
        "%(value_1)s and %(value_2)s (%(difference)s points; %(evidence)s)."
    )
    return text % _difference(numbers, setting, formatting.net_score, formatting.net_score)


def _too_few_for_difference(numbers, direction, setting):
    text = _(
        "Too few answers to tell %(first)s and %(second)s apart: %(base_1)s and %(base_2)s answers."
    ) % {
        "first": setting.first,
        "second": setting.second,
        "base_1": formatting.count(numbers["base_1"]),
        "base_2": formatting.count(numbers["base_2"]),
    }
    return with_more(text, numbers["more"])


def _zone_shares(numbers, direction, setting):
    text = _(
        "Zone of affection %(affection)s (%(affection_ends)s), of indifference %(indifference)s "
        "(%(indifference_ends)s), of defection %(defection)s (%(defection_ends)s); %(level)s "
        "intervals, %(evidence)s."
    )
    values = {
        "level": formatting.confidence_level(setting.confidence),
        "evidence": evidence(numbers["base"], setting),
    }
    for zone in ("affection", "indifference", "defection"):
        values[zone] = formatting.percent(numbers[zone])
        values[f"{zone}_ends"] = formatting.interval(
            Ends(numbers[f"{zone}_low"], numbers[f"{zone}_high"])
        )
    return text % values


def _satisfied_not_loyal(numbers, direction, setting):
    text = _("Satisfied but leaving: %(share)s of the customers (%(evidence)s).")
    return text % _share(numbers, setting)


def _captive(numbers, direction, setting):
    text = _("Captive, loyal without being satisfied: %(share)s of the customers (%(evidence)s).")
    return text % _share(numbers, setting)


def _share(numbers, setting):
    return {
        "share": formatting.percent(numbers["share"]),
        "evidence": _evidence(numbers, setting, formatting.percent),
    }


def _evidence(numbers, setting, form):
    ends = formatting.interval(Ends(numbers["low"], numbers["high"]), form)
    return evidence(numbers["base"], setting, ends)


def _difference(numbers, setting, form, difference_form):
    ends = formatting.interval(Ends(numbers["low"], numbers["high"]), difference_form)
    return {
        "first": setting.first,
        "second": setting.second,
        "value_1": form(numbers["value_1"]),
        "value_2": form(numbers["value_2"]),
        "difference": difference_form(numbers["difference"]),
        "evidence": evidence(numbers["base_1"] + numbers["base_2"], setting, ends),
    }


WRITERS = {
    "top_box_level": _top_box_level,
    "nps_level": _nps_level,
    "too_few_for_level": _too_few_for_level,
    "share_difference": _share_difference,
    "no_clear_share_difference": _no_clear_share_difference,
    "mean_difference": _mean_difference,
    "no_clear_mean_difference": _no_clear_mean_difference,
    "nps_difference": _nps_difference,
    "no_clear_nps_difference": _no_clear_nps_difference,
    "too_few_for_difference": _too_few_for_difference,
    "zone_shares": _zone_shares,
    "satisfied_not_loyal": _satisfied_not_loyal,
    "captive": _captive,
}
