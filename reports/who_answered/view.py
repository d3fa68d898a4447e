"""Who was asked and who answered, in words and tables, for the page and for the file."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.charts.figures import ChartTable
from reports.fieldwork.view import Step, few_words
from reports.words import formatting
from reports.words.metrics import Metric
from scoring.intervals import proportion
from scoring.results import Status
from surveys.enums import SkipReason
from surveys.texts import text_in

from .frame_words import axis_words, names_of
from .weights_view import WeightingView, weighting_view
from .who_answered import LEAST_INVITED, LEAST_PER_CLASS, response_rate

RATES = ("RR1", "RR2", "RR5", "REF1", "COOP1")


@dataclass(frozen=True, slots=True)
class CheckView:
    """Those who answered against those who were asked, by one axis."""

    title: str
    table: ChartTable
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhoAnsweredView:
    """Everything that the page prints."""

    found: object
    title: str
    headline: str
    steps: tuple[Step, ...]
    funnel: ChartTable | None
    rates: ChartTable | None
    groups: tuple[ChartTable, ...]
    by_day: ChartTable | None
    checks: tuple[CheckView, ...]
    weighting: WeightingView | None
    minimum: int
    obstacle: str = ""


def who_answered_view(found):
    """The view of a `WhoAnswered`, in the language that is active."""
    survey = found.selection.survey
    title = text_in(survey.title, get_language(), survey.default_language)
    if found.obstacle:
        return WhoAnsweredView(
            found, title, "", (), None, None, (), None, (), None, settings.MINIMUM_BASE,
            obstacle=obstacle_words(found),
        )  # fmt: skip
    names = names_of(found)
    return WhoAnsweredView(
        found=found,
        title=title,
        headline=_headline(found),
        steps=tuple(_steps(found.tally)),
        funnel=_funnel_table(found),
        rates=_rate_table(found.rates),
        groups=tuple(
            _group_table(found, axis_words(axis), names[axis].ordered(groups), names[axis])
            for axis, groups in found.groups.items()
            if len(groups) > 1
        ),
        by_day=_group_table(
            found,
            _("Month of the invitation, from") if found.has_months else _("Day of the invitation"),
            found.by_day,
            formatting.day,
        ),
        checks=tuple(_check_view(check, names[check.axis]) for check in found.checks),
        weighting=weighting_view(found.weighting, names) if found.weighting else None,
        minimum=settings.MINIMUM_BASE,
    )


def response_rate_metrics(found):
    """The response rate as a figure of a survey's card, or none where there is no rate."""
    rate = response_rate(found)
    if rate is None:
        return ()
    return (
        Metric(
            "response_rate",
            _("Response rate"),
            formatting.percent(rate.value),
            formatting.interval(rate),
            formatting.base(rate.base),
        ),
    )


def obstacle_words(found):
    """Why there is no response rate, in one sentence."""
    return {
        "public_only": _(
            "Nobody was asked in person: all answers came by public links. How many people saw "
            "these links is not known, so there is no response rate."
        ),
        "nobody_asked": _("Nobody has been asked yet."),
        "too_few": _("Fewer than %(minimum)s invitations: nothing is shown.")
        % {"minimum": settings.MINIMUM_BASE},
    }[found.obstacle]


def _headline(found):
    rate = found.rates.rates["RR1"]
    return _(
        "%(answered)s of %(invited)s invitations were answered: a response rate of %(rate)s."
    ) % {
        "answered": formatting.count(found.tally.complete),
        "invited": formatting.count(found.tally.invited),
        "rate": formatting.percent(rate.value),
    }


def _steps(tally):
    for name, number in (
        (_("Invited"), tally.invited),
        (_("Begun"), tally.started),
        (_("Sent"), tally.complete),
    ):
        share = proportion(number, tally.invited).value
        yield Step(
            name, formatting.count(number), formatting.percent(share), round(100 * (share or 0), 2)
        )


def funnel_rows(found):
    """Every step with its number; None where nothing records it."""
    tally = found.tally
    return (
        (_("Skipped before inviting"), _skipped(found)),
        *((f"– {reason.label}", found.skipped[reason]) for reason in _reasons(found)),
        (_("Invited"), tally.invited),
        (_("Invitation sent out"), found.sent),
        (_("Came back undelivered"), tally.undelivered if found.sent is not None else None),
        (_("Page opened by a personal link (visits)"), found.opened),
        (_("Begun"), tally.started),
        (_("Answers sent"), tally.complete),
        (_("Of these counted in the figures"), _counted(found)),
        (_("Begun, not sent"), tally.begun),
        (_("Refused, or asked not to be surveyed"), tally.refused),
        (_("No reaction"), tally.silent),
        (_("Not sent out yet (in no rate)"), tally.waiting),
        (_("Invitation withdrawn (in no rate)"), tally.withdrawn),
    )


def _skipped(found):
    """How many; where nobody was asked by a wave or a rule, nothing tells."""
    is_known = found.skipped or found.sent is not None
    return sum(found.skipped.values()) if is_known else None


def _reasons(found):
    return [reason for reason in SkipReason if reason in found.skipped]


def _counted(found):
    return None if found.excluded is None else found.tally.complete - found.excluded


def _funnel_table(found):
    return ChartTable(
        caption=_("From invitation to answer"),
        head=(_("Step"), _("Number"), _("Of those invited")),
        rows=tuple(_funnel_row(found, name, number) for name, number in funnel_rows(found)),
    )


def _funnel_row(found, name, number):
    if number is None:
        return (name, _("not recorded"), formatting.NOTHING)
    is_share = name not in _outside(found)
    share = proportion(number, found.tally.invited).value if is_share else None
    return (name, formatting.count(number), formatting.percent(share))


def _outside(found):
    """Steps that are no part of the invited."""
    return {
        _("Skipped before inviting"),
        *(f"– {reason.label}" for reason in _reasons(found)),
        _("Page opened by a personal link (visits)"),
        _("Not sent out yet (in no rate)"),
        _("Invitation withdrawn (in no rate)"),
    }


def rate_words(name):
    """What a rate of AAPOR is called, with its sign."""
    return {
        "RR1": _("Response rate (RR1): answered, of all invited"),
        "RR2": _("Response rate (RR2): with usable partial answers"),
        "RR5": _("Response rate (RR5): of those known to belong"),
        "REF1": _("Refusal rate (REF1): refused or broke off, of all invited"),
        "COOP1": _("Cooperation rate (COOP1): answered, of those who reacted"),
    }[name]


def _rate_table(rates):
    return ChartTable(
        caption=_("Response, refusal and cooperation"),
        head=(_("Rate"), _("Value"), _("95% interval"), _("Base")),
        rows=tuple(
            (
                rate_words(name),
                formatting.percent(rates.rates[name].value),
                formatting.interval(rates.rates[name]),
                formatting.base(rates.rates[name].base),
            )
            for name in RATES
        ),
    )


def _group_table(found, head, groups, name):
    return ChartTable(
        caption=_("Response rate by %(group)s") % {"group": head.lower()},
        head=(
            head,
            _("Skipped before inviting"),
            _("Invited"),
            _("Undelivered"),
            _("Begun"),
            _("Refused"),
            _("Answered"),
            _("Response rate"),
            _("95% interval"),
        ),
        rows=tuple((name(group.key), *_group_cells(found, group)) for group in groups),
    )


def _group_cells(found, group):
    if group.tally is None:
        return (few_words(), *[formatting.NOTHING] * 7)
    return (
        formatting.NOTHING if _skipped(found) is None else formatting.count(group.skipped),
        formatting.base(group.tally.invited),
        formatting.NOTHING if found.sent is None else formatting.count(group.tally.undelivered),
        formatting.count(group.tally.started),
        formatting.count(group.tally.refused),
        formatting.count(group.tally.complete),
        formatting.percent(group.rate.value),
        formatting.interval(group.rate),
    )


def _check_view(check, name):
    head = axis_words(check.axis)
    return CheckView(
        title=_("By %(group)s") % {"group": head.lower()},
        table=ChartTable(
            caption=_("Those invited and those who answered, by %(group)s")
            % {"group": head.lower()},
            head=(
                head,
                _("Of those invited"),
                _("Of those who answered"),
                _("Difference, points"),
                _("95% interval"),
            ),
            rows=tuple(
                (
                    name(share.key),
                    formatting.percent(share.invited),
                    formatting.percent(share.answered.value),
                    formatting.percentage_points(share.difference.value),
                    formatting.interval(share.difference, formatting.percentage_points),
                )
                for share in name.ordered(check.shares)
            ),
        ),
        sentences=tuple(_check_sentences(check, name)),
    )


def _check_sentences(check, name):
    p_value = check.check.test.p_value
    if p_value is None:
        yield _("Whether the groups answer alike cannot be tested with these numbers.")
    elif p_value < 0.05:
        furthest = max(check.shares, key=lambda share: abs(share.difference.value))
        words = {
            "name": name(furthest.key),
            "points": formatting.percentage_points(furthest.difference.value),
        }
        yield (
            _(
                "The groups do not answer alike: %(name)s stands out most, with %(points)s points "
                "among those who answered against those invited."
            )
            % words
        )
    else:
        yield _("A test finds no difference in how willingly the groups answer.")
    if check.check.status is Status.LOW_BASE:
        yield _("Some groups have fewer than 20 answers; their rates say little.")
    if check.r_indicator is None:
        yield _(
            "The R-indicator needs %(least)s invitations, and %(each)s for each group: with fewer, "
            "chance alone moves it."
        ) % {"least": LEAST_INVITED, "each": LEAST_PER_CLASS}
    else:
        yield _("R-indicator: %(value)s; 1 means that all groups answer alike.") % {
            "value": formatting.number(check.r_indicator, 2)
        }
