"""Questions that nobody can reach, found by trying all answers that the rules tell apart."""

from itertools import product
from math import prod

from django.utils.translation import gettext as _

from surveys.definitions.finding import Finding

from .answers import AnswerKind, entry_of, kind_of
from .circumstances import EVENT_DAY, Circumstances, is_of_a_person
from .conditions import COMPARISONS, UNKNOWN, Fact
from .reach import answer_fact, shown_keys

MOST_COMBINATIONS = 2_000
MOST_NAMED = 8


def unreached_questions(questionnaire):
    """A warning for each question with a rule that no answers and circumstances fulfil."""
    if not questionnaire.has_rules:
        return
    for section in questionnaire.sections:
        for question in section.questions:
            if (section.rule or question.rule) and _is_unreached(questionnaire, question.key):
                yield Finding(
                    _("Nobody can reach this question: no answers fulfil its rule."),
                    question_key=question.key,
                )


def _is_unreached(questionnaire, key):
    """Whether the search went through all combinations without meeting the question."""
    part = questionnaire.only(_rests_on(questionnaire, key) | {key})
    conditions = [
        condition
        for owner in (*(s for s in part.sections if s.questions), *part.questions)
        if owner.rule
        for condition in owner.rule.conditions
    ]
    by_subject = {}
    for condition in conditions:
        by_subject.setdefault(condition.subject, []).append(condition)
    values = {
        subject: _telling_values(questionnaire, subject, found)
        for subject, found in by_subject.items()
    }
    if prod(map(len, values.values())) > MOST_COMBINATIONS:
        return False
    return not any(
        key in _reached(part, dict(zip(values, combination, strict=True)))
        for combination in product(*values.values())
    )


def _rests_on(questionnaire, key):
    """The keys of all questions that decide, directly or through others, whether one is asked."""
    rules = {
        question.key: [rule for rule in (section.rule, question.rule) if rule]
        for section in questionnaire.sections
        for question in section.questions
    }
    found, open_keys = set(), {key}
    while open_keys:
        one = open_keys.pop()
        for rule in rules.get(one, []):
            named = {condition.question_key for condition in rule.conditions} - {None}
            open_keys |= named - found
            found |= named
    return found


def _reached(part, given):
    """The keys reached when subjects have these values."""
    answers = {
        subject.removeprefix("answer."): value
        for subject, value in given.items()
        if subject.startswith("answer.")
    }
    codes = {
        subject: value for subject, value in given.items() if not subject.startswith("answer.")
    }
    circumstances = Circumstances(language=given.get("language", ("",))[0], codes=codes)
    return shown_keys(part, answers, circumstances)


def _telling_values(questionnaire, subject, conditions):
    """One value for each way in which these conditions on a subject can turn out together."""
    found = {}
    for value, fact in _possible(questionnaire, subject, conditions):
        found.setdefault(tuple(one.holds_for(fact) for one in conditions), value)
    return list(found.values()) or [None]


def _possible(questionnaire, subject, conditions):
    """Values of a subject with their facts; several codes together up to those that are named."""
    named = [value for condition in conditions for value in condition.values]
    if subject == "language":
        yield from (((code,), Fact(codes=(code,))) for code in questionnaire.languages)
        return
    if not subject.startswith("answer."):
        yield (), UNKNOWN
        if subject == EVENT_DAY and not questionnaire.is_anonymous:
            days = [value + step for value in named for step in (-1, 0, 1)]
            yield from (((str(day),), Fact(codes=(str(day),), number=day)) for day in days)
        elif not (questionnaire.is_anonymous and is_of_a_person(subject)):
            yield ("another",), Fact(codes=("another",))
            # A unit is also everything above it, so that it can have several codes.
            together = _subsets(named) if subject.endswith(".unit") else [[code] for code in named]
            for codes in together:
                yield tuple(codes), Fact(codes=tuple(codes))
        return
    question = questionnaire.question(conditions[0].question_key)
    if question is None:
        return
    if not question.is_required or subject != f"answer.{question.key}":
        yield None, UNKNOWN
    entry = entry_of(question, subject) or question
    for answer in _possible_answers(entry, conditions, named):
        yield answer, answer_fact(question, answer)


def _possible_answers(question, conditions, named):
    kind = kind_of(question)
    if kind == AnswerKind.NUMBER:
        bounds = [c.values[0] for c in conditions if c.operator in COMPARISONS]
        numbers = [value for value in named if not isinstance(value, str)] or [0]
        return [*numbers, *(bound + step for bound in bounds for step in (-1, 1)), max(numbers) + 1]
    if kind == AnswerKind.WORDS:
        return ["words"]
    codes = [choice.code for choice in question.choices]
    if kind != AnswerKind.SEVERAL:
        return codes
    rest = [code for code in codes if code not in named][:1]
    return _subsets([code for code in codes if code in named] + rest)


def _subsets(codes):
    """Every choice of one or more of the first codes, and all of them."""
    few = sorted(set(codes), key=codes.index)[:MOST_NAMED]
    for bits in product((True, False), repeat=len(few)):
        if any(bits):
            yield [code for code, is_taken in zip(few, bits, strict=True) if is_taken]
