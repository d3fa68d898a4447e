"""The analysis for a terminal: a table with bars, and sentences."""

import textwrap
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.words import formatting, wording
from reports.words.sentences import Setting, sentence

from .analysis import loyalty_words

WIDTH = 88
BAR = 24
EIGHTHS = " ▏▎▍▌▋▊▉"


def as_text(analysis):
    """The whole page."""
    parts = [_head(analysis), curve_text(analysis.whole), _unusable(analysis)]
    for group in analysis.segments:
        title = f"{analysis.columns.segment}: {group.name}"
        parts.append(f"{title}\n{'─' * shown_width(title)}")
        parts.append(curve_text(group))
    return "\n\n".join(part for part in parts if part) + "\n"


def curve_text(group):
    """Table, comparison of the two best scores, and findings of one curve."""
    setting = setting_for(group)
    said = [sentence(finding, setting) for finding in group.findings]
    return "\n\n".join(
        (_points(group), *([_step(group.step)] if group.step else []), *map(_wrapped, said))
    )


def setting_for(group):
    """The words around the figures: a survey's curve knows its loyalty, a file's does not."""
    if hasattr(group, "loyalty"):
        return wording.setting_of(group)
    return Setting(confidence=group.curve.top_against_next.ratio.confidence)


def shown_width(text):
    """Columns that a text takes in a terminal; Chinese signs take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _head(analysis):
    columns, scale = analysis.columns, analysis.scale
    told = "" if analysis.scale_is_told else _(" (told from the values; --scale says otherwise)")
    lines = [
        analysis.file,
        _("Score: %(column)s, %(low)s to %(high)s%(told)s")
        % {"column": columns.score, "low": scale.lowest, "high": scale.highest, "told": told},
        _("Loyal: %(words)s") % {"words": loyalty_words(analysis.rule, columns.loyalty)},
        ngettext("%(used)s of %(rows)s row used", "%(used)s of %(rows)s rows used", analysis.rows)
        % {"used": formatting.count(analysis.used), "rows": formatting.count(analysis.rows)},
    ]
    if columns.weight:
        lines.append(_("Weighted by: %(column)s") % {"column": columns.weight})
    if analysis.conditions:
        lines.append(_("Only: %(conditions)s") % {"conditions": ", ".join(analysis.conditions)})
    return "\n".join(lines)


def _points(group):
    level = formatting.confidence_level(group.curve.top_against_next.ratio.confidence)
    rows = [(_("Score"), _("n"), _("Loyal"), _("%(level)s interval") % {"level": level}, "")]
    for point in reversed(group.points):
        share = point.share
        rows.append(
            (
                str(point.score),
                formatting.base(point.n),
                formatting.percent(share.value),
                formatting.interval(share),
                _bar(share.value),
            )
        )
    return _table(rows)


def _step(step):
    names = {"top": step.top_score, "next": step.next_score}
    rows = [
        (_("%(top)s against %(next)s") % names, "", ""),
        (
            _("Ratio of the loyal"),
            formatting.ratio(step.ratio.value),
            formatting.ratio_interval(step.ratio),
        ),
        (
            _("Ratio of the not loyal (%(next)s over %(top)s)") % names,
            formatting.ratio(step.defection_ratio.value),
            formatting.ratio_interval(step.defection_ratio),
        ),
        (
            _("Difference in points"),
            formatting.percentage_points(step.difference.value),
            formatting.interval(step.difference, formatting.percentage_points),
        ),
    ]
    return _table(rows, left=1)


def _table(rows, left=0):
    """Columns in line; the first `left` columns start at the left, the rest end at the right."""
    widths = [max(shown_width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = []
        for position, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - shown_width(cell))
            is_left = position < left or (position == len(row) - 1 and len(row) > 3)
            cells.append(cell + space if is_left else space + cell)
        lines.append("  " + "   ".join(cells).rstrip())
    return "\n".join(lines)


def _bar(share):
    if share is None:
        return ""
    eighths = round(share * BAR * 8)
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def _wrapped(text):
    if shown_width(text) > len(text):
        return text  # Chinese has no spaces to break at; the terminal breaks it
    return textwrap.fill(text, WIDTH)


def _unusable(analysis):
    if not analysis.unusable:
        return ""
    lines = [_("Rows in no figure:")]
    for reason, n in sorted(analysis.unusable.items(), key=lambda item: -item[1]):
        lines.append(f"  {formatting.count(n):>9}  {reason_words(reason, analysis)}")
    return "\n".join(lines)


def reason_words(reason, analysis):
    """Why rows are in no figure."""
    columns = analysis.columns
    return {
        "score_blank": _("%(column)s is blank"),
        "score_unreadable": _("%(column)s is no point of the scale"),
        "loyalty_blank": _("%(loyalty)s is blank"),
        "loyalty_unreadable": _("%(loyalty)s says neither loyal nor not loyal"),
        "not_applicable": _("does not apply"),
        "malformed": _("more fields than column names"),
        "weight": _("%(weight)s is no weight"),
    }[reason] % {"column": columns.score, "loyalty": columns.loyalty, "weight": columns.weight}
