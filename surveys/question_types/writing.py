"""Answers in the customer's own words, kept exactly as written."""

import re

from django.utils.translation import gettext as _

from surveys.enums import MeasureRole

from .answer_type import AnswerType, Group

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Writing(AnswerType):
    """A text."""

    group = Group.WRITTEN
    roles = (MeasureRole.COMMENT,)
    longest = 500

    def read(self, question, form_values):
        """The answer in a posted form (a QueryDict), or None."""
        text = form_values.get(question.key, "")
        return text.replace("\r\n", "\n") if text.strip() else None

    def error_in(self, question, answer):
        """A sentence when the answer cannot be taken, else None."""
        if answer is None:
            return _("Please write an answer.") if question.is_required else None
        return error_in_text(answer, self.longest)

    def picked(self, question, code):
        """Nothing can be picked."""
        return None

    def from_cell(self, question, cell, code_of):
        """The text as it stands there."""
        return cell.replace("\r\n", "\n")


def error_in_text(text, longest):
    """A sentence when a text cannot be stored, else None."""
    if not isinstance(text, str) or not is_storable(text):
        return _("This text holds a sign that cannot be stored. Please write it again.")
    if len(text) > longest:
        return _("Please shorten this answer to %(longest)d characters; it has %(length)d.") % {
            "longest": longest,
            "length": len(text),
        }
    return None


def is_storable(text):
    """PostgreSQL stores no NUL, and no database stores half of a surrogate pair."""
    return UNSTORABLE.search(text) is None
