"""What a file rests on, in words: survey, answers, days, versions, and what is not in it."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.words import formatting
from surveys.texts import text_in


def scope_rows(survey, *, unit=None, with_excluded=False, responses=None, period="", notes=()):
    """Pairs of a name and its words, for the sheet "Scope" of every file."""
    title = text_in(survey.title, get_language(), survey.default_language)
    rows = [
        (_("Survey"), title),
        (_("Short name"), survey.slug),
        (_("Unit"), unit.name if unit else _("All units")),
        (_("Period"), period or formatting.NOTHING),
        (_("Answers that staff left out"), _("in it") if with_excluded else _("not in it")),
        (_("Time zone"), survey.time_zone),
        (_("Made at"), timezone.now().isoformat(timespec="seconds")),
        (_("Organisation"), settings.ORGANISATION_NAME),
    ]
    if responses is not None:
        rows.insert(4, (_("Answers"), responses))
    return [*rows, *((_("Note"), note) for note in notes)]
