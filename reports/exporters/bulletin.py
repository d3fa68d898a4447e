"""Drawing the bulletin of a survey as it would be issued now."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.utils.translation import override

from reports.dataset import Selection
from reports.enums import Loyalty
from reports.presentation import results_view
from reports.summaries import survey_results
from surveys.permissions import placements_for

from .pdf import bulletin_html, render_pdf


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bulletin with what it rests on."""

    content: bytes
    responses: int
    data_cutoff: datetime


def draw_bulletin(*, survey, unit, level, language):
    """The bulletin as it would be issued now; raises `PdfFailed`."""
    placements = placements_for(None, unit) if unit else None
    results = survey_results(
        Selection(survey, placements),
        loyalties=(Loyalty.STATED, Loyalty.OBSERVED, Loyalty.RECOMMENDATION),
        with_distributions=True,
    )
    with override(language):
        view = results_view(results, unit=unit)
        html = bulletin_html(view, survey=survey, level=level, language=language)
        content = render_pdf(html)
    return Drawn(content, results.span.responses, data_cutoff_of(results.span, survey))


def data_cutoff_of(span, survey):
    """The moment of the last answer counted; for anonymous answers the end of their day."""
    if span.last_moment:
        return span.last_moment
    if span.last_day:
        return datetime.combine(span.last_day, time.max, tzinfo=UTC)
    return survey.created_at
