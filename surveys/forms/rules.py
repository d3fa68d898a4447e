"""The editor of a rule: conditions in rows, which are grouped into blocks.

The blocks are joined by "all" or "any", the rows of one block by the other
word, so that every rule that is nested once has one place for each condition.
Nothing is kept between two requests but the rows themselves, and every
button is a plain one of the form.
"""

from dataclasses import dataclass
from datetime import date

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.rules.circumstances import day_number, day_of
from surveys.rules.conditions import COMPARISONS, WITHOUT_VALUES, Join, Operator
from surveys.rules.document import LONGEST_VALUE, MOST_CONDITIONS
from surveys.rules.words import day_names, operator_names

from .staff import StaffForm

ONE_VALUE = (Operator.IS, *COMPARISONS)


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One row of the editor as it was read, complete or not."""

    block: int
    subject: str = ""
    operator: str = ""
    values: tuple = ()

    @property
    def is_complete(self):
        """Whether it says something already."""
        given = any(value != "" for value in self.values)
        return bool(self.subject and self.operator) and (given or self.operator in WITHOUT_VALUES)

    @property
    def condition(self):
        """Its document, unchecked: good enough to be said in words."""
        values = [] if self.operator in WITHOUT_VALUES else list(self.values)
        return {"subject": self.subject, "operator": self.operator, "values": values}


class ConditionForm(StaffForm):
    """One row: what, how compared, with which values; only fitting ones are offered."""

    def __init__(self, *args, row, subjects, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row
        self.subject = subjects.get(row.subject)
        self.fields["subject"] = forms.ChoiceField(
            label=_("What"),
            required=False,
            choices=[("", _("Choose …")), *_grouped(subjects.values())],
            initial=row.subject,
            widget=forms.Select(attrs=_refreshing()),
        )
        if self.subject:
            names = operator_names() | (day_names() if self.subject.is_day else {})
            self.fields["operator"] = forms.ChoiceField(
                label=_("Comparison"),
                choices=[(str(code), names[code]) for code in self.subject.operators],
                initial=self.operator,
                widget=forms.Select(attrs=_refreshing()),
            )
            if self.operator not in WITHOUT_VALUES:
                self.fields["values"] = self._value_field()

    @property
    def operator(self):
        """The chosen comparison, or the first that fits the subject."""
        offered = self.subject.operators
        return self.row.operator if self.row.operator in offered else offered[0]

    def layout(self):
        """One line on a wide screen."""
        return [Row(*(Column(name, css_class=f"rule-{name}") for name in self.fields))]

    def condition(self):
        """The document of the condition."""
        values = self.cleaned_data.get("values", [])
        values = values if isinstance(values, list) else [values]
        return {
            "subject": self.subject.code,
            "operator": str(self.operator),
            "values": [_whole(value) for value in values],
        }

    def _value_field(self):
        given, one = list(self.row.values), next(iter(self.row.values), "")
        if self.operator in COMPARISONS and self.subject.points:
            return forms.TypedChoiceField(
                label=_("Value"),
                coerce=int,
                choices=[("", _("Choose …")), *self.subject.points],
                initial=one,
            )
        if self.subject.is_day:
            widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            return forms.DateField(
                label=_("Day"), initial=day_of(one), widget=widget, input_formats=["%Y-%m-%d"]
            )
        if self.subject.is_number:
            return forms.FloatField(label=_("Value"), initial=one)
        if not self.subject.options:
            return forms.CharField(label=_("Value"), max_length=LONGEST_VALUE, initial=one)
        if self.operator in ONE_VALUE:
            choices = [("", _("Choose …")), *self.subject.options]
            return forms.ChoiceField(label=_("Value"), choices=choices, initial=one)
        return forms.MultipleChoiceField(
            label=_("Values"),
            choices=self.subject.options,
            initial=given,
            widget=forms.CheckboxSelectMultiple,
        )


class RuleEditor:
    """The rows of a rule, from what is stored or from what was posted."""

    def __init__(self, subjects, *, rule=None, posted=None):
        self.subjects = {subject.code: subject for subject in subjects}
        self.posted = posted
        self.action = posted.get("_act", "") if posted else ""
        self.sentence = ""
        self.stored = rule or {}
        if posted is None:
            self.join, self.rows = _rows_of(rule or {})
        else:
            self.join, self.rows = _rows_in(posted, self.subjects)
        self.rows = self.rows or [ConditionRow(block=0)]
        self.forms = []
        if self.action:
            self._act()

    @property
    def saves(self):
        """Whether the button that was pressed saves, and does not only change the rows."""
        return self.action in {"", "clear"}

    @property
    def is_open(self):
        """Whether the rows are to be seen at once."""
        return bool(self.action or any(row.subject for row in self.rows))

    def _act(self):
        """Add, extend or remove rows as a button says; anything else only shows them anew."""
        verb, _dash, number = self.action.partition("-")
        number = int(number) if number.isdecimal() else -1
        if len(self.rows) < MOST_CONDITIONS and verb == "add":
            self.rows.append(ConditionRow(block=max(row.block for row in self.rows) + 1))
        elif len(self.rows) < MOST_CONDITIONS and verb == "beside":
            last = max((n for n, row in enumerate(self.rows) if row.block == number), default=-1)
            if last >= 0:
                self.rows.insert(last + 1, ConditionRow(block=number))
        elif verb == "remove" and 0 <= number < len(self.rows):
            del self.rows[number]
            self.rows = self.rows or [ConditionRow(block=0)]
        elif verb == "clear":
            self.rows = [ConditionRow(block=0)]
        self.posted = None

    def is_valid(self):
        """Whether every row that names a subject is complete."""
        if self.posted is None:
            return True
        self._make_forms(self.posted)
        return all(form.is_valid() for form in self.filled_forms)

    @property
    def filled_forms(self):
        """The rows in which something was chosen."""
        return [form for form in self.forms if form.subject]

    @property
    def blocks(self):
        """The rows in blocks, each with its number, as (block, [(number, form), …])."""
        if not self.forms:
            self._make_forms(None)
        found = {}
        for number, form in enumerate(self.forms):
            found.setdefault(form.row.block, []).append((number, form))
        return list(found.items())

    @property
    def is_all(self):
        """Whether all blocks must hold, so that any row of a block is enough."""
        return self.join == Join.ALL

    def rule_so_far(self):
        """The rule of the rows that are complete, whether or not it was saved."""
        return _rule_of(
            self.join, [(row.block, row.condition) for row in self.rows if row.is_complete]
        )

    def document(self):
        """The rule; `{}` when no row names a subject, the stored one when no row was touched.

        A condition on a question that is gone is not offered; it stays until somebody
        changes the rule, so that putting the question back mends it.
        """
        if self.action == "clear":
            return {}
        if self.posted is None:
            return self.stored
        rule = _rule_of(
            self.join, [(form.row.block, form.condition()) for form in self.filled_forms]
        )
        return self.stored if rule == self._offered_part_of_stored() else rule

    def _offered_part_of_stored(self):
        join, rows = _rows_of(self.stored)
        known = [(row.block, row.condition) for row in rows if row.subject in self.subjects]
        return _rule_of(join, known)

    def _make_forms(self, posted):
        self.forms = [
            ConditionForm(posted, prefix=f"row-{number}", row=row, subjects=self.subjects)
            for number, row in enumerate(self.rows)
        ]


def _rule_of(join, conditions):
    """A rule's document from (block, condition) pairs."""
    blocks = {}
    for block, condition in conditions:
        blocks.setdefault(block, []).append(condition)
    inner = Join.ANY if join == Join.ALL else Join.ALL
    parts = [found[0] if len(found) == 1 else {str(inner): found} for found in blocks.values()]
    return {str(join): parts} if parts else {}


def _rows_of(rule):
    """The join and the rows of a stored rule."""
    if not rule:
        return Join.ALL, []
    [(join, parts)] = rule.items()
    rows, block = [], 0
    for part in parts:
        [(inner, conditions)] = [(None, [part])] if "subject" in part else part.items()
        for condition in conditions:
            rows.append(_row(block, condition))
            block += inner == join
        block += inner != join
    return Join(join), rows


def _row(block, condition):
    return ConditionRow(
        block, condition["subject"], condition["operator"], tuple(condition["values"])
    )


def _rows_in(posted, subjects):
    """The join and the rows of a posted form; the rest of it is not looked at."""
    count = posted.get("rows", "")
    count = min(int(count), MOST_CONDITIONS) if count.isdecimal() else 0
    rows = []
    for number in range(count):
        stem, block = f"row-{number}", posted.get(f"row-{number}-block", "")
        block = int(block) if block.isdecimal() and len(block) < 5 else number
        subject = posted.get(f"{stem}-subject", "")
        operator = posted.get(f"{stem}-operator", "")
        values = tuple(posted.getlist(f"{stem}-values"))
        known = subjects.get(subject)
        if known is None:
            rows.append(ConditionRow(block))
        elif operator not in known.operators:
            rows.append(ConditionRow(block, subject))
        else:
            rows.append(ConditionRow(block, subject, operator, known.fitting(values)))
    return (Join.ANY if posted.get("join") == Join.ANY else Join.ALL), rows


def _grouped(subjects):
    """The choices of subjects under their headings."""
    groups = {}
    for subject in subjects:
        groups.setdefault(subject.group, []).append((subject.code, subject.name))
    return list(groups.items())


def _whole(value):
    """A number without a fraction as a whole one, a day as the number that stands for it."""
    if isinstance(value, date):
        return day_number(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _refreshing():
    """With a script the page offers what fits as soon as something else is chosen.

    A later choice, or saving, makes an answer on its way pointless.
    """
    return {
        "hx-post": "",
        "hx-sync": "closest form:abort",
        "hx-vals": '{"_act": "refresh"}',
        "hx-target": "#rule-rows",
        "hx-select": "#rule-rows",
        "hx-swap": "outerHTML",
    }
