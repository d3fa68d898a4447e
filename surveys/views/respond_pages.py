"""The respondent's pages as HTML: a page of the questionnaire, the thank-you page, a plain page.

They are rendered without the request, so that no context processor can touch
a session, and from small templates of our own instead of through crispy: the
questions come from rows and not from a form class, and these pages are the
ones that every customer waits for.
"""

from dataclasses import dataclass
from email.utils import parseaddr
from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from surveys.enums import QuestionType
from surveys.languages import language_name
from surveys.question_types import handler_of
from surveys.questionnaire import frozen_questionnaire


@dataclass(frozen=True, slots=True)
class Option:
    """One choice as it stands on the page."""

    id: str
    code: str
    label: str
    short: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One question as it stands on the page."""

    id: str
    key: str
    template: str
    text: str
    hint: str
    error: str
    is_optional: bool
    options: tuple[Option, ...]
    apart: tuple[Option, ...]
    written: str
    low_end: str
    high_end: str

    @property
    def described_by(self):
        """Ids of the hint and of the error, for `aria-describedby`."""
        ids = [f"{self.id}-hint"] if self.hint else []
        return " ".join([*ids, f"{self.id}-error"] if self.error else ids)

    @property
    def first_input(self):
        """Where a link of the error summary leads."""
        inputs = self.options + self.apart
        return inputs[0].id if inputs else self.id

    @property
    def is_numbered(self):
        """Whether the points have no words of their own except at the two ends."""
        return bool(self.options) and all(one.short == one.label for one in self.options[1:-1])


def render_questionnaire_page(
    *,
    questionnaire,
    page_number,
    language,
    title=None,
    answers=None,
    errors=None,
    status=200,
    action="",
    hidden=(),
    languages=(),
    mode_sentence="",
    notice="",
    problem="",
    resume_page=None,
    resume_url="",
    restart_url="",
    kiosk_start="",
    has_trap=False,
    is_preview=False,
    back_url="",
    next_url="",
):
    """One page of a questionnaire as an HTTP answer.

    `answers` are by question key and `errors` a sentence by question key.
    `hidden` are the (name, value) pairs that the form carries along. Nothing
    is stored here; a preview has links to its other pages in place of the
    buttons that send.
    """
    errors = errors or {}
    with translation.override(language):
        if answers or errors or is_preview:
            questions = _questions(questionnaire, page_number, language, answers or {}, errors)
        else:
            questions = blank_questions(questionnaire.version_id, page_number, language)
        context = {
            "title": questionnaire.text(title or questionnaire.title, language),
            "introduction": questionnaire.text(questionnaire.introduction, language),
            "questions": questions,
            "wrong": _wrong(questionnaire, page_number, language, errors),
            "page_number": page_number,
            "page_count": len(questionnaire.pages),
            "action": action,
            "hidden": [("_lang", language), *hidden],
            "languages": [(code, language_name(code)) for code in languages],
            "mode_sentence": mode_sentence,
            "notice": notice,
            "problem": problem,
            "resume_page": resume_page,
            "resume_url": resume_url,
            "restart_url": restart_url,
            "kiosk_start": kiosk_start,
            "has_trap": has_trap,
            "is_preview": is_preview,
            "back_url": back_url,
            "next_url": next_url,
        }
        return render_page("surveys/respond/page.html", context, language, status=status)


@lru_cache(maxsize=512)
def blank_questions(version_id, page_number, language):
    """The questions of a page without answers, rendered once for all customers.

    A published version never changes, and opening a page is what happens most.
    """
    with translation.override(language):
        return _questions(frozen_questionnaire(version_id), page_number, language, {}, {})


def _questions(questionnaire, page_number, language, answers, errors):
    """The questions of a page as HTML."""
    page = questionnaire.pages[page_number - 1]
    context = {
        "heading": questionnaire.text(page.title, language),
        "fields": [
            _field(questionnaire, question, language, answers.get(question.key), errors)
            for question in page.questions
        ],
    }
    return render_to_string("surveys/respond/_questions.html", context)


def _wrong(questionnaire, page_number, language, errors):
    """The questions of a page whose answers cannot be taken."""
    return [
        _field(questionnaire, question, language, None, errors)
        for question in questionnaire.pages[page_number - 1].questions
        if question.key in errors
    ]


def render_page(template, context, language, *, status=200):
    """A respondent's template in a language, with what the layout needs."""
    with translation.override(language):
        html = render_to_string(
            template,
            context
            | {
                "language": language,
                "direction": "rtl" if translation.get_language_bidi() else "ltr",
                "organisation_name": settings.ORGANISATION_NAME,
                "contact": parseaddr(settings.CONTACT_EMAIL)[1],
            },
        )
    return HttpResponse(html, status=status, headers={"Content-Language": language})


def _field(questionnaire, question, language, answer, errors):
    """A question with its texts in one language and what was answered so far."""
    chosen = set(answer) if isinstance(answer, list) else {answer}
    options = [
        (
            choice.is_scored,
            Option(
                id=f"q-{question.key}-{number}",
                code=choice.code,
                label=questionnaire.text(choice.label, language),
                short=choice.code if choice.value is None else str(choice.value),
                is_chosen=choice.code in chosen,
            ),
        )
        for number, choice in enumerate(question.choices, start=1)
    ]
    scored = tuple(option for is_scored, option in options if is_scored)
    low_end, high_end = _ends(question, scored)
    return Field(
        id=f"q-{question.key}",
        key=question.key,
        template=f"components/answers/{handler_of(question).template}.html",
        text=questionnaire.text(question.text, language),
        hint=questionnaire.text(question.hint, language),
        error=errors.get(question.key, ""),
        is_optional=not question.is_required,
        options=scored,
        apart=tuple(option for is_scored, option in options if not is_scored),
        written=answer if isinstance(answer, str) else "",
        low_end=low_end,
        high_end=high_end,
    )


def _ends(question, options):
    """What the two ends of a numbered scale mean, in words."""
    if not options:
        return "", ""
    low, high = (one.label if one.label != one.short else "" for one in (options[0], options[-1]))
    if question.type == QuestionType.RECOMMENDATION:
        return low or _("Not at all likely"), high or _("Extremely likely")
    return low, high
