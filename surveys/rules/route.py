"""One respondent's way through the pages: what each asks, which comes next, how far it is.

Pages keep their numbers; those on which nothing is asked are passed over.
"""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from .conditions import key_of
from .piping import answer_in_words, filled_everywhere, filled_texts, has_placeholder
from .reach import shown_keys, verdicts_on


@dataclass(frozen=True, slots=True)
class Progress:
    """The place of a page, and how many pages there will be at least and at most."""

    position: int
    least: int
    most: int

    @property
    def is_first(self):
        """Whether nothing comes before."""
        return self.position == 1

    @property
    def is_surely_last(self):
        """Whether nothing can follow, whatever is answered here."""
        return self.position == self.most

    @property
    def sentence(self):
        """The place in words, or nothing where there is one page only."""
        if self.most == 1:
            return ""
        if self.least == self.most:
            return _("Page %(position)d of %(most)d") % {
                "position": self.position,
                "most": self.most,
            }
        return _("Page %(position)d of %(least)d to %(most)d, depending on your answers") % {
            "position": self.position,
            "least": self.least,
            "most": self.most,
        }


class Route:
    """The pages for these answers; `circumstances` is called only when something rests on it.

    `shows_all` leaves the rules aside, for whoever looks at the questionnaire itself.
    """

    def __init__(self, questionnaire, answers, circumstances, *, shows_all=False):
        self.questionnaire = questionnaire
        self.answers = answers
        is_adaptive = questionnaire.is_adaptive
        self.circumstances = circumstances() if is_adaptive else None
        self.keys = None
        if is_adaptive and not shows_all:
            self.keys = shown_keys(questionnaire, answers, self.circumstances)
        self.numbers = [
            number for number, page in enumerate(questionnaire.pages, 1) if self._asked(page)
        ]

    def has(self, number):
        """Whether anything is asked on this page."""
        return number in self.numbers

    def after(self, number):
        """The next page, or None."""
        return next((one for one in self.numbers if one > number), None)

    def before(self, number):
        """The page before, or None."""
        return next((one for one in reversed(self.numbers) if one < number), None)

    def passed_over_before(self, number):
        """The pages before this one on which nothing is asked."""
        return [one for one in range(1, number) if not self.has(one)]

    def page(self, number):
        """The page with what is asked of this respondent, its texts filled in.

        A page that is the same for everybody is the very object of the questionnaire.
        """
        page = self.questionnaire.pages[number - 1]
        if not self.questionnaire.is_adaptive:
            return page
        asked = tuple(map(self._filled, self._asked(page)))
        same = all(one is other for one, other in zip(asked, page.questions, strict=False))
        if same and len(asked) == len(page.questions) and not has_placeholder(page.title):
            return page
        return replace(page, title=self.filled(page.title), questions=asked)

    def filled(self, texts):
        """A text for this respondent."""
        return filled_texts(texts, self._words_of)

    def progress(self, number):
        """How far a page is on the way; pages that rest on answers to come count as possible."""
        pages = self.questionnaire.pages
        position = 1 + sum(one < number for one in self.numbers)
        if self.keys is None:
            return Progress(position, len(self.numbers), len(self.numbers))
        ahead = pages[number:]
        pending = {question.key for page in pages[number - 1 :] for question in page.questions}
        verdicts = verdicts_on(self.questionnaire, self.answers, self.circumstances, pending)
        by_page = [{verdicts[question.key] for question in page.questions} for page in ahead]
        certain = sum(True in found for found in by_page)
        possible = sum(found != {False} for found in by_page)
        return Progress(position, position + certain, position + possible)

    def _asked(self, page):
        if self.keys is None:
            return page.questions
        return [question for question in page.questions if question.key in self.keys]

    def _filled(self, question):
        if not question.has_placeholder:
            return question
        choices = tuple(
            replace(choice, label=self.filled(choice.label)) for choice in question.choices
        )
        return replace(
            question,
            text=self.filled(question.text),
            hint=self.filled(question.hint),
            choices=choices,
            settings=filled_everywhere(question.settings, self._words_of),
        )

    def _words_of(self, subject, language):
        key = key_of(subject)
        if key is None:
            return self.circumstances.words.get(subject, "")
        question = self.questionnaire.question(key)
        if question is None or (self.keys is not None and key not in self.keys):
            return ""
        answer = self.answers.get(subject.removeprefix("answer."))
        return answer_in_words(
            question, answer, lambda texts: self.questionnaire.text(texts, language)
        )
