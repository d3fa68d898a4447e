"""The plan of a survey takes from its first wave how customers are chosen."""

from django.utils.translation import gettext as _

from surveys.enums import Population, Selection


def note_selection(wave):
    """Fill in the plan where staff have said nothing; what they have said stays."""
    survey = wave.survey
    if not survey.selection:
        survey.selection = selection_of(wave)
        survey.sample_size = wave.sample_size
        survey.sample_seed = wave.sample_seed
    survey.selection_rule = survey.selection_rule or rule_of(wave)
    survey.field_from = survey.field_from or wave.starts_on
    if survey.field_until is None and survey.field_from <= wave.ends_on and not wave.series_id:
        survey.field_until = wave.ends_on
    survey.save(
        update_fields=[
            "selection",
            "sample_size",
            "sample_seed",
            "selection_rule",
            "field_from",
            "field_until",
        ]
    )


def selection_of(wave):
    """How the customers of a wave were chosen, in the words of the plan."""
    if wave.sample_size:
        return Selection.RANDOM
    return Selection.ALL if wave.population == Population.ALL else Selection.RULE


def rule_of(wave):
    """Where the customers of a wave came from, in a few words; "" for all of them."""
    if wave.population == Population.FILTER and wave.filter:
        return _("Saved filter “%(name)s”") % {"name": wave.filter.name}
    if wave.population == Population.PANEL and wave.panel:
        return _("Panel “%(name)s”") % {"name": wave.panel.name}
    return ""
