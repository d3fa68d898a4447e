"""What the drivers say, in words: what goes together, how surely, and never what causes what."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.words import formatting
from scoring.penalty_reward import DriverKind
from scoring.performance_map import Quadrant
from scoring.results import Reason

MOST_NAMED = 3


def driver_sentences(analysis, labels):
    """The findings of an analysis, the most important first."""
    found = [_leading(analysis, labels), _explained(analysis)]
    found += _first_to_work_on(analysis, labels)
    found += [_alike(pair, labels) for pair in analysis.alike[:MOST_NAMED]]
    return tuple(found)


def caution():
    """What shares of variance are not."""
    return _(
        "These figures say what goes together with overall satisfaction. They are no proof of "
        "cause: a better mark on one question need not change the overall mark."
    )


def refusal_words(analysis):
    """Why there is no model, and what would help."""
    reason = next(iter(analysis.items.reasons), Reason.LOW_BASE)
    values = {
        "base": formatting.count(analysis.items.base),
        "needed": formatting.count(analysis.needed),
    }
    if reason is Reason.CONSTANT:
        return _("One of the questions was answered alike by everybody, so nothing can be told.")
    if reason is Reason.COLLINEAR:
        return _(
            "Some questions are answered exactly alike, so that their shares cannot be told apart."
        )
    missing = max(0, analysis.needed - analysis.items.base)
    text = _(
        "Too few complete answers to tell what goes together with overall satisfaction: "
        "%(base)s of the %(needed)s needed."
    )
    wish = ngettext("%(more)s more is needed.", "%(more)s more are needed.", missing)
    return f"{text % values} {wish % {'more': formatting.count(missing)}}"


def kind_words(kind):
    """What the contrast of low and high answers says of a question."""
    return {
        DriverKind.BASIC: _("Basic: low marks weigh more than high ones"),
        DriverKind.PERFORMANCE: _("Even: low and high marks weigh alike"),
        DriverKind.EXCITEMENT: _("Delight: high marks weigh more than low ones"),
        None: _("Not clear"),
    }[kind]


def _leading(analysis, labels):
    """The first tier: one question, or several whose order the answers do not settle."""
    drivers = {driver.name: driver for driver in analysis.items.drivers}
    first = (analysis.items.tiers or ((),))[0]
    if len(first) == 1:
        (name,) = first
        text = _(
            "“%(question)s” goes together with overall satisfaction most: %(share)s of what the "
            "questions explain (95%% interval %(ends)s; %(answers)s)."
        )
        share = drivers[name].share
        return text % {
            "question": labels[name],
            "share": formatting.percent(share.value),
            "ends": formatting.interval(share),
            "answers": formatting.answers(analysis.items.base),
        }
    if not first or len(first) == len(drivers):
        text = _(
            "No question clearly goes together with overall satisfaction more than the others "
            "(%(answers)s)."
        )
        return text % {"answers": formatting.answers(analysis.items.base)}
    named = _(", ").join(f"“{labels[name]}”" for name in first)
    text = _(
        "These go together with overall satisfaction most, and which of them comes first cannot "
        "be told: %(questions)s (%(answers)s)."
    )
    return text % {"questions": named, "answers": formatting.answers(analysis.items.base)}


def _explained(analysis):
    total = analysis.items.r_squared
    text = _(
        "All questions together explain %(share)s of the differences in overall satisfaction "
        "(95%% interval %(ends)s)."
    )
    return text % {"share": formatting.percent(total.value), "ends": formatting.interval(total)}


def _first_to_work_on(analysis, labels):
    chosen = [p.name for p in analysis.map.points if p.quadrant is Quadrant.CONCENTRATE_HERE]
    if not chosen:
        return []
    named = _(", ").join(f"“{labels[name]}”" for name in chosen)
    text = _("Much weight and a mark under the others, both beyond chance: %(questions)s.")
    return [text % {"questions": named}]


def _alike(pair, labels):
    text = _(
        "“%(first)s” and “%(second)s” are answered so alike (correlation %(r)s) that it is hard "
        "to tell their shares apart."
    )
    return text % {
        "first": labels[pair.first],
        "second": labels[pair.second],
        "r": formatting.number(pair.correlation, 2),
    }
