"""Cutting pages, so that no question stands on one page with what it rests on."""

from dataclasses import replace

from .piping import placeholders_in


def cut_page(page, references):
    """A page as one or more; `references` are the keys that a question rests on, by its key."""
    pieces, piece = [], []
    for question in page.questions:
        if references[question.key] & {earlier.key for earlier in piece}:
            pieces.append(tuple(piece))
            piece = []
        piece.append(question)
    if not pieces:
        return [page]
    return [replace(page, questions=questions) for questions in [*pieces, tuple(piece)]]


def references_in(sections):
    """By question key the keys that its rules and texts, and those of its section, name."""
    found = {}
    for section in sections:
        shared = _keys_in_rule(section.rule) | _keys_in_texts([section.title])
        for question in section.questions:
            texts = [question.text, question.hint, *(choice.label for choice in question.choices)]
            found[question.key] = shared | _keys_in_rule(question.rule) | _keys_in_texts(texts)
    return found


def _keys_in_rule(rule):
    return {condition.question_key for condition in rule.conditions} - {None} if rule else set()


def _keys_in_texts(texts):
    return {place.question_key for text in texts for place in placeholders_in(text)} - {None}
