"""What weighting does to the headline figures, or why there are no weights."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from reports.charts.figures import ChartTable
from reports.words import formatting, wording
from scoring.weight_types import HEAVY_ABOVE

from .frame_words import axis_words
from .weights import LARGEST_WEIGHT


@dataclass(frozen=True, slots=True)
class WeightingView:
    """What weighting does, or why there is none."""

    title: str
    table: ChartTable | None
    sentences: tuple[str, ...]
    obstacle: str = ""


def weighting_view(found, names):
    """The view of a `Weighting`; `names` are those of the axes."""
    title = _("Weighted by %(margins)s") % {
        "margins": ", ".join(axis_words(margin).lower() for margin in found.margins)
    }
    if found.obstacle:
        return WeightingView(title, None, (), weighting_obstacle(found, names))
    return WeightingView(title, _weighting_table(found), tuple(_weighting_sentences(found)))


def weighting_obstacle(found, names):
    """Why there are no weights, in one sentence."""
    if found.obstacle == "empty_level":
        return _(
            "Nobody of “%(name)s” (%(axis)s) answered, so no weight can make up for them. Leave "
            "this margin out."
        ) % {"name": names[found.axis](found.level), "axis": axis_words(found.axis).lower()}
    return {
        "anonymous": _(
            "This survey is anonymous: nothing joins an answer to who was invited, so the answers "
            "cannot be weighted."
        ),
        "not_asked": _("This survey does not ask for overall satisfaction."),
        "withheld": wording.withheld_words(),
        "too_few": _("Fewer than %(minimum)s answers: nothing is shown.")
        % {"minimum": settings.MINIMUM_BASE},
        "not_converged": _(
            "The weights did not settle: these margins cannot all be met by the answers that there "
            "are. Choose fewer margins."
        ),
    }[found.obstacle]


def figure_words(key, best):
    """What a headline figure is called."""
    return {
        "top_box": _("Top box (score %(best)s)") % {"best": best},
        "mean": _("Mean"),
        "nps": _("Net Promoter Score"),
    }[key]


FORMS = {
    "top_box": formatting.percent,
    "mean": formatting.mean,
    "nps": formatting.net_score,
}


def _weighting_table(found):
    rows = []
    for figure in found.figures:
        form, cells = FORMS[figure.key], []
        for one in (figure.unweighted, figure.weighted):
            cells += [form(one.value), formatting.interval(one, form)]
        rows.append((figure_words(figure.key, found.best), *cells))
    return ChartTable(
        caption=_("Unweighted and weighted, side by side"),
        head=(_("Figure"), _("Unweighted"), _("95% interval"), _("Weighted"), _("95% interval")),
        rows=tuple(rows),
    )


def _weighting_sentences(found):
    effect = found.weights.design_effect
    yield _(
        "Design effect %(effect)s: the %(base)s weighted answers tell as much as %(effective)s "
        "unweighted ones."
    ) % {
        "effect": formatting.number(effect.value, 2),
        "base": formatting.count(found.base),
        "effective": formatting.count(effect.effective_base),
    }
    if effect.value > HEAVY_ABOVE:
        yield _("A design effect above 2 is a warning: weighting costs more than half the answers.")
    if found.merged:
        yield _("Groups with too few answers were weighted together (%(axes)s).") % {
            "axes": ", ".join(axis_words(axis).lower() for axis in found.merged)
        }
    limit = formatting.number(LARGEST_WEIGHT)
    if found.weights.trimmed_respondents:
        yield _(
            "Weights above %(limit)s times the median were cut: those of %(share)s of the answers, "
            "%(weight)s of all weight."
        ) % {
            "limit": limit,
            "share": formatting.percent(found.weights.trimmed_respondents),
            "weight": formatting.percent(found.weights.trimmed_weight),
        }
    else:
        yield _("No weight is above %(limit)s times the median, so none was cut.") % {
            "limit": limit
        }
    yield _(
        "Weighted minus unweighted has no interval here: both figures rest on the same answers, so "
        "their two intervals cannot be subtracted, and how far the weights themselves would vary "
        "is not known. Each figure has its own interval in the table."
    )
    yield _(
        "Weights correct only for what the chosen margins know; who answers may differ in other "
        "ways."
    )
