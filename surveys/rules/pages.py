"""Cutting pages, so that no question stands on one page with what it rests on."""

from dataclasses import replace


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
