"""Which questions rest on which others, by their rules and by what is filled into their texts."""

from surveys.question_types import handler_of

from .piping import placeholders_in


def dependents_in(questionnaire, keys):
    """The keys of the questions that rest on one of these, which are not counted themselves."""
    references = references_in(questionnaire.sections)
    return [key for key, named in references.items() if key not in keys and named & set(keys)]


def references_in(sections):
    """By question key the keys that its rules and texts, and those of its section, name."""
    found = {}
    for section in sections:
        shared = _keys_in_rule(section.rule) | _keys_in_texts([section.title])
        for question in section.questions:
            texts = handler_of(question).texts(question)
            found[question.key] = shared | _keys_in_rule(question.rule) | _keys_in_texts(texts)
    return found


def _keys_in_rule(rule):
    return {condition.question_key for condition in rule.conditions} - {None} if rule else set()


def _keys_in_texts(texts):
    return {place.question_key for text in texts for place in placeholders_in(text)} - {None}
