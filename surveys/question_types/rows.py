"""Questions made of rows: each row is rated on the same scale and counted on its own."""

from dataclasses import replace

from django.utils.translation import gettext as _

from surveys.texts import is_translated, text_in

from .choosing import OnScale
from .shown import Field


class Rows(OnScale):
    """Each row is an entry `<key>.<row>` of the answers, read like a rating."""

    def rows(self, question):
        """The rows as (code, text by language)."""
        raise NotImplementedError

    def parts(self, question):
        """A rating for each row, whose text says the question and the row."""
        return tuple(
            replace(
                question,
                key=f"{question.key}.{code}",
                type="rating",
                text=self._joined(question.text, label),
                settings={},
            )
            for code, label in self.rows(question)
        )

    def keys(self, question):
        """A key for each row."""
        return tuple(f"{question.key}.{code}" for code, _label in self.rows(question))

    def inputs(self, question):
        """One for each row."""
        return len(self.rows(question))

    def entries(self, question, form_values):
        """The code that was picked in each row, or None."""
        return {key: form_values.get(key) or None for key in self.keys(question)}

    def error_among(self, question, answers):
        """The first sentence about a row, with the words of the row."""
        for part in self.parts(question):
            if sentence := self.error_in(part, answers.get(part.key)):
                return sentence
        return None

    def picked(self, question, code):
        """A link cannot say which row it means."""
        return None

    def mistakes(self, question, language):
        """There are rows, and each has its words."""
        yield from super().mistakes(question, language)
        rows = self.rows(question)
        if not rows:
            yield _("Write one line at least that is to be rated.")
        if any(not is_translated(label, language) for _code, label in rows):
            yield _("A line has no text in the first language.")

    def field(self, question, page):
        """The question with a field for each of its rows."""
        whole = super().field(replace(question, choices=()), page)
        return replace(whole, rows=tuple(self._row(part, page) for part in self._shown(question)))

    def shown(self, question, page, options):
        """A question without points of its own has no ends."""
        return super().shown(question, page, options) if options else {}

    def _shown(self, question):
        parts = self.parts(question)
        texts = (label for _code, label in self.rows(question))
        return [replace(part, text=text, hint={}) for part, text in zip(parts, texts, strict=True)]

    def _row(self, part, page) -> Field:
        has_error = self.error_in(part, page.answers.get(part.key)) if page.errors else None
        errors = {part.key: has_error} if has_error and _question_key(part) in page.errors else {}
        return super().field(part, replace(page, errors=errors))

    @staticmethod
    def _joined(text, label):
        languages = {*text, *label}
        first = next(iter(text), "en")
        return {
            code: f"{text_in(text, code, first)} – {text_in(label, code, first)}"
            for code in sorted(languages)
        }


def _question_key(part):
    return part.key.split(".")[0]
