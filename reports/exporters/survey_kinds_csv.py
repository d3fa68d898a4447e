"""Relationship and transactional surveys side by side as a CSV file: one row for each figure."""

import csv
from io import StringIO

from django.utils.translation import gettext as _

from reports.survey_kinds.view import absence_of, class_words, title_of
from surveys.formulas import guarded

from .participation_csv import BYTE_ORDER_MARK


def survey_kinds_csv(found):
    """The whole file as text; what is hidden has no figures."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            _("Group"),
            _("Survey"),
            _("Kind"),
            _("Scale"),
            _("Figure"),
            _("Value"),
            _("95% interval, low"),
            _("95% interval, high"),
            _("Base"),
        ]
    )
    for name, group in ((_("Everybody"), found.everybody), *((g.name, g) for g in found.groups)):
        for side in group.sides:
            survey, scale = side.source.survey, side.source.scale
            about = [guarded(name), guarded(title_of(survey)), survey.get_kind_display()]
            about.append(_("%(low)s to %(high)s") % {"low": scale.lowest, "high": scale.highest})
            for row in _rows(found, side):
                writer.writerow([*about, *row])
    return BYTE_ORDER_MARK + out.getvalue()


def _rows(found, side):
    if side.satisfaction is None:
        yield (absence_of(side), "", "", "", "")
        return
    yield (_("Top box"), *_estimate(side.satisfaction.top_box))
    for points, name, share in class_words(side)[:2]:
        yield (f"{name} ({points})", *_estimate(share))
    for point, share in zip(side.source.scale.points, side.satisfaction.distribution, strict=True):
        yield (_("Score %(score)s") % {"score": point}, *_estimate(share))
    if side.top_box_difference is not None:
        yield (_("Difference of the top box"), *_estimate(side.top_box_difference))
    if found.has_one_scale:
        yield (_("Mean"), *_estimate(side.satisfaction.mean))
        if side.mean_difference is not None:
            yield (_("Difference of means"), *_estimate(side.mean_difference))


def _estimate(estimate):
    ends = (estimate.value, estimate.low, estimate.high)
    return (*("" if end is None else end for end in ends), estimate.base)
