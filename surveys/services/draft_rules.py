"""Saying when a question or a section of a draft is shown."""

from surveys.rules.conditions import read_rule
from surveys.rules.document import checked_rule
from surveys.rules.piping import placeholders_in

from .drafts import editing


def change_rule(*, version, revision, part, rule):
    """Give a question or a section of a draft another rule; `{}` shows it always."""
    rule = checked_rule(rule)
    with editing(version, revision):
        part.rule = rule
        part.save(update_fields=["rule"])
    return part


def dependents_of(version, keys):
    """The questions and sections whose rule or text rests on one of these questions.

    What has one of the keys itself is not among them.
    """
    sections = version.sections.prefetch_related("questions__choices")
    found = []
    for section in sections:
        questions = [question for question in section.questions.all() if question.key not in keys]
        if questions and _rests_on(section, [section.title], keys):
            found.append(section)
        for question in questions:
            texts = [question.text, question.hint, *(c.label for c in question.choices.all())]
            if _rests_on(question, texts, keys):
                found.append(question)
    return found


def _rests_on(part, texts, keys):
    rule = read_rule(part.rule)
    named = {condition.question_key for condition in rule.conditions} if rule else set()
    named |= {place.question_key for text in texts for place in placeholders_in(text)}
    return bool(named & set(keys))
