"""What answers can be broken down and filtered by, with the names of the values.

In addresses a value has the code that it has elsewhere: of a unit, a segment,
a channel; "none" stands for "not known".
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.attribute_groups import group_words
from surveys.enums import AccountRole, Channel, SatisfactionClass
from surveys.models import (
    CustomerAttribute,
    Panel,
    PublicLink,
    RespondentType,
    Stage,
    SurveyVersion,
    Unit,
)
from surveys.texts import text_in

from .dataset import known_segments, once, profile_questions, waves_of

NOT_KNOWN = "none"
ROLES = AccountRole.choices


@dataclass(frozen=True, slots=True, eq=False)
class Attribute:
    """One attribute: its values in order, with the code and the name of each."""

    key: str
    name: str
    codes: dict
    names: dict

    def value_of(self, code):
        """The value with this code; `LookupError` when there is none."""
        for value, known in self.codes.items():
            if known == code:
                return value
        raise LookupError(code)


def attributes_of(cube, questionnaires, survey, *, wanted=lambda key: True):
    """The attributes on which the answers of a cube differ, by key, in the order of the menus."""
    values = {key: column.values for key, column in cube.columns.items() if wanted(key)}
    return attributes_with(values, questionnaires, survey)


def attributes_with(values_by_key, questionnaires, survey):
    """The attributes that have these values; one that has a single value is none."""
    questions = profile_questions(questionnaires)
    found = {}
    for key, values in values_by_key.items():
        if len(values) < 2:
            continue
        name, words = _words(key, values, questions, survey)
        found[key] = Attribute(
            key=key,
            name=name,
            codes={value: NOT_KNOWN if _is_blank(value) else words[value][0] for value in words},
            names={value: words[value][1] for value in words},
        )
    return found


def _is_blank(value):
    return value is None or value == ""


def _words(key, values, questions, survey):
    """The name of an attribute, and for each value its code and name."""
    kind = key.split("-")[0]
    if kind == "profile":
        name, words = _profile(questions[key.removeprefix("profile-")], survey)
    elif kind == "trait":
        name, words = _trait(key.removeprefix("trait-"), values, survey)
    else:
        name, words = WORDS[kind](key, values, survey)
    blank = ("", _("Not known"))
    return name, {
        value: blank if _is_blank(value) else words.get(value, (str(value), str(value)))
        for value in values
    }


def _unit(key, values, _survey):
    units = once("units", lambda: list(Unit.objects.only("pk", "code", "name")))
    name = _("Unit, level %(level)s") % {"level": key.split("-")[1]}
    return name, {unit.pk: (unit.code, unit.name) for unit in units}


def _segment(_key, _values, survey):
    return _("Segment"), {
        segment.pk: (segment.code, text_in(segment.name, get_language(), survey.default_language))
        for segment in known_segments()
    }


def _channel(_key, _values, _survey):
    return _("Channel"), {value: (value, str(label)) for value, label in Channel.choices}


def _satisfaction_class(_key, _values, _survey):
    names = {value: (value, str(label)) for value, label in SatisfactionClass.choices}
    return _("Satisfaction class"), names


def _language(_key, _values, _survey):
    return _("Language"), {code: (code, str(name)) for code, name in settings.LANGUAGES}


def _link(_key, _values, survey):
    links = PublicLink.objects.filter(survey=survey)
    return _("Link"), {link.pk: (str(link.pk), link.name) for link in links}


def _wave(_key, _values, survey):
    return _("Wave"), {wave.pk: (str(wave.pk), wave.name) for wave in waves_of(survey)}


def _version(_key, _values, survey):
    versions = SurveyVersion.objects.filter(survey=survey)
    return _("Version"), {
        version.pk: (str(version.number), _("Version %(number)s") % {"number": version.number})
        for version in versions
    }


def _profile(question, survey):
    language = get_language()
    return text_in(question.text, language, survey.default_language), {
        choice.code: (choice.code, text_in(choice.label, language, survey.default_language))
        for choice in question.choices
    }


def _trait(key, values, survey):
    """What is known of customers: a list of staff's, or an attribute with its choices."""
    if key.startswith("attribute."):
        return _customer_attribute(key.removeprefix("attribute."), values, survey)
    if key == "role":
        return _("Role in the account"), {code: (code, str(name)) for code, name in ROLES}
    if key == "handler":
        return _("Handled by"), {}
    if key == "panel":
        return _("Panel"), {
            str(panel.pk): (str(panel.pk), panel.name) for panel in Panel.objects.all()
        }
    model, name = (Stage, _("Stage")) if key == "stage" else (RespondentType, _("Respondent type"))
    return name, {
        str(entry.pk): (entry.code, _in_words(entry.name, survey)) for entry in model.objects.all()
    }


def _customer_attribute(code, values, survey):
    attribute = CustomerAttribute.objects.filter(code=code).first()
    if attribute is None:
        return code, {}
    if attribute.grouping:
        known = {value for value in values if not _is_blank(value)}
        names = {value: (value, group_words(attribute, value)) for value in sorted(known)}
        return _in_words(attribute.name, survey), names
    return _in_words(attribute.name, survey), {
        choice.code: (choice.code, _in_words(choice.name, survey))
        for choice in attribute.choices.all()
    }


def _in_words(texts, survey):
    return text_in(texts, get_language(), survey.default_language)


def _plain(name):
    return lambda _key, _values, _survey: (name(), {})


WORDS = {
    "unit": _unit,
    "segment": _segment,
    "channel": _channel,
    "language": _language,
    "satisfaction_class": _satisfaction_class,
    "touchpoint": _plain(lambda: _("Touchpoint")),
    "link": _link,
    "wave": _wave,
    "version": _version,
    "year": _plain(lambda: _("Year")),
    "quarter": _plain(lambda: _("Quarter")),
    "month": _plain(lambda: _("Month")),
}
