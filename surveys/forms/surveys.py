"""Forms for a survey as a whole."""

from functools import cache
from zoneinfo import available_timezones

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from surveys.enums import SurveyKind, SurveyMode
from surveys.languages import language_name

from .plan import PlanFields
from .staff import StaffForm, TextsMixin, field_name

KINDS = [
    (SurveyKind.RELATIONSHIP, _("Relationship: how customers see us as a whole")),
    (SurveyKind.TRANSACTIONAL, _("Transactional: about one purchase, repair or visit")),
    (
        SurveyKind.EMPLOYEE,
        _("Employee: seen only by administrators and by the designer who makes it"),
    ),
]
MODES = [
    (SurveyMode.NAMED, _("Identified: answers to personal links are kept with the customer")),
    (
        SurveyMode.ANONYMOUS_INVITED,
        _("Anonymous, by invitation: who answered is known, but not what"),
    ),
    (SurveyMode.ANONYMOUS, _("Anonymous: public links only, nothing joins an answer to a person")),
]


@cache
def time_zones():
    """All time zones as choices."""
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones())]


class SurveyForm(TextsMixin, StaffForm):
    """What is the same in every version of a survey."""

    def __init__(self, *args, survey=None, title=None, languages=(), is_fixed=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.survey = survey
        offered = dict(settings.LANGUAGES)
        offered |= {code: language_name(code) for code in languages if code not in offered}
        self.add_texts("title", _("Title"), title or {}, offered)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind"), choices=KINDS, widget=forms.RadioSelect, disabled=is_fixed
        )
        self.fields["mode"] = forms.ChoiceField(
            label=_("Answers are"),
            choices=MODES,
            widget=forms.RadioSelect,
            disabled=is_fixed,
            initial=SurveyMode.NAMED,
        )
        self.fields["languages"] = forms.MultipleChoiceField(
            label=_("Languages"),
            choices=list(offered.items()),
            widget=forms.CheckboxSelectMultiple,
            initial=list(languages),
        )
        self.fields["default_language"] = forms.ChoiceField(
            label=_("First language"),
            choices=list(offered.items()),
            disabled=survey is not None,
            help_text=_("Every text is needed in it; where a translation is missing, it is shown."),
        )
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"),
            choices=time_zones,
            initial=settings.TIME_ZONE,
            help_text=_("The day of an answer is the day in this zone."),
        )

    def layout(self):
        """The title first, because it is all that must be typed."""
        return [
            self.texts_row("title"),
            Row(Column("kind"), Column("mode")),
            Row(Column("languages"), Column("default_language"), Column("time_zone")),
        ]

    def clean(self):
        """The first language is one of the languages, and the title is there in it."""
        values = super().clean()
        first, languages = values.get("default_language"), values.get("languages") or []
        if first and languages and first not in languages:
            self.add_error("languages", _("The first language must be one of the languages."))
        if first and not values.get(field_name("title", first)):
            self.add_error(
                field_name("title", first), _("The survey needs a title in its first language.")
            )
        return values


class SurveySettingsForm(PlanFields, SurveyForm):
    """The settings of a survey with its plan."""

    def __init__(self, *args, survey, **kwargs):
        super().__init__(
            *args, survey=survey, title=survey.title, languages=survey.languages, **kwargs
        )
        for name in ("kind", "mode", "default_language", "time_zone"):
            self.fields[name].initial = getattr(survey, name)
        self.fields["sends_thanks"] = forms.BooleanField(
            label=_("Thank by e-mail"),
            required=False,
            initial=survey.sends_thanks,
            help_text=_(
                "Customers with an e-mail address get a short thank-you mail. "
                "An anonymous survey sends none."
            ),
        )
        self.fields["changeable_days"] = forms.IntegerField(
            label=_("Days in which an answer can be changed"),
            required=False,
            min_value=0,
            max_value=366,
            initial=survey.changeable_days,
            help_text=_(
                "By the personal link, counted from the first answer; 0 means never. What was "
                "changed is kept, and the last answer counts. Anonymous answers cannot be changed."
            ),
        )
        self.add_plan(survey)

    def layout(self):
        """The settings, then the plan that reports print."""
        return [
            *super().layout(),
            Fieldset(_("After answering"), "sends_thanks", Row(Column("changeable_days"))),
            self.plan_fieldset(),
        ]

    def clean(self):
        """The settings and the plan agree with themselves."""
        values = super().clean()
        self.check_plan(values)
        return values

    def values(self):
        """What `change_survey` takes."""
        names = ("kind", "mode", "languages", "time_zone", "sends_thanks")
        own = {name: self.cleaned_data[name] for name in names}
        return (
            own
            | self.plan_values()
            | {
                "changeable_days": self.cleaned_data["changeable_days"] or 0,
                "title": self.texts("title", self.survey.title),
            }
        )


class PublishForm(StaffForm):
    """The last step before customers see a survey."""

    make_link = forms.BooleanField(
        label=_("Make a public link at once"),
        required=False,
        initial=True,
        help_text=_("An address and a QR code that anybody may answer by."),
    )
