"""Who was asked and who answered, in words and tables, for the page and for the file."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from scoring.intervals import proportion
from scoring.results import Status
from scoring.weight_types import HEAVY_ABOVE
from surveys.models import Segment, Unit, Wave
from surveys.texts import text_in

from . import formatting
from .figures import ChartTable
from .frame import TOGETHER
from .participation_view import Step, few_words
from .presentation import Metric
from .response_weights import LARGEST_WEIGHT
from .who_answered import LEAST_INVITED, LEAST_PER_CLASS, response_rate

RATES = ("RR1", "RR2", "RR5", "REF1", "COOP1")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one axis, in the order in which they are listed."""

    by_key: dict
    without: str

    def __call__(self, key):
        if key == TOGETHER:
            return _("Small groups together")
        return self.by_key.get(key, key) if key else self.without

    def ordered(self, items):
        """Groups in the order of their names; those without a name last."""
        places = {key: place for place, key in enumerate(self.by_key)}
        return sorted(items, key=lambda item: places.get(item.key, len(places)))


@dataclass(frozen=True, slots=True)
class CheckView:
    """Those who answered against those who were asked, by one axis."""

    title: str
    table: ChartTable
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeightingView:
    """What weighting does, or why there is none."""

    title: str
    table: ChartTable | None
    sentences: tuple[str, ...]
    obstacle: str = ""


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
            _group_table(axis_words(axis), names[axis].ordered(groups), names[axis])
            for axis, groups in found.groups.items()
            if len(groups) > 1
        ),
        by_day=_group_table(
            _("Month of the invitation, from") if found.has_months else _("Day of the invitation"),
            found.by_day,
            formatting.day,
        ),
        checks=tuple(_check_view(check, names[check.axis]) for check in found.checks),
        weighting=_weighting_view(found.weighting, names) if found.weighting else None,
        minimum=settings.MINIMUM_BASE,
    )


def response_rate_metrics(selection):
    """The response rate as a figure of a survey's card, or none where there is no rate."""
    rate = response_rate(selection)
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


def axis_words(axis):
    """What a way of grouping is called."""
    return {
        "unit": _("Unit"),
        "segment": _("Segment"),
        "language": _("Language"),
        "wave": _("Wave"),
    }[axis]


def names_of(found):
    """For each axis what names a key; nothing known has a name too."""
    units = dict(Unit.objects.order_by("path").values_list("pk", "name"))
    segments = {
        segment.pk: text_in(segment.name, get_language(), settings.LANGUAGE_CODE)
        for segment in Segment.objects.all()
    }
    waves = {wave.pk: str(wave) for wave in Wave.objects.filter(survey=found.selection.survey)}
    languages = {code: _(name) for code, name in settings.LANGUAGES}
    return {
        "unit": Names(units, _("No unit")),
        "segment": Names(segments, _("No segment")),
        "language": Names(languages, _("No language known")),
        "wave": Names(waves, _("No wave")),
    }


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
        (_("Invited"), tally.invited),
        (_("Skipped before inviting, and why"), None),
        (_("Invitation sent out"), None),
        (_("Came back undelivered"), None),
        (_("Page opened by a personal link (visits)"), found.opened),
        (_("Begun"), tally.started),
        (_("Answers sent"), tally.complete),
        (_("Begun, not sent"), tally.begun),
        (_("Asked not to be surveyed"), tally.refused),
        (_("No reaction"), tally.silent),
        (_("Invitation withdrawn (in no rate)"), tally.withdrawn),
    )


def _funnel_table(found):
    return ChartTable(
        caption=_("From invitation to answer"),
        head=(_("Step"), _("Number"), _("Of those invited")),
        rows=tuple(_funnel_row(found, name, number) for name, number in funnel_rows(found)),
    )


def _funnel_row(found, name, number):
    if number is None:
        return (name, _("not recorded"), formatting.NOTHING)
    is_share = number <= found.tally.invited and number not in (found.opened,)
    share = proportion(number, found.tally.invited).value if is_share else None
    return (name, formatting.count(number), formatting.percent(share))


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


def _group_table(head, groups, name):
    return ChartTable(
        caption=_("Response rate by %(group)s") % {"group": head.lower()},
        head=(head, _("Invited"), _("Answered"), _("Response rate"), _("95% interval")),
        rows=tuple((name(group.key), *_group_cells(group)) for group in groups),
    )


def _group_cells(group):
    if group.tally is None:
        return (few_words(), *[formatting.NOTHING] * 3)
    return (
        formatting.base(group.tally.invited),
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


def _weighting_view(found, names):
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
        "Weights correct only for what the chosen margins know; who answers may differ in other "
        "ways."
    )
