"""The survey plan in words, for the results page and the method section of the bulletin."""

from django.utils.translation import gettext as _

from reports.dataset import waves_of
from reports.words import formatting
from surveys.enums import Selection
from surveys.services.survey_plan import rule_of

MOST_WAVES = 5


def survey_plan(survey):
    """Pairs of a name and its words, of what the plan says."""
    pairs = [
        (_("Purpose"), survey.purpose),
        (_("Who could be asked"), survey.population),
        (_("How they were chosen"), _selection(survey)),
        (_("Planned days"), _field_dates(survey)),
        (_("Customers of each wave"), _waves(survey)),
    ]
    return [(name, words) for name, words in pairs if words]


def _selection(survey):
    words = [survey.get_selection_display()] if survey.selection else []
    if survey.selection and survey.sample_size:
        words.append(_("%(number)s chosen") % {"number": formatting.count(survey.sample_size)})
    if survey.selection == Selection.RANDOM and survey.sample_seed is not None:
        words.append(_("seed %(seed)d") % {"seed": survey.sample_seed})
    return " · ".join([", ".join(words), survey.selection_rule]).strip(" ·")


def _waves(survey):
    """Whom the newest waves that asked somebody chose, and by which seed."""
    newest = [wave for wave in reversed(waves_of(survey)) if wave.started_at]
    told = [f"{wave.name}: {_chosen(wave)}" for wave in newest[:MOST_WAVES]]
    if len(newest) > MOST_WAVES:
        told.append(_("earlier waves are not listed"))
    return "; ".join(told)


def _chosen(wave):
    words = [rule_of(wave) or wave.get_population_display()]
    if wave.sample_size:
        words.append(
            _("%(number)s at random, seed %(seed)d")
            % {"number": formatting.count(wave.sample_size), "seed": wave.sample_seed}
        )
    return ", ".join(words)


def _field_dates(survey):
    first, last = survey.field_from, survey.field_until
    if first and last:
        days = formatting.period(first, last)
    elif first:
        days = _("from %(day)s") % {"day": formatting.day(first)}
    elif last:
        days = _("until %(day)s") % {"day": formatting.day(last)}
    else:
        return ""
    return _("%(days)s, time zone %(zone)s") % {"days": days, "zone": survey.time_zone}
