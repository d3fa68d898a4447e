"""Relationship and transactional surveys side by side, in words, bars and one table."""

from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from reports.charts.figures import ChartTable, shares_chart
from reports.charts.paper import COMPACT, BarDrawing, bar_drawing
from reports.words import formatting
from reports.words.metrics import Metric, metric
from surveys.texts import text_in


@dataclass(frozen=True, slots=True)
class SideView:
    """One survey on one group; without figures, `absence` says why."""

    title: str
    kind: str
    base: str = ""
    metrics: tuple[Metric, ...] = ()
    drawing: BarDrawing | None = None
    compact: BarDrawing | None = None
    difference: str = ""
    absence: str = ""


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group of customers with all surveys, the relationship survey first."""

    name: str
    sides: tuple[SideView, ...]


@dataclass(frozen=True, slots=True)
class SurveyKindsView:
    """Everything that the page shows."""

    groups: tuple[GroupView, ...]
    tables: tuple[ChartTable, ...]
    notes: tuple[str, ...]
    obstacle: str = ""


def survey_kinds_view(found):
    """The view of `SurveyKinds`, in the language that is active."""
    groups = ((_("Everybody"), found.everybody), *((one.name, one) for one in found.groups))
    drawn = tuple(
        GroupView(name, tuple(_side_view(found, name, side) for side in group.sides))
        for name, group in groups
    )
    return SurveyKindsView(
        groups=drawn,
        tables=(_figures_table(found, groups), _shares_table(found, groups)),
        notes=tuple(_notes(found)),
        obstacle=_("This makes too many groups to read. Choose a coarser attribute or a filter.")
        if found.is_too_fine
        else "",
    )


def title_of(survey):
    """The title of a survey in the language that is active."""
    return text_in(survey.title, get_language(), survey.default_language)


def absence_of(side):
    """Why a survey has no figures on a group, or nothing where it has."""
    if side.satisfaction is not None:
        return ""
    return _("hidden") if side.is_hidden else _("no answers")


def class_words(side):
    """The three classes as the scale of the survey cuts them, the lowest first."""
    scale, classes = side.source.scale, side.classes
    if classes is None:
        return ()
    return (
        (_words_of_points(scale.lowest, classes.middle_from - 1), _("Bottom"), classes.low),
        (_words_of_points(classes.middle_from, classes.high_from - 1), _("Middle"), classes.middle),
        (_words_of_points(classes.high_from, scale.highest), _("Top box"), classes.high),
    )


def shares_of(found, side):
    """The shares that may be compared: of every score on one scale, else of the three classes."""
    if found.has_one_scale:
        points = map(str, side.source.scale.points)
        shares = zip(points, side.satisfaction.distribution, strict=True)
        return tuple((point, point, share) for point, share in shares)
    return tuple((f"{name} ({points})", points, share) for points, name, share in class_words(side))


def _words_of_points(first, last):
    return str(first) if first == last else f"{first}–{last}"


def _side_view(found, group, side):
    survey = side.source.survey
    view = {"title": title_of(survey), "kind": survey.get_kind_display()}
    if side.satisfaction is None:
        return SideView(**view, absence=absence_of(side))
    base = side.satisfaction.base
    shares = shares_of(found, side)
    chart = shares_chart(f"{group}, {view['title']}", shares, base=base, table=None)
    return SideView(
        **view,
        base=formatting.answers(base),
        metrics=_metrics(found, side),
        drawing=bar_drawing(chart) if shares else None,
        compact=bar_drawing(chart, width=COMPACT.width) if shares else None,
        difference=_difference(side),
    )


def _metrics(found, side):
    scale = side.source.scale
    name = _("Top box (%(best)s of %(highest)s)") % {"best": scale.best, "highest": scale.highest}
    figures = [metric("top_box", name, side.satisfaction.top_box, formatting.percent)]
    if found.has_one_scale:
        figures.append(metric("mean_score", _("Mean"), side.satisfaction.mean, formatting.mean))
    return tuple(figures)


def _difference(side):
    top, mean = side.top_box_difference, side.mean_difference
    if top is None:
        return ""
    words = _("Top box minus that of the relationship survey: %(points)s points (%(ends)s)") % {
        "points": formatting.percentage_points(top.value),
        "ends": formatting.interval(top, formatting.percentage_points),
    }
    if mean is None:
        return f"{words}."
    return _("%(words)s; mean: %(difference)s (%(ends)s).") % {
        "words": words,
        "difference": formatting.difference_of_means(mean.value),
        "ends": formatting.interval(mean, formatting.difference_of_means),
    }


def _figures_table(found, groups):
    head = [_("Group and survey"), _("Answers (n)"), _("Top box"), _("95% interval")]
    head += [_("Difference, points"), _("95% interval")]
    if found.has_one_scale:
        head += [_("Mean"), _("95% interval"), _("Difference of means"), _("95% interval")]
    rows = [
        (f"{name} · {title_of(side.source.survey)}", *_figures(found, side, len(head) - 1))
        for name, group in groups
        for side in group.sides
    ]
    return ChartTable(_("Both kinds by group"), tuple(head), tuple(rows))


def _figures(found, side, width):
    if side.satisfaction is None:
        return (absence_of(side), *[formatting.NOTHING] * (width - 1))
    top, mean = side.satisfaction.top_box, side.satisfaction.mean
    cells = [
        formatting.base(side.satisfaction.base),
        formatting.percent(top.value),
        formatting.interval(top),
        *_pair(side.top_box_difference, formatting.percentage_points),
    ]
    if found.has_one_scale:
        cells += _pair(mean, formatting.mean)
        cells += _pair(side.mean_difference, formatting.difference_of_means)
    return tuple(cells)


def _pair(estimate, form):
    if estimate is None:
        return [formatting.NOTHING, formatting.NOTHING]
    return [form(estimate.value), formatting.interval(estimate, form)]


def _shares_table(found, groups):
    if found.has_one_scale:
        head = [_("Score %(score)s") % {"score": p} for p in found.sources[0].scale.points]
    else:
        head = [_("Bottom"), _("Middle"), _("Top box")]
    rows = [
        (f"{name} · {title_of(side.source.survey)}", *_shares(found, side, len(head)))
        for name, group in groups
        for side in group.sides
    ]
    return ChartTable(
        _("Shares of the scores") if found.has_one_scale else _("Shares of the parts of the scale"),
        (_("Group and survey"), *head),
        tuple(rows),
    )


def _shares(found, side, width):
    if side.satisfaction is None:
        return (absence_of(side), *[formatting.NOTHING] * (width - 1))
    cells = [
        _("%(share)s (%(ends)s)")
        % {"share": formatting.percent(share.value), "ends": formatting.interval(share)}
        for _label, _code, share in shares_of(found, side)
    ]
    return tuple(cells or [formatting.NOTHING] * width)


def _notes(found):
    yield _(
        "A relationship survey asks about everything so far, a transactional survey about one "
        "event. Their answers are set side by side and never added up or averaged."
    )
    yield _(
        "A difference here is one between different people at different moments: who had an event "
        "was asked about it, others were not. It says that the two figures differ, not why."
    )
    yield _("Figures in brackets are 95% intervals.")
    yield _(
        "The intervals of the differences take the answers of the surveys as independent; a "
        "customer who answered several surveys is counted in each. With many groups, about one "
        "interval in twenty misses by chance alone."
    )
    if not found.has_one_scale:
        scales = "; ".join(
            _("%(survey)s: %(low)s to %(high)s")
            % {"survey": title_of(s.survey), "low": s.scale.lowest, "high": s.scale.highest}
            for s in found.sources
        )
        yield _(
            "The surveys ask on different scales (%(scales)s). So only the shares of the best "
            "score, of the middle and of the bottom are shown, and no means; the longer a scale, "
            "the fewer choose its best score."
        ) % {"scales": scales}
    if found.hidden_count:
        yield ngettext(
            "%(count)s group of a survey is hidden: it is small, or would give away another.",
            "%(count)s groups of surveys are hidden: they are small, or would give away others.",
            found.hidden_count,
        ) % {"count": formatting.count(found.hidden_count)}
