"""Forms for merging, erasing and keeping customers, and for who looked at them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.models import User

from .staff import StaffForm


class TypedNumberForm(StaffForm):
    """The number once more, so that nobody is erased by a slip of the hand."""

    number = forms.CharField(label=_("Customer number"), max_length=100)

    def __init__(self, *args, customer, **kwargs):
        super().__init__(*args, **kwargs)
        self.customer = customer
        self.fields["number"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean_number(self):
        """Just the number of this customer."""
        if self.cleaned_data["number"].strip() != self.customer.external_id:
            raise forms.ValidationError(_("This is not the number of this customer."))
        return self.customer.external_id


class RetentionForm(StaffForm):
    """After how many silent months customers are erased, and when the notes of who looked are."""

    months = forms.IntegerField(
        label=_("Months without an answer, an event or an invitation"), min_value=1, max_value=600
    )
    is_active = forms.BooleanField(
        label=_("Erase these customers, now and from now on"), required=False
    )
    access_months = forms.IntegerField(
        label=_("Months that the list of who looked is kept"),
        help_text=_("Empty: it is kept for good."),
        min_value=1,
        max_value=600,
        required=False,
    )


class AccessSearchForm(forms.Form):
    """Whose looks are listed."""

    user = forms.ModelChoiceField(
        label=_("Who looked"),
        queryset=User.objects.order_by("username"),
        required=False,
        empty_label=_("Everybody"),
        widget=forms.Select(attrs={"class": "form-select w-auto"}),
    )


class MergeForm(StaffForm):
    """The number of the other customer."""

    number = forms.CharField(
        label=_("Number of the other customer"),
        max_length=100,
        help_text=_("That number stays as another name of this customer."),
    )


class HeirForm(StaffForm):
    """To whom the work of somebody passes."""

    heir = forms.ModelChoiceField(label=_("Passes to"), queryset=User.objects.none())

    def __init__(self, *args, leaver, **kwargs):
        super().__init__(*args, **kwargs)
        others = User.objects.filter(is_active=True).exclude(pk=leaver.pk)
        self.fields["heir"].queryset = others.order_by("username")
