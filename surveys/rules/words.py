"""A rule in words: "Shown if “Overall” is 1, 2 or 3 and the language is Deutsch"."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from surveys.enums import Channel
from surveys.languages import language_name
from surveys.texts import text_in

from .answers import entry_of
from .circumstances import ATTRIBUTE, EVENT_DAY, day_of
from .conditions import Join, Operator, key_of
from .piping import with_fallbacks

LONGEST_NAME = 60


class RuleWords:
    """Says rules of one questionnaire; `names` gives units and segments by subject and code."""

    def __init__(self, questionnaire, language, names=None):
        self.questionnaire = questionnaire
        self.language = language
        self.names = names or {}

    def sentence(self, rule):
        """The whole rule, or "" when there is none."""
        return _("Shown if %(conditions)s.") % {"conditions": self.said(rule)} if rule else ""

    def said(self, rule):
        """The conditions of a rule without what they are for."""
        return self._group(rule, is_inner=False)

    def subject(self, subject):
        """What a condition is about."""
        if not subject.startswith("answer."):
            return self._circumstance(subject)
        key = key_of(subject)
        question = self.questionnaire.question(key)
        entry = question and (entry_of(question, subject) or question)
        name = self._shortened(self._text(entry.text)) if entry else key
        return f"“{name}”"

    def _circumstance(self, subject):
        """Its name; an attribute of customers is called as staff call it."""
        if subject.startswith(ATTRIBUTE):
            code = subject.removeprefix(ATTRIBUTE)
            name = self.names.get(ATTRIBUTE, {}).get(code, code)
            return _("the customer's “%(attribute)s”") % {"attribute": name}
        return str(circumstance_names()[subject])

    def value(self, subject, value):
        """One value as people know it."""
        if subject.startswith("answer."):
            question = self.questionnaire.question(key_of(subject))
            choice = question.choice(value) if question and isinstance(value, str) else None
            return self._shortened(self._text(choice.label)) if choice else str(value)
        if subject.endswith("language"):
            return language_name(value)
        if subject == EVENT_DAY:
            day = day_of(value)
            return date_format(day, "DATE_FORMAT") if day else str(value)
        if subject == "link.channel":
            return str(dict(Channel.choices).get(value, value))
        return self.names.get(subject, {}).get(value, value)

    def condition(self, condition):
        """One comparison."""
        values = [self.value(condition.subject, value) for value in condition.values]
        sentences = operator_sentences()
        if condition.subject == EVENT_DAY:
            sentences |= day_sentences()
        return sentences[condition.operator] % {
            "subject": self.subject(condition.subject),
            "value": listed(values, _("%(first)s or %(last)s")),
        }

    def _group(self, group, *, is_inner):
        parts = [
            self._group(part, is_inner=True) if hasattr(part, "join") else self.condition(part)
            for part in group.parts
        ]
        if len(parts) == 1:
            return parts[0]
        pattern = (
            _("%(first)s and %(last)s") if group.join == Join.ALL else _("%(first)s or %(last)s")
        )
        said = parts[0]
        for part in parts[1:]:
            said = pattern % {"first": said, "last": part}
        return _("(%(conditions)s)") % {"conditions": said} if is_inner else said

    def _text(self, texts):
        return with_fallbacks(text_in(texts, self.language, self.questionnaire.default_language))

    @staticmethod
    def _shortened(text):
        return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1].rstrip() + "…"


def listed(words, pattern):
    """Words as a list whose last two are joined by a pattern."""
    if len(words) < 2:
        return "".join(words)
    return pattern % {"first": _(", ").join(words[:-1]), "last": words[-1]}


def circumstance_names():
    """What can be known besides answers, by subject."""
    return {
        "language": _("the language of the page"),
        "customer.language": _("the customer's language"),
        "customer.unit": _("the customer's unit"),
        "customer.segment": _("the customer's segment"),
        "customer.stage": _("the customer's stage"),
        "customer.type": _("the respondent type"),
        "customer.role": _("the customer's role in the account"),
        "event.kind": _("the kind of the event"),
        "event.date": _("the day of the event"),
        "link.unit": _("the unit of the link"),
        "link.touchpoint": _("the touchpoint of the link"),
        "link.channel": _("the channel"),
    }


def placeholder_names():
    """What texts can be filled in with besides answers, by subject (`piping.PIPED`)."""
    return {
        "customer.name": _("the customer's name"),
        "customer.unit": _("the customer's unit"),
        "link.touchpoint": _("the touchpoint of the link"),
        "link.unit": _("the unit of the link"),
    }


def operator_sentences():
    """How each comparison is said."""
    return {
        Operator.IS: _("%(subject)s is %(value)s"),
        Operator.IS_ONE_OF: _("%(subject)s is %(value)s"),
        Operator.IS_NOT: _("%(subject)s is not %(value)s"),
        Operator.IS_AT_LEAST: _("%(subject)s is at least %(value)s"),
        Operator.IS_AT_MOST: _("%(subject)s is at most %(value)s"),
        Operator.IS_ANSWERED: _("%(subject)s was answered"),
        Operator.IS_NOT_ANSWERED: _("%(subject)s was not answered"),
        Operator.CONTAINS: _("%(subject)s includes %(value)s"),
    }


def day_sentences():
    """How days are compared."""
    return {
        Operator.IS_AT_LEAST: _("%(subject)s is %(value)s or later"),
        Operator.IS_AT_MOST: _("%(subject)s is %(value)s or earlier"),
        Operator.IS_ANSWERED: _("%(subject)s is known"),
        Operator.IS_NOT_ANSWERED: _("%(subject)s is not known"),
    }


def day_names():
    """How days are compared, as choices of the editor."""
    return {Operator.IS_AT_LEAST: _("is on or after"), Operator.IS_AT_MOST: _("is on or before")}


def operator_names():
    """Each comparison as a choice of the editor."""
    return {
        Operator.IS: _("is"),
        Operator.IS_ONE_OF: _("is one of"),
        Operator.IS_NOT: _("is not"),
        Operator.IS_AT_LEAST: _("is at least"),
        Operator.IS_AT_MOST: _("is at most"),
        Operator.IS_ANSWERED: _("was answered"),
        Operator.IS_NOT_ANSWERED: _("was not answered"),
        Operator.CONTAINS: _("includes"),
    }
