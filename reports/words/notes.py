"""What stands in small print beside results: who is not counted, and what a figure cannot say."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.dataset import names_of_waves_apart
from reports.enums import Loyalty

from . import formatting, wording


def step_note(result):
    """How large the ratio could be at most: it has a ceiling of one over the lower share."""
    step = result.step
    if step is None:
        return _("The two best scores are not compared: too few answers at one of them.")
    if not step.has_enough:
        return _("Fewer than 10 answers at one of the two scores: these figures can change a lot.")
    if not step.next.is_defined or not step.next.value:
        return ""
    text = _(
        "With %(share)s loyal at %(score)s, the ratio of the loyal can be %(most)s at most; the "
        "ratio of the not loyal has no such ceiling."
    )
    return text % {
        "share": formatting.percent(step.next.value),
        "score": step.next_score,
        "most": formatting.ratio(1 / step.next.value),
    }


def curve_notes(result):
    """Who is not in a curve, and what loyal means in it."""
    notes = []
    if result.missing or result.not_applicable:
        text = _(
            "Not in the curve: %(missing)s without score or loyalty, %(outside)s “does not apply”."
        )
        values = {
            "missing": formatting.count(result.missing),
            "outside": formatting.count(result.not_applicable),
        }
        notes.append(text % values)
    if result.loyalty == Loyalty.STATED:
        notes.append(_("Stated intention: what customers said, not what they did."))
    if result.follow_up and result.follow_up.cutoff:
        notes.extend(_follow_up_notes(result.follow_up))
        if result.follow_up.as_of:
            notes.append(
                _("Joined with the purchases in the background, as of %(moment)s.")
                % {"moment": formatting.moment(result.follow_up.as_of)}
            )
    return tuple(notes)


def _follow_up_notes(follow_up):
    values = {
        "days": follow_up.days,
        "cutoff": formatting.day(timezone.localdate(follow_up.cutoff)),
        "early": formatting.answers(follow_up.without_follow_up),
        "unknown": formatting.answers(follow_up.without_customer),
        "earlier": formatting.answers(follow_up.earlier_answers),
    }
    return (
        _(
            "Observed: a purchase or renewal within %(days)s days after the answer. Events are "
            "known until %(cutoff)s."
        )
        % values,
        _("Without full follow-up, and therefore not counted: %(early)s.") % values,
        _(
            "One answer counts for each customer, the last one with full follow-up; earlier ones: "
            "%(earlier)s. Without a known customer: %(unknown)s."
        )
        % values,
    )


def result_notes(results):
    """What results rest on, and who is not in them."""
    notes = []
    if results.satisfaction:
        notes.append(
            _("%(responses)s, %(period)s; %(missing)s without a rating.")
            % {
                "responses": formatting.answers(results.span.responses),
                "period": wording.period_words(results.span),
                "missing": formatting.count(
                    results.satisfaction.missing + results.satisfaction.not_applicable
                ),
            }
        )
    if results.excluded:
        notes.append(exclusion_note(results))
    if results.selection.wave is None and (apart := names_of_waves_apart(results.selection.survey)):
        notes.append(
            _("Reported apart, and not counted here: %(waves)s. Choose such a wave to see it.")
            % {"waves": _(", ").join(apart)}
        )
    if results.other_versions:
        notes.append(
            _("Not counted, because another version asked on another scale: %(answers)s.")
            % {"answers": formatting.answers(results.other_versions)}
        )
    notes.append(
        _("Groups of fewer than %(minimum)s answers are not shown.")
        % {"minimum": settings.MINIMUM_BASE}
    )
    return tuple(notes)


def exclusion_note(results):
    """How many answers staff left out, and what the top box is with them."""
    values = {"answers": formatting.answers(results.excluded)}
    if results.selection.with_excluded:
        return _("Counted here, although staff left them out: %(answers)s.") % values
    if results.with_excluded is None:
        return _("Left out by staff after a check, and not counted: %(answers)s.") % values
    top_box = results.with_excluded.top_box
    text = _(
        "Left out by staff after a check, and not counted: %(answers)s. With them the top box "
        "would be %(share)s (n = %(base)s)."
    )
    values |= {
        "share": formatting.percent(top_box.value),
        "base": formatting.count(top_box.base),
    }
    return text % values
