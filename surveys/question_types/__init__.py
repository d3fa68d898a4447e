"""Question types: one folder each, found by itself.

A folder says everything about its type: how an answer is read, checked,
expressed and written into a cell, what it looks like on the page, what the
editor asks about it and what it begins with. `README.md` says what to put
into a new one; nothing outside the folder is changed for it.
"""

from importlib import import_module

from surveys.enums import QuestionType

from .answer_type import Group

HANDLERS = {kind: import_module(f"{__name__}.{kind.value}").handler for kind in QuestionType}


def handler_of(question):
    """The handler of a question's type."""
    return HANDLERS[question.type]


def parts_of(question):
    """What is counted of a question: itself, its rows, or nothing."""
    return handler_of(question).parts(question)


def was_shown(question, answers):
    """Whether a customer has met this question; one that asks nothing counts as met."""
    keys = handler_of(question).keys(question)
    return not keys or any(key in answers for key in keys)


def handlers_in_order():
    """Every type in the order in which a designer is offered them."""
    order = list(Group)
    return sorted(HANDLERS.values(), key=lambda one: (order.index(one.group), one.place, one.code))


def presets():
    """What a new question can begin as, by code, in the order offered."""
    return {preset.code: preset for handler in handlers_in_order() for preset in handler.presets}


def types_with_role(role):
    """The types that can serve a measure, or nothing where any type can."""
    return tuple(handler.code for handler in HANDLERS.values() if role in handler.roles)
