"""Single figures with their interval and base, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import formatting


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure with its interval and base, in words."""

    key: str
    name: str
    value: str
    interval: str
    base: str
    remark: str = ""


def rating_metrics(satisfaction, scale):
    """Top box beside mean."""
    top = _("Top box (%(best)s of %(highest)s)") % {"best": scale.best, "highest": scale.highest}
    scope = _("on a scale from %(low)s to %(high)s") % {"low": scale.lowest, "high": scale.highest}
    return (
        metric("top_box", top, satisfaction.top_box, formatting.percent),
        metric("mean_score", _("Mean"), satisfaction.mean, formatting.mean, scope),
    )


def net_score_metric(result):
    """The Net Promoter Score."""
    return metric("nps", _("Net Promoter Score"), result.score, formatting.net_score)


def metric(key, name, estimate, form, remark=""):
    """One figure; `form` rounds it."""
    return Metric(
        key=key,
        name=name,
        value=form(estimate.value),
        interval=formatting.interval(estimate, form),
        base=base_words(estimate),
        remark=remark,
    )


def base_words(estimate):
    """The base of an estimate, marked where it is small."""
    return formatting.base(estimate.base)
