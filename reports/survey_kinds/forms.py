"""Which surveys are set side by side, and by which attribute of customers."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .survey_kinds import MOST_TRANSACTIONAL
from .view import title_of


class SurveysForm(forms.Form):
    """One relationship survey and up to four transactional ones; the newest unless chosen."""

    relationship = forms.ChoiceField(label=_("Relationship survey"), required=False)
    transactional = forms.MultipleChoiceField(
        label=_("Transactional surveys"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Up to four."),
    )

    def __init__(self, relationship, transactional, given):
        chosen = {name: given.getlist(name) for name in ("relationship", "transactional")}
        usual = [survey.slug for survey in transactional[:MOST_TRANSACTIONAL]]
        super().__init__(
            {
                "relationship": next(iter(chosen["relationship"]), relationship[0].slug),
                "transactional": chosen["transactional"] or usual,
            }
        )
        self.known = {survey.slug: survey for survey in (*relationship, *transactional)}
        for name, surveys in (("relationship", relationship), ("transactional", transactional)):
            self.fields[name].choices = [(survey.slug, title_of(survey)) for survey in surveys]
        self.fields["relationship"].widget.attrs["class"] = "form-select"

    def clean_transactional(self):
        """No more than can be read side by side."""
        chosen = self.cleaned_data["transactional"]
        if len(chosen) > MOST_TRANSACTIONAL:
            raise ValidationError(_("Choose at most four transactional surveys."))
        return chosen

    @property
    def surveys(self):
        """The surveys chosen, the relationship survey first."""
        slugs = (self.cleaned_data["relationship"], *self.cleaned_data["transactional"])
        return [self.known[slug] for slug in slugs]


class GroupingForm(forms.Form):
    """By which attribute of customers."""

    by = forms.ChoiceField(label=_("By"), required=False)

    def __init__(self, attributes, given):
        super().__init__({"by": given.get("by") or next(iter(attributes), "")})
        self.fields["by"].choices = [(key, one.name) for key, one in attributes.items()]
        self.fields["by"].widget.attrs["class"] = "form-select"
