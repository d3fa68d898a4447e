"""The fieldwork in words and tables, for the page and for the file."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.charts.figures import ChartTable
from reports.words import formatting
from scoring.intervals import proportion
from surveys.enums import Device
from surveys.texts import text_in

from .charts import NARROW, day_drawing

LONGEST_LABEL = 70


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way through the survey."""

    name: str
    count: str
    share: str
    width: float


@dataclass(frozen=True, slots=True)
class ParticipationView:
    """Everything that the page prints."""

    participation: object
    steps: tuple[Step, ...]
    response_rate: str
    drawing: object | None
    compact: object | None
    by_day: ChartTable
    groups: tuple[ChartTable, ...]
    pages: ChartTable | None
    questions: ChartTable | None
    median: str
    quartiles: str
    time_base: str
    promised: str
    is_empty: bool
    minimum: int


def participation_view(found):
    """The view of a `Participation`, in the language that is active."""
    funnel, time = found.funnel, found.time
    has_time = time.median is not None
    return ParticipationView(
        participation=found,
        steps=tuple(_steps(funnel)),
        response_rate=_response_rate(found.invited),
        drawing=day_drawing(found),
        compact=day_drawing(found, NARROW),
        by_day=group_table(*day_table(found), formatting.day),
        groups=tuple(
            group_table(caption, head, groups, name)
            for caption, head, groups, name in group_tables(found)
            if groups
        ),
        pages=_page_table(found) if found.pages else None,
        questions=_question_table(found) if found.questions else None,
        median=_median(found),
        quartiles=(
            _("half of them between %(low)s and %(high)s")
            % {
                "low": formatting.duration(time.lower_quartile),
                "high": formatting.duration(time.upper_quartile),
            }
            if has_time
            else ""
        ),
        time_base=formatting.answers(time.base) if has_time else "",
        promised=formatting.duration(found.minutes_promised * 60),
        is_empty=not (funnel.shown or found.invited.invited),
        minimum=settings.MINIMUM_BASE,
    )


def day_table(found):
    """Caption, heading and groups of the days, or of the weeks of a long period."""
    if found.period.is_long:
        return _("By week"), _("Week from"), found.by_day
    return _("By day"), _("Day"), found.by_day


def group_tables(found):
    """Caption, heading, groups and the naming of a group, for every way of grouping but days."""
    return (
        (_("By link"), _("Link"), found.by_link, lambda key: key or _("Personal links")),
        (_("By unit"), _("Unit"), found.by_unit, lambda key: key or _("No unit")),
        (_("By device"), _("Device"), found.by_device, lambda key: str(Device(key).label)),
    )


def group_table(caption, head, groups, name):
    """One way of grouping as a table; what is too small says so."""
    return ChartTable(
        caption=caption,
        head=(head, _("Shown"), _("Begun"), _("Sent"), _("Sent of those shown")),
        rows=tuple((name(group.key), *_cells(group.funnel)) for group in groups),
    )


def few_words():
    """What stands where a group is too small."""
    return _("too few")


def _cells(funnel):
    if funnel is None:
        return (few_words(), formatting.NOTHING, formatting.NOTHING, formatting.NOTHING)
    return (
        formatting.count(funnel.shown),
        formatting.count(funnel.started),
        formatting.count(funnel.completed),
        formatting.percent(_share(funnel.completed, funnel.shown)),
    )


def _steps(funnel):
    for name, number in (
        (_("Shown"), funnel.shown),
        (_("Begun"), funnel.started),
        (_("Sent"), funnel.completed),
    ):
        share = _share(number, funnel.shown)
        width = round(100 * (share or 0), 2)
        yield Step(name, formatting.count(number), formatting.percent(share), width)


def _median(found):
    """The median time; for anonymous answers the upper end of its step."""
    shown = formatting.duration(found.time.median)
    if found.survey.is_anonymous and found.time.median is not None:
        return _("up to %(time)s") % {"time": shown}
    return shown


def _response_rate(invited):
    if not invited.invited:
        return ""
    values = {
        "answered": formatting.count(invited.answered),
        "invited": formatting.count(invited.invited),
    }
    if invited.invited < settings.MINIMUM_BASE:
        return _("%(answered)s of %(invited)s") % values
    rate = formatting.percent(_share(invited.answered, invited.invited))
    return _("%(rate)s (%(answered)s of %(invited)s)") % (values | {"rate": rate})


def _share(part, whole):
    return proportion(part, whole).value


def _page_table(found):
    rows = []
    for page in found.pages:
        first = _text_of(found, found.questionnaire.question(page.keys[0])) if page.keys else ""
        more = len(page.keys) - 1
        label = f"{page.number}. {first}" + (f" (+{more})" if more > 0 else "")
        share = None if page.reached is None else _share(page.left, page.reached)
        rows.append(
            (
                label,
                few_words() if page.reached is None else formatting.count(page.reached),
                formatting.NOTHING if page.left is None else formatting.count(page.left),
                formatting.percent(share),
            )
        )
    head = (_("Page"), _("Came to it"), _("Left here"), _("Share who left"))
    return ChartTable(caption=_("Where people left"), head=head, rows=tuple(rows))


def _question_table(found):
    rows = [
        (
            _text_of(found, question.item),
            formatting.count(question.asked),
            formatting.NOTHING if question.blank is None else formatting.count(question.blank),
            formatting.percent(
                None if question.blank is None else _share(question.blank, question.asked)
            ),
        )
        for question in found.questions
    ]
    head = (_("Question"), _("Asked"), _("Left blank"), _("Share left blank"))
    return ChartTable(caption=_("Questions left blank"), head=head, rows=tuple(rows))


def _text_of(found, question):
    text = text_in(question.text, get_language(), found.survey.default_language)
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1].rstrip() + "…"
