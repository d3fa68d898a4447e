"""Rules on plain answers: no request and no query."""

import hashlib
import json
import math

from .errors import InvalidAnswers
from .question_types import handler_of
from .question_types.writing import is_storable


def read_answers(questions, form_values):
    """The answers to these questions in a posted form, by the keys of their entries."""
    answers = {}
    for question in questions:
        answers |= handler_of(question).entries(question, form_values)
    return answers


def errors_in(questions, answers):
    """A sentence for each question whose answer cannot be taken."""
    found = {}
    for question in questions:
        sentence = handler_of(question).error_among(question, answers)
        if sentence:
            found[question.key] = sentence
    return found


def storable_answers(answers):
    """The entries that can be kept as they were typed, right or wrong."""
    return {key: answer for key, answer in answers.items() if _is_storable(answer)}


def _is_storable(answer):
    if isinstance(answer, list):
        return all(map(_is_storable, answer))
    return is_storable(answer) if isinstance(answer, str) else _is_number(answer)


def _is_number(answer):
    return answer is None or (isinstance(answer, int | float) and math.isfinite(answer))


def checked_answers(questionnaire, answers):
    """All answers of a questionnaire, ready to store; raises `InvalidAnswers`."""
    errors = errors_in(questionnaire.questions, answers)
    if errors:
        raise InvalidAnswers(errors)
    kept = {}
    for question in questionnaire.questions:
        kept |= handler_of(question).kept(question, answers)
    return kept


def measure_values(questionnaire, answers):
    """The numbers behind the four leading measures, by role."""
    values = {}
    for question in questionnaire.questions:
        if question.role in LEADING_COLUMNS:
            answer = answers.get(question.key)
            values[LEADING_COLUMNS[question.role]] = handler_of(question).value_of(question, answer)
    return values


LEADING_COLUMNS = {
    "overall": "satisfaction",
    "recommendation": "recommendation",
    "effort": "effort",
    "repurchase": "repurchase",
}


def fingerprint_of(version_id, answers):
    """A digest that is equal for equal answers to the same version."""
    document = json.dumps([version_id, answers], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(document.encode("utf-8")).hexdigest()
