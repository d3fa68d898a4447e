"""Two customers side by side, before they are made one."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.languages import language_name
from surveys.models import Customer
from surveys.texts import text_in

from .customers import attributes_of

# The role stands beside its account.
FIELDS = tuple(name for name in Customer.DETAILS if name != "account_role")


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both; there is a choice where they differ and neither is empty."""

    field: str
    label: str
    first: str
    second: str

    @property
    def is_choice(self):
        """Whether somebody must say which counts."""
        return bool(self.first and self.second and self.first != self.second)


def compared(first, second):
    """A line for each field that one of the two has."""
    lines = [Line(name, _label(name), _words(first, name), _words(second, name)) for name in FIELDS]
    lines.append(Line("attributes", _("Attributes"), _attributes(first), _attributes(second)))
    return [line for line in lines if line.first or line.second]


def _label(name):
    named = {
        "unit": _("Unit"),
        "segment": _("Segment"),
        "stage": _("Stage"),
        "respondent_type": _("Answers as"),
        "account": _("Account"),
    }
    return named.get(name) or str(Customer._meta.get_field(name).verbose_name).capitalize()


def _words(customer, name):
    value = getattr(customer, name)
    if not value:
        return ""
    if name == "language":
        return language_name(value)
    if name in ("segment", "stage", "respondent_type"):
        return text_in(value.name, get_language())
    if name == "account" and customer.account_role:
        return f"{value} · {customer.get_account_role_display()}"
    return str(value)


def _attributes(customer):
    language = get_language()
    return ", ".join(
        f"{text_in(one.name, language)}: {shown}" for one, shown in attributes_of(customer)
    )
