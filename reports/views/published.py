"""The page of results for the staff of a unit, and publishing it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.dataset import Selection
from reports.editions.publishing import publish_page, withdraw_page
from reports.enums import Loyalty
from reports.permissions import published_page_by, published_pages_for, survey_to_publish_for
from reports.presentation import results_view
from reports.summaries import survey_results
from reports.words.definitions import SHORT, definitions
from surveys.permissions import placements_for, unit_for
from surveys.views.staff import staff_page

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the address is the key
    "X-Robots-Tag": "noindex, nofollow",
}


@require_safe
def published_page(request, token):
    """The figures of one unit for whoever holds its link; no comment and no filter."""
    page = published_page_by(token)
    found = survey_results(
        Selection(page.survey, placements_for(None, page.unit)),
        loyalties=(Loyalty.STATED, Loyalty.RECOMMENDATION),
        with_distributions=True,
    )
    context = {
        "view": results_view(found, unit=page.unit),
        "definitions": definitions(SHORT),
        "survey": page.survey,
    }
    response = render(request, "reports/published.html", context)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


@staff_page("POST")
def page_publish(request, slug):
    """Give the staff of a unit a link to their figures."""
    survey = survey_to_publish_for(request.user, slug)
    unit = unit_for(request.user, request.POST.get("unit", ""))
    publish_page(survey=survey, unit=unit, user=request.user)
    messages.success(request, _("Whoever has the link may read the figures of this unit."))
    return redirect("reports:edition_list", slug=survey.slug)


@staff_page("POST")
def page_withdraw(request, pk):
    """Let a link lead nowhere."""
    page = get_object_or_404(published_pages_for(request.user), pk=pk)
    withdraw_page(page)
    messages.success(request, _("The link leads nowhere any more."))
    return redirect("reports:edition_list", slug=page.survey.slug)
