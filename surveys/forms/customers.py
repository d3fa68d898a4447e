"""Forms for customers: one of them, the list, and their accounts."""

from zoneinfo import available_timezones

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from surveys.attribute_values import value_from_text
from surveys.enums import AccountRole, AttributeKind, SatisfactionClass
from surveys.errors import SurveyError
from surveys.models import Account, CustomerAttribute, RespondentType, Segment, Stage, Unit
from surveys.texts import text_in

from .staff import StaffForm

LISTS = {"segment": Segment, "stage": Stage, "respondent_type": RespondentType}


class NamedChoiceField(forms.ModelChoiceField):
    """A choice from a list whose entries have names by language."""

    def label_from_instance(self, entry):
        """The name in the language of the page."""
        return text_in(entry.name, get_language())


class CustomerForm(StaffForm):
    """What is known of a customer; a number is enough."""

    external_id = forms.CharField(label=_("Customer number"), max_length=100)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("None")
    )
    segment = NamedChoiceField(
        label=_("Segment"), queryset=Segment.objects.none(), required=False, empty_label=_("None")
    )
    stage = NamedChoiceField(
        label=_("Stage"), queryset=Stage.objects.none(), required=False, empty_label=_("None")
    )
    respondent_type = NamedChoiceField(
        label=_("Answers as"),
        queryset=RespondentType.objects.none(),
        required=False,
        empty_label=_("Not said"),
    )
    account = forms.CharField(
        label=_("Account number"),
        max_length=100,
        required=False,
        help_text=_("Of the company or household that the customer belongs to."),
    )
    account_role = forms.ChoiceField(
        label=_("Role in the account"),
        required=False,
        choices=[("", _("Not said")), *AccountRole.choices],
    )

    def __init__(self, *args, customer=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.customer = customer
        self.attributes = list(
            CustomerAttribute.objects.filter(is_active=True).prefetch_related("choices")
        )
        self._offer_choices()
        for attribute in self.attributes:
            self.fields[_field_of(attribute)] = _field_for(attribute)
        if customer is not None:
            self._show(customer)

    def layout(self):
        """Who it is, where they belong, and what else is known."""
        known = [_field_of(attribute) for attribute in self.attributes]
        return [
            Fieldset(
                _("Who it is"),
                _row(*(name for name in ("external_id", "name") if name in self.fields)),
                _row("email", "phone"),
                _row("language", "time_zone"),
            ),
            Fieldset(
                _("Where the customer belongs"),
                _row("unit", "segment", "stage"),
                _row("account", "account_role", "respondent_type"),
            ),
            *([Fieldset(_("Attributes"), *map(_row, known))] if known else []),
        ]

    def clean_external_id(self):
        """The number without space around it."""
        return self.cleaned_data["external_id"].strip()

    def clean_account(self):
        """The account with this number."""
        number = self.cleaned_data["account"].strip()
        if not number:
            return None
        account = Account.objects.filter(external_id=number).first()
        if account is None:
            raise forms.ValidationError(
                _("There is no account with this number. Please add it under “Accounts” first.")
            )
        return account

    def clean(self):
        """The attributes as values of their kinds, over those that the form does not show."""
        values = super().clean()
        stored = dict(self.customer.attributes) if self.customer else {}
        for attribute in self.attributes:
            text = values.pop(_field_of(attribute), "") or ""
            stored.pop(attribute.code, None)
            try:
                value = value_from_text(attribute, str(text))
            except SurveyError as refusal:
                self.add_error(_field_of(attribute), str(refusal))
                continue
            if value is not None:
                stored[attribute.code] = value
        values["attributes"] = stored
        return values

    def _offer_choices(self):
        languages = [("", _("Not known")), *settings.LANGUAGES]
        self.fields["language"].choices = languages
        zones = [(zone, zone) for zone in sorted(available_timezones())]
        self.fields["time_zone"].choices = [("", _("That of the survey")), *zones]
        is_own = Q(pk=self.customer.unit_id) if self.customer else Q(pk__in=[])
        self.fields["unit"].queryset = Unit.objects.filter(Q(is_active=True) | is_own)
        for name, model in LISTS.items():
            own = getattr(self.customer, f"{name}_id", None)
            self.fields[name].queryset = model.objects.filter(Q(is_active=True) | Q(pk=own))

    def _show(self, customer):
        del self.fields["external_id"]
        for name, field in self.fields.items():
            if name.startswith("attribute__"):
                value = customer.attributes.get(name.removeprefix("attribute__"))
            elif name == "account":
                value = customer.account.external_id if customer.account else ""
            else:
                value = getattr(customer, name)
            field.initial = value
        known = {code for code, _name in self.fields["language"].choices}
        if customer.language not in known:
            self.fields["language"].choices += [(customer.language, customer.language)]


class CustomerSearchForm(forms.Form):
    """What a list of customers is narrowed to; the fields are the address of the page."""

    q = forms.CharField(label=_("Number, name or e-mail address"), required=False, max_length=100)
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All units")
    )
    segment = NamedChoiceField(
        label=_("Segment"),
        queryset=Segment.objects.all(),
        required=False,
        empty_label=_("All segments"),
    )
    stage = NamedChoiceField(
        label=_("Stage"), queryset=Stage.objects.all(), required=False, empty_label=_("All stages")
    )
    type = NamedChoiceField(
        label=_("Answers as"),
        queryset=RespondentType.objects.all(),
        required=False,
        empty_label=_("All"),
    )
    asking = forms.ChoiceField(
        label=_("May be asked"),
        required=False,
        choices=[("", _("All")), ("yes", _("May be asked")), ("no", _("Asked not to be"))],
    )
    satisfaction = forms.ChoiceField(
        label=_("Last overall answer"),
        required=False,
        choices=[("", _("All")), *SatisfactionClass.choices],
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        for name in ("segment", "stage", "type", "unit"):
            self.fields[name].to_field_name = "code"
        for field in self.fields.values():
            is_choice = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"
        self.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "class": "form-control search-text"}
            | {"placeholder": self.fields["q"].label, "maxlength": 100}
        )

    @property
    def wanted(self):
        """What was asked for and can be found; the rest is ignored."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class AccountForm(StaffForm):
    """A company or household."""

    external_id = forms.CharField(label=_("Account number"), max_length=100)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)

    def __init__(self, *args, account=None, **kwargs):
        super().__init__(*args, **kwargs)
        if account is not None:
            del self.fields["external_id"]
            self.fields["name"].initial = account.name


def _row(*names):
    return Row(*(Column(name) for name in names))


def _field_of(attribute):
    return f"attribute__{attribute.code}"


def _field_for(attribute):
    label = text_in(attribute.name, get_language())
    if attribute.kind == AttributeKind.CHOICE:
        named = [(one.code, text_in(one.name, get_language())) for one in attribute.choices.all()]
        return forms.ChoiceField(
            label=label, required=False, choices=[("", _("Not known")), *named]
        )
    widgets = {
        AttributeKind.NUMBER: forms.NumberInput(attrs={"step": "any"}),
        AttributeKind.DATE: forms.DateInput(attrs={"type": "date"}),
    }
    return forms.CharField(label=label, required=False, widget=widgets.get(attribute.kind))
