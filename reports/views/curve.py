"""The curve of one kind of loyalty, with everything that can be said about it."""

from django.http import Http404
from django.shortcuts import render

from reports.curve.details import Cuts, default_cuts, segment_result, worth, zone_result
from reports.curve.segments import segments_view
from reports.curve.worth import worth_view
from reports.curve.zones import zones_view
from reports.dataset import published_questionnaires
from reports.enums import Loyalty
from reports.filters import shown_results
from reports.forms import CutsForm, WindowForm, WorthForm
from reports.presentation import curve_view, labels_of, results_view
from reports.summaries import FOLLOW_UP_DAYS
from reports.words import wording
from reports.words.definitions import CURVE, SEGMENTS, VALUE, ZONES, definitions

from .results import LOYALTIES, chosen, results_page

NO_CURVE = {"cuts": None, "worth_form": None}


@results_page
def curve(request, slug):
    """The curve, its segments and zones, and what a step to the best score is worth."""
    loyalty = request.GET.get("loyalty", Loyalty.STATED)
    if loyalty not in Loyalty.values:
        raise Http404
    survey, filters, bar = chosen(request, slug)
    window = WindowForm({"days": str(FOLLOW_UP_DAYS)} | request.GET.dict())
    if not window.is_valid():
        raise Http404
    days = window.cleaned_data["days"] or FOLLOW_UP_DAYS
    found = shown_results(filters, loyalties=(Loyalty(loyalty),), days=days)
    result = next(iter(found.curves), None)
    details = (
        NO_CURVE if result is None or result.obstacle else _details(request, filters, found, result)
    )
    overlay = details["segments"].overlay if details.get("segments") else {}
    return render(
        request,
        "reports/curve.html",
        {
            "survey": survey,
            "unit": filters.unit,
            "filter_form": bar,
            "form": window if loyalty == Loyalty.OBSERVED else None,
            "view": results_view(found, unit=filters.unit),
            "curve": result and curve_view(result, labels_of(found), **overlay),
            "loyalty": loyalty,
            "switch": [(value, wording.switch_words(value)) for value in LOYALTIES],
            "definitions": definitions(CURVE + SEGMENTS + ZONES + VALUE),
            **details,
        },
    )


def _details(request, filters, found, result):
    days = result.follow_up.days if result.follow_up else None
    may_show = filters.shows_segment(published_questionnaires(filters.survey))
    segments = segment_result(found.selection, result, days=days, may_show=may_show)
    over = request.GET.get("over", "")
    worth_form = WorthForm(request.GET if "moved" in request.GET else None)
    supposed = worth_form.suppositions
    cuts = _cuts_form(request, result)
    return {
        "over": over,
        "segments": segments_view(segments, over),
        "cuts": cuts,
        "zones": zones_view(zone_result(result, _chosen_cuts(cuts)), result),
        "worth_form": worth_form if result.step else None,
        "worth": supposed
        and worth_view(
            worth(result, segments, **supposed), result, share_moved=supposed["share_moved"]
        ),
    }


def _cuts_form(request, result):
    """The cut points asked for, or the usual ones; None where the scale is too short for zones."""
    if zone_result(result) is None:
        return None
    usual = default_cuts(result.scale)
    asked = {name: request.GET.get(name, getattr(usual, name)) for name in Cuts.__slots__}
    return CutsForm(result.scale, asked)


def _chosen_cuts(form):
    return Cuts(**form.cleaned_data) if form is not None and form.is_valid() else None
