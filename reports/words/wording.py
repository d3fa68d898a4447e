"""Words that charts, pages and bulletins share: what loyal means, and why there is no figure."""

from django.conf import settings
from django.utils.translation import gettext as _

from reports.enums import Loyalty
from scoring.results import Reason, Status

from . import formatting
from .sentences import Setting


def loyalty_words(loyalty, days=None):
    """What the curve shows, always named: intention and behaviour are two things."""
    return {
        Loyalty.STATED: _("Stated intention to buy again"),
        Loyalty.RECOMMENDATION: _("Recommendation with 9 or 10 of 10"),
        Loyalty.OBSERVED: _("Observed: bought again within %(days)s days") % {"days": days},
        None: _("Loyal"),
    }[loyalty]


def switch_words(loyalty):
    """The short name on the switch between the kinds of loyalty."""
    return {
        Loyalty.STATED: _("Stated"),
        Loyalty.RECOMMENDATION: _("Recommendation"),
        Loyalty.OBSERVED: _("Observed"),
    }[loyalty]


def axis_words(loyalty, days=None):
    """Title of the axis of loyal shares."""
    return {
        Loyalty.STATED: _("Share who intend to buy again"),
        Loyalty.RECOMMENDATION: _("Share who would recommend with 9 or 10"),
        Loyalty.OBSERVED: _("Share who bought again within %(days)s days") % {"days": days},
        None: _("Share who are loyal"),
    }[loyalty]


def setting_of(result):
    """What the sentences of a curve need to know beside their numbers."""
    return Setting(
        loyalty=result.loyalty,
        period=period_words(result.span),
        days=result.follow_up.days if result.follow_up else None,
    )


def period_words(span):
    """First to last day, or nothing when there is no answer."""
    if span.first_day is None:
        return ""
    return formatting.period(span.first_day, span.last_day)


def absence_words(estimate, minimum):
    """Why a figure is not there, or nothing when it is."""
    if estimate.status is Status.SUPPRESSED:
        if Reason.COMPLEMENTARY in estimate.reasons:
            return _("hidden, because it would give away another figure")
        return _("hidden: fewer than %(minimum)s answers") % {"minimum": minimum}
    return "" if estimate.is_defined else _("no answers")


def obstacle_words(result, minimum):
    """Why there is no curve, in one sentence."""
    return {
        "not_asked": _("This survey does not ask the question that this curve needs."),
        "anonymous": _(
            "This survey is anonymous: nothing joins an answer to later purchases, so there is no "
            "observed curve."
        ),
        "awaited": _(
            "So many answers are joined with the purchases in the background. This has not been "
            "done yet; look again in some minutes."
        ),
        "no_events": _(
            "No purchase or renewal is known yet. Import events to see what customers did."
        ),
        "no_answers": _("There is no answer yet that this curve could count."),
        "too_few": _("Fewer than %(minimum)s answers: nothing is shown.") % {"minimum": minimum},
    }[result.obstacle]


def withheld_words():
    """Why a choice of filters shows nothing."""
    return _(
        "Nothing is shown for this choice: it has fewer than %(minimum)s answers, or it would give "
        "away the answers of fewer than that. Choose a wider filter."
    ) % {"minimum": settings.MINIMUM_BASE}
