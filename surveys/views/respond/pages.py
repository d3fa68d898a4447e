"""The respondent's pages as HTML: a page of the questionnaire, the thank-you page, a plain page.

They are rendered without the request, so that no context processor can touch
a session, and from small templates of our own instead of through crispy: the
questions come from rows and not from a form class, and these pages are the
ones that every customer waits for.
"""

from email.utils import parseaddr
from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from surveys.languages import language_name
from surveys.question_types import handler_of
from surveys.question_types.shown import Page
from surveys.questionnaire import frozen_questionnaire
from surveys.rules.route import Progress

from .stencil import FilledPage, Stencil, slot
from .theme import theme_url

PAGE = "surveys/respond/page.html"


def render_questionnaire_page(
    *,
    questionnaire,
    page_number,
    language,
    title=None,
    answers=None,
    errors=None,
    seed="",
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
    leave_url="",
    visit_url="",
    is_preview=False,
    back_url="",
    next_url="",
    route=None,
    survey=None,
):
    """One page of a questionnaire as an HTTP answer.

    `route` says what of it is asked of this respondent; without one everything is.
    `answers` are by question key and `errors` a sentence by question key.
    `seed` fixes the order of answers that are shown in a random one.
    `hidden` are the (name, value) pairs that the form carries along. Nothing
    is stored here; a preview has links to its other pages in place of the
    buttons that send. `survey` gives the page its name and its colour.
    """
    errors = errors or {}
    with translation.override(language):
        page = route.page(page_number) if route else questionnaire.pages[page_number - 1]
        introduction = (
            route.filled(questionnaire.introduction) if route else questionnaire.introduction
        )
        is_same_for_all = page is questionnaire.pages[page_number - 1] and (
            introduction == questionnaire.introduction
        )
        is_blank = is_same_for_all and not (answers or errors or is_preview or _is_shuffled(page))
        if is_blank:
            questions = blank_questions(questionnaire.version_id, page_number, language)
        else:
            questions = _questions(questionnaire, page, language, answers or {}, errors, seed=seed)
        context = {
            "title": questionnaire.text(title or questionnaire.title, language),
            "introduction": questionnaire.text(introduction, language),
            "questions": questions,
            "wrong": tuple(_wrong(questionnaire, page, language, errors)),
            "progress": _progress(questionnaire, route, page_number),
            "action": action,
            "hidden": (("_lang", language), *hidden),
            "languages": tuple((code, language_name(code)) for code in languages),
            "mode_sentence": mode_sentence,
            "notice": notice,
            "problem": problem,
            "resume_page": resume_page,
            "resume_url": resume_url,
            "restart_url": restart_url,
            "kiosk_start": kiosk_start,
            "has_trap": has_trap,
            "leave_url": leave_url,
            "visit_url": visit_url,
            "is_preview": is_preview,
            "back_url": back_url,
            "next_url": next_url,
            **look_of(survey),
        }
        if is_blank:
            return _blank_page(context, language, status)
        return _answer(_html(PAGE, context, language), language, status)


def _blank_page(context, language, status):
    """A page without answers: rendered once, its slots filled for each customer."""
    own = [context["action"], context["visit_url"], *(value for _name, value in context["hidden"])]
    action, visit_url, *values = (slot(number) if word else "" for number, word in enumerate(own))
    names = (name for name, _value in context["hidden"])
    hidden = tuple(zip(names, values, strict=True))
    shared = context | {"action": action, "visit_url": visit_url, "hidden": hidden}
    stencil = page_with_slots(language, tuple(shared.items()))
    return FilledPage(stencil, own, status=status, headers={"Content-Language": language})


@lru_cache(maxsize=512)
def page_with_slots(language, inputs):
    """The page that these inputs make; it is the same for all customers."""
    return Stencil(_html(PAGE, dict(inputs), language))


@lru_cache(maxsize=512)
def blank_questions(version_id, page_number, language):
    """The questions of a page without answers, rendered once for all customers.

    A published version never changes, and opening a page is what happens most.
    """
    with translation.override(language):
        questionnaire = frozen_questionnaire(version_id)
        page = questionnaire.pages[page_number - 1]
        return _questions(questionnaire, page, language, {}, {})


def _progress(questionnaire, route, page_number):
    if route:
        return route.progress(page_number)
    count = len(questionnaire.pages)
    return Progress(page_number, count, count)


def _is_shuffled(page):
    return any(handler_of(question).is_shuffled(question) for question in page.questions)


def _questions(questionnaire, page, language, answers, errors, *, seed=""):
    """The questions of a page as HTML."""
    shown = _shown(questionnaire, language, answers, errors, seed=seed)
    context = {
        "heading": questionnaire.text(page.title, language),
        "fields": [handler_of(question).field(question, shown) for question in page.questions],
    }
    return render_to_string("surveys/respond/_questions.html", context)


def _wrong(questionnaire, page, language, errors):
    """The questions of a page whose answers cannot be taken."""
    shown = _shown(questionnaire, language, {}, errors)
    return [
        handler_of(question).field(question, shown)
        for question in page.questions
        if question.key in errors
    ]


def _shown(questionnaire, language, answers, errors, *, seed=""):
    return Page(
        say=lambda texts: questionnaire.text(texts, language),
        answers=answers,
        errors=errors,
        seed=seed,
    )


def look_of(survey):
    """Under which name and in which colours the pages of a survey are shown."""
    if survey is None:
        return {}
    return {"organisation_name": survey.sender, "theme_url": theme_url(survey.accent)}


def render_page(template, context, language, *, status=200):
    """A respondent's template in a language as an HTTP answer."""
    return _answer(_html(template, context, language), language, status)


def _html(template, context, language):
    """A respondent's template in a language, with what the layout needs."""
    with translation.override(language):
        return render_to_string(
            template,
            {
                "language": language,
                "direction": "rtl" if translation.get_language_bidi() else "ltr",
                "organisation_name": settings.ORGANISATION_NAME,
                "contact": parseaddr(settings.CONTACT_EMAIL)[1],
            }
            | context,
        )


def _answer(html, language, status):
    return HttpResponse(html, status=status, headers={"Content-Language": language})
