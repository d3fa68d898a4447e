"""Answers picked from a list: scales, options, yes or no."""

from django.utils.translation import gettext as _


class SingleChoice:
    """Exactly one choice; the stored answer is its code."""

    def __init__(self, *, template):
        self.template = template

    def read(self, question, form_values):
        """The answer in a posted form (a QueryDict), or None."""
        return form_values.get(question.key) or None

    def error_in(self, question, answer):
        """A sentence when the answer cannot be taken, else None."""
        if answer is None:
            return _("Please choose an answer.") if question.is_required else None
        if not isinstance(answer, str) or question.choice(answer) is None:
            return _("Please choose one of the answers shown.")
        return None

    def value_of(self, question, answer):
        """The number behind the answer, or None ("does not apply" has none)."""
        choice = question.choice(answer) if isinstance(answer, str) else None
        return choice.value if choice else None


class MultipleChoice:
    """Any number of choices; the stored answer is the list of codes in the question's order."""

    def __init__(self, *, template):
        self.template = template

    def read(self, question, form_values):
        """The answer in a posted form (a QueryDict), or None."""
        picked = set(form_values.getlist(question.key)) - {""}
        known = [choice.code for choice in question.choices if choice.code in picked]
        return known + sorted(picked - set(known)) or None

    def error_in(self, question, answer):
        """A sentence when the answer cannot be taken, else None."""
        if answer is None:
            return _("Please choose at least one answer.") if question.is_required else None
        if not isinstance(answer, list) or any(question.choice(code) is None for code in answer):
            return _("Please choose from the answers shown.")
        return None

    def value_of(self, question, answer):
        """Several choices have no one number."""
        return None
