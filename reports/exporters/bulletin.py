"""Drawing the bulletin of a survey as it would be issued now."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from reports.dataset import Selection, with_last_moment
from reports.enums import Loyalty
from reports.models import Paper, ReportLevel
from reports.overview.overview import overview, places_on_paper, stored_drivers
from reports.summaries import survey_results
from reports.words import formatting
from surveys.models import Segment, Wave
from surveys.permissions import placements_for
from surveys.texts import text_in

from .findings import findings_of
from .pdf import bulletin_html, render_pdf

MANAGER_PAGES = 2
SHORTER = (20, 16, 13, 10, 8, 6, 4, 2, 0)  # questions, until the pages are few enough


@dataclass(frozen=True, slots=True)
class Scope:
    """Which answers of a unit a bulletin counts, and for whom it is made."""

    segment: Segment | None = None
    wave: Wave | None = None
    first_day: date | None = None
    last_day: date | None = None
    audience: str = ""

    @classmethod
    def of(cls, edition):
        """What an edition was asked to count."""
        kept = edition.scope
        return cls(
            segment=Segment.objects.get(pk=kept["segment"]) if "segment" in kept else None,
            wave=Wave.objects.get(pk=kept["wave"]) if "wave" in kept else None,
            **{
                name: date.fromisoformat(kept[name])
                for name in ("first_day", "last_day")
                if name in kept
            },
            audience=edition.run.report.audience if edition.run else "",
        )

    @property
    def limits(self):
        """What narrows a `Selection`."""
        return {name: getattr(self, name) for name in LIMITS}

    def words(self, survey):
        """The same for the first page, in the language that is active."""
        words = []
        if self.audience:
            words.append(_("For: %(audience)s") % {"audience": self.audience})
        if self.segment:
            words.append(text_in(self.segment.name, get_language(), survey.default_language))
        if self.wave:
            words.append(self.wave.name)
        if self.first_day and self.last_day:
            words.append(formatting.period(self.first_day, self.last_day))
        return words


LIMITS = ("segment", "wave", "first_day", "last_day")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bulletin with what it rests on."""

    content: bytes
    responses: int
    data_cutoff: datetime


def draw_edition(edition):
    """The bulletin that an edition stands for; raises `PdfFailed`."""
    return draw_bulletin(
        survey=edition.survey,
        unit=edition.unit,
        level=edition.level,
        language=edition.language,
        paper=edition.paper,
        scope=Scope.of(edition),
        with_comments=edition.with_comments,
    )


def draw_bulletin(
    *, survey, unit, level, language, paper=Paper.A4, scope=None, with_comments=False
):
    """The bulletin as it would be issued now; raises `PdfFailed`."""
    scope = scope or Scope()
    placements = placements_for(None, unit) if unit else None
    selection = Selection(survey, placements, visible=placements, **scope.limits)
    results = survey_results(
        selection,
        loyalties=(Loyalty.STATED, Loyalty.OBSERVED, Loyalty.RECOMMENDATION),
        with_distributions=True,
    )
    results = replace(results, span=with_last_moment(results.selection, results.span))
    with override(language):
        places = () if results.is_hidden else places_on_paper(selection)
        analysis = stored_drivers(selection)
        view = overview(results, unit=unit, analysis=analysis, places=places)
        wish = {"survey": survey, "level": level, "language": language, "paper": paper}
        wish["scope"] = scope.words(survey)
        if level == ReportLevel.FULL:
            wish["findings"] = findings_of(
                selection, unit, places=places, with_comments=with_comments
            )
            content = render_pdf(bulletin_html(view, **wish))
        else:
            number = len(view.distributions)
            steps = [None, *(most for most in SHORTER if most < number)]
            pages = [bulletin_html(view, most_questions=most, **wish) for most in steps]
            content = render_pdf(*dict.fromkeys(pages), most_pages=MANAGER_PAGES)
    return Drawn(content, results.span.responses, data_cutoff_of(results.span, survey))


def data_cutoff_of(span, survey):
    """The moment of the last answer counted; for anonymous answers the end of their day."""
    if span.last_moment:
        return span.last_moment
    if span.last_day:
        return datetime.combine(span.last_day, time.max, tzinfo=UTC)
    return survey.created_at
