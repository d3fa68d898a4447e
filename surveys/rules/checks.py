"""What is broken in the rules and in the texts to fill in of a questionnaire.

Errors, which publishing refuses, except for a placeholder that may stay empty.
"""

from django.utils.translation import gettext as _

from surveys.definitions.finding import Finding
from surveys.question_types import handler_of

from .answers import AnswerKind, entry_of, kind_of, operators_of
from .circumstances import EVENT_DAY, day_of, is_of_a_person
from .conditions import COMPARISONS, WITHOUT_VALUES, key_of
from .piping import PIPED, has_broken_placeholder, placeholders_in


def broken_rules(questionnaire):
    """A finding for each condition that cannot be meant."""
    if not questionnaire.has_rules:
        return
    order = [question.key for question in questionnaire.questions]
    for section in questionnaire.sections:
        first = section.questions[0].key if section.questions else None
        if section.rule:
            place = order.index(first) if first else len(order)
            yield from _broken_conditions(questionnaire, section.rule, order[:place], first)
        for question in section.questions:
            if question.rule:
                earlier = order[: order.index(question.key)]
                yield from _broken_conditions(questionnaire, question.rule, earlier, question.key)


def broken_placeholders(questionnaire):
    """A finding for each place in a text that nothing can fill in."""
    if not questionnaire.is_adaptive:
        return
    for texts, key, earlier in _texts_with_what_is_known(questionnaire):
        if has_broken_placeholder(texts):
            yield _error(
                _("A place to fill in cannot be read; it is written {{answer.key|otherwise}}."), key
            )
        for place in placeholders_in(texts):
            sentence = _mistake_in_placeholder(questionnaire, place, earlier)
            if sentence:
                yield _error(sentence % {"name": place.subject}, key)


def unsure_placeholders(questionnaire):
    """A finding for each place that can stay empty without words to stand there instead."""
    if not questionnaire.is_adaptive:
        return
    for texts, key, _earlier in _texts_with_what_is_known(questionnaire):
        for name in sorted({p.subject for p in placeholders_in(texts) if not p.fallback}):
            if not _is_sure(questionnaire, name):
                yield Finding(
                    _(
                        "“%(name)s” may be empty: write after a bar what stands there then, "
                        "as in {{%(name)s|otherwise}}."
                    )
                    % {"name": name},
                    question_key=key,
                )


def _broken_conditions(questionnaire, rule, earlier, key):
    for condition in rule.conditions:
        sentence = _mistake_in_condition(questionnaire, condition, earlier)
        if sentence:
            names = {"name": condition.question_key, "values": ", ".join(map(str, sentence[1]))}
            yield _error(sentence[0] % names, key)


def _mistake_in_condition(questionnaire, condition, earlier):
    """A sentence with the values that it is about, or None."""
    if condition.question_key is None:
        if is_of_a_person(condition.subject) and questionnaire.is_anonymous:
            return _(
                "The rule asks about the customer, whom an anonymous survey does not know."
            ), ()
        if condition.subject == EVENT_DAY and not all(map(day_of, condition.values)):
            return _("The rule names a day that is none: %(values)s."), condition.values
        if condition.subject == "language":
            unknown = set(condition.values) - set(questionnaire.languages)
            return unknown and (
                _("The rule names a language that the survey does not have: %(values)s."),
                sorted(map(str, unknown)),
            )
        return None
    question = questionnaire.question(condition.question_key)
    if question is None:
        return _("The rule rests on the question %(name)s, which is not there."), ()
    if question.key not in earlier:
        return _("The rule rests on the question %(name)s, which does not come before."), ()
    entry = entry_of(question, condition.subject)
    if entry is None:
        return _("The rule rests on a part of the question %(name)s that is not there."), ()
    if condition.operator not in operators_of(entry):
        return _("Answers to the question %(name)s cannot be compared in this way."), ()
    missing = _values_not_offered(entry, condition)
    return missing and (
        _("The rule names an answer that the question %(name)s does not offer: %(values)s."),
        missing,
    )


def _values_not_offered(question, condition):
    if condition.operator in (*WITHOUT_VALUES, *COMPARISONS):
        return []
    if kind_of(question) == AnswerKind.NUMBER:
        return [value for value in condition.values if isinstance(value, str)]
    offered = {choice.code for choice in question.choices}
    return [value for value in condition.values if value not in offered]


def _texts_with_what_is_known(questionnaire):
    """Every text with the question it belongs to and the keys that come before it."""
    order = [question.key for question in questionnaire.questions]
    yield questionnaire.introduction, None, []
    yield questionnaire.title, None, None
    for section in questionnaire.sections:
        first = section.questions[0].key if section.questions else None
        yield section.title, first, order[: order.index(first)] if first else order
        for question in section.questions:
            earlier = order[: order.index(question.key)]
            for texts in handler_of(question).texts(question):
                yield texts, question.key, earlier
    yield questionnaire.thanks, None, order


def _mistake_in_placeholder(questionnaire, place, earlier):
    if earlier is None:
        return _("The title of the survey cannot be filled in: “%(name)s”.")
    key = key_of(place.subject)
    if key is None:
        if place.subject not in PIPED:
            return _("Nothing is known by the name “%(name)s” that could be filled in.")
        if place.subject.startswith("customer.") and questionnaire.is_anonymous:
            return _("An anonymous survey does not know “%(name)s”.")
        return None
    if questionnaire.question(key) is None:
        return _("“%(name)s” is to be filled in, but there is no such question.")
    if key not in earlier:
        return _("“%(name)s” is to be filled in before it was asked.")
    return None


def _is_sure(questionnaire, subject):
    """Whether everybody has an answer that this place can take."""
    key = key_of(subject)
    question = questionnaire.question(key) if key else None
    if question is None or not question.is_required or question.rule:
        return False
    return not any(
        section.rule for section in questionnaire.sections if question in section.questions
    )


def _error(sentence, key):
    return Finding(sentence, is_error=True, question_key=key)
