"""Answers in the customer's own words, kept exactly as written."""

from django.utils.translation import gettext as _


class ShortText:
    """One line of text."""

    longest = 500

    def __init__(self, *, template):
        self.template = template

    def read(self, question, form_values):
        """The answer in a posted form (a QueryDict), or None."""
        text = form_values.get(question.key, "")
        return text.replace("\r\n", "\n") if text.strip() else None

    def error_in(self, question, answer):
        """A sentence when the answer cannot be taken, else None."""
        if answer is None:
            return _("Please write an answer.") if question.is_required else None
        if not isinstance(answer, str) or not _is_storable(answer):
            return _("This text holds a sign that cannot be stored. Please write it again.")
        if len(answer) > self.longest:
            return _("Please shorten this answer to %(longest)d characters; it has %(length)d.") % {
                "longest": self.longest,
                "length": len(answer),
            }
        return None

    def value_of(self, question, answer):
        """A text has no number."""
        return None


class LongText(ShortText):
    """Several lines of text."""

    longest = 100_000


def _is_storable(text):
    """PostgreSQL stores no NUL, and no database stores half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
