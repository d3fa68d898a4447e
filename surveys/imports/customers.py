"""Customers: a number and whatever else is known about them."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.enums import AccountRole
from surveys.models import Account, Customer, RespondentType, Segment, Stage

from . import lists
from .attributes import AttributeCells, merged
from .cells import email_cell, identifier_cell, plain, shown, text_cell, time_zone_cell, yes_cell
from .columns import Column
from .customer_changes import stage_customers
from .customers_by_number import MergedNumbers
from .errors import RowRefused
from .lists import fixed_list, ready_list, unit_list
from .running import Importer
from .spellings import spellings
from .upserting import stored_by_external_id

LISTED = {
    "unit": "unit_id",
    "segment": "segment_id",
    "stage": "stage_id",
    "respondent_type": "respondent_type_id",
    "account_role": "account_role",
}


class CustomerImporter(Importer):
    """Updates only the columns that the file has; whoever opted out stays opted out."""

    def __init__(self):
        self.attributes = AttributeCells()
        self.columns = (*own_columns(), *self.attributes.columns)

    def begin(self, columns):
        """Read the lists that rows refer to."""
        self.merged = MergedNumbers()
        self.languages = {code.lower(): code for code, _name in settings.LANGUAGES}
        self.lists = {
            "unit": unit_list("unit"),
            "segment": ready_list("segment", Segment),
            "stage": ready_list("stage", Stage),
            "respondent_type": ready_list("respondent_type", RespondentType),
            "account_role": fixed_list("account_role", AccountRole.choices),
        }

    def check(self, cells):
        """One customer."""
        values = {"external_id": identifier_cell(cells["external_id"], "external_id")}
        if "name" in cells:
            values["name"] = text_cell(cells["name"], "name", 200)
        if "email" in cells:
            values["email"] = email_cell(cells["email"], "email")
        if "phone" in cells:
            values["phone"] = text_cell(plain(cells["phone"]), "phone", 40)
        if "language" in cells:
            values["language"] = self._language(cells["language"])
        if "time_zone" in cells:
            values["time_zone"] = time_zone_cell(cells["time_zone"], "time_zone")
        if "account" in cells:
            values["account"] = text_cell(plain(cells["account"]), "account", 100)
        for column in LISTED.keys() & cells.keys():
            values[LISTED[column]] = self.lists[column].value(cells[column])
        if "account_role" in values:
            values["account_role"] = values["account_role"] or ""
        if "opted_out" in cells:
            values["opted_out"] = yes_cell(cells["opted_out"], "opted_out")
        if attributes := self.attributes.read(cells):
            values["attributes"] = attributes
        return values

    def stage(self, rows, outcome, staging):
        """Compare a batch with the customers that are stored."""
        self._stage(self.merged.set_aside(rows, outcome), outcome, staging)

    def finish(self, outcome, staging):
        """Update the customers whom the file names only by a number given up in a merge."""
        waiting, opting_out = self.merged.rest(outcome)
        self._stage(waiting, outcome, staging)
        self._stage(opting_out, outcome, staging)

    def _stage(self, rows, outcome, staging):
        rows = _with_accounts(rows, outcome)
        numbers = [row.values["external_id"] for row in rows]
        stored = stored_by_external_id(Customer, numbers)
        kept = []
        for row in rows:
            before = stored.get(row.values["external_id"])
            _complete(row.values, before)
            if row.values.get("account_role") and not _account_of(row.values, before):
                reason = _("account_role is given, and the customer belongs to no account.")
                outcome.refuse(row.number, reason, row.cells)
            else:
                kept.append(row)
        stage_customers(kept, stored, outcome, staging)

    def shown(self, values):
        """Codes in place of keys."""
        texts = super().shown(
            {name: value for name, value in values.items() if name != "attributes"}
        )
        for column, name in LISTED.items():
            if name in values:
                texts[column] = self.lists[column].code(values[name])
                if name != column:
                    del texts[name]
        if "opted_out" in values:
            texts["opted_out"] = _("yes") if values["opted_out"] else ""
        given = values.get("attributes", {})
        return texts | {f"attribute.{code}": shown(str(v or "")) for code, v in given.items()}

    def _language(self, cell):
        code = plain(cell).replace("_", "-").lower()
        if code and code not in self.languages:
            raise RowRefused(
                _("language “%(cell)s” is none of %(known)s.")
                % {"cell": shown(cell), "known": ", ".join(self.languages.values())}
            )
        return self.languages.get(code, "")


def _with_accounts(rows, outcome):
    """The rows with the key of their account in place of its number."""
    if not rows or "account" not in rows[0].values:
        return rows
    numbers = {row.values["account"] for row in rows} - {""}
    accounts = dict(
        Account.objects.filter(external_id__in=numbers).values_list("external_id", "pk")
    )
    kept = []
    for row in rows:
        number = row.values.pop("account")
        if number and number not in accounts:
            reason = _("account “%(number)s” is not known here; bring in the accounts first.")
            outcome.refuse(row.number, reason % {"number": shown(number)}, row.cells)
        else:
            row.values["account_id"] = accounts.get(number)
            kept.append(row)
    return kept


def _complete(values, before):
    """Merge attributes into those that are stored; who leaves an account has no role in it."""
    if "attributes" in values:
        values["attributes"] = merged(before.attributes if before else {}, values["attributes"])
    if "account_id" in values and "account_role" not in values:
        stays = before is not None and values["account_id"] is not None
        values["account_role"] = before.account_role if stays else ""


def _account_of(values, before):
    return values.get("account_id", before.account_id if before else None)


def own_columns():
    """The columns that every organisation has."""
    return (
        Column(
            "external_id",
            gettext_lazy("Customer number"),
            gettext_lazy(
                "What your other systems call the customer; the same number is the same customer."
            ),
            spellings("customers", "external_id"),
            "C-1001",
            is_required=True,
        ),
        Column(
            "name",
            gettext_lazy("Name"),
            gettext_lazy("As the customer is addressed."),
            spellings("customers", "name"),
            "Ann Smith",
        ),
        Column(
            "email",
            gettext_lazy("E-mail"),
            gettext_lazy("A new address is written to again when mail to the old one came back."),
            spellings("customers", "email"),
            "ann@example.org",
        ),
        Column(
            "phone",
            gettext_lazy("Telephone"),
            gettext_lazy("With the country code when text messages are sent."),
            spellings("customers", "phone"),
            "+886 912 345 678",
        ),
        Column(
            "language",
            gettext_lazy("Language"),
            gettext_lazy("A code such as en, zh-hans or zh-hant; empty for the survey's own."),
            spellings("customers", "language"),
            "en",
            may_be_constant=True,
            choices=lists.language_choices(),
        ),
        Column(
            "time_zone",
            gettext_lazy("Time zone"),
            gettext_lazy("A name such as Asia/Taipei; nobody is written to at night."),
            spellings("customers", "time_zone"),
            "Asia/Taipei",
            may_be_constant=True,
        ),
        Column(
            "unit",
            gettext_lazy("Unit"),
            gettext_lazy("The code or the name of a unit."),
            spellings("customers", "unit"),
            "north-1",
            may_be_constant=True,
            choices=lists.unit_choices(),
        ),
        Column(
            "segment",
            gettext_lazy("Segment"),
            gettext_lazy("The code or the name of a segment."),
            spellings("customers", "segment"),
            "prime",
            may_be_constant=True,
            choices=lists.named_choices(Segment),
        ),
        Column(
            "stage",
            gettext_lazy("Stage"),
            gettext_lazy(
                "The stage of the customer's life with you; a change is kept with its day."
            ),
            spellings("customers", "stage"),
            "growth",
            may_be_constant=True,
            choices=lists.named_choices(Stage),
        ),
        Column(
            "respondent_type",
            gettext_lazy("Respondent type"),
            gettext_lazy("In what capacity the person answers, such as customer, dealer or staff."),
            spellings("customers", "respondent_type"),
            "customer",
            may_be_constant=True,
            choices=lists.named_choices(RespondentType),
        ),
        Column(
            "account",
            gettext_lazy("Account number"),
            gettext_lazy("The company or household that the person belongs to."),
            spellings("customers", "account"),
            "A-17",
            may_be_constant=True,
        ),
        Column(
            "account_role",
            gettext_lazy("Role in the account"),
            gettext_lazy("user, influencer, decider, approver, buyer or gatekeeper."),
            spellings("customers", "account_role"),
            "buyer",
            may_be_constant=True,
            choices=tuple(AccountRole.choices),
        ),
        Column(
            "opted_out",
            gettext_lazy("Asked not to be surveyed"),
            gettext_lazy("“yes” sets it; no file ever takes it back."),
            spellings("customers", "opted_out"),
            "",
        ),
    )
