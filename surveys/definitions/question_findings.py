"""Remarks on single questions and their scales; the words themselves are judged in `wording.py`."""

from django.utils.translation import gettext as _

from surveys.enums import PageLayout, QuestionType
from surveys.question_types import handler_of, parts_of

from .finding import Finding
from .wording import asks_for_agreement, is_agreement, joined_by, names_somebody, suggested_by

MOST_IN_A_ROW = 6
ASKED_IN_WORDS = (
    QuestionType.SHORT_TEXT,
    QuestionType.LONG_TEXT,
    QuestionType.NUMBER,
    QuestionType.CONSENT,
)
LABELLED_BY_ITSELF = (QuestionType.RECOMMENDATION, QuestionType.EFFORT)


def question_warnings(questionnaire):
    """What is worth a second look in single questions, in their order."""
    for question in questionnaire.questions:
        for kind, sentence in _remarks(question, questionnaire.default_language):
            yield Finding(sentence, question_key=question.key, kind=kind)
    yield from _long_rows(questionnaire)


def _remarks(question, language):
    """Kind and sentence of each remark; a kind is named once, in whichever language it shows."""
    is_scale = handler_of(question).is_scale
    measures = is_scale or question.type == QuestionType.YES_NO
    if measures and (word := _found(joined_by, question.text)):
        yield (
            "double_barrelled",
            _(
                "“%(word)s” joins two things in one question: who likes the one and not the other "
                "cannot answer. Better ask twice."
            )
            % {"word": word},
        )
    if words := _found(suggested_by, question.text):
        yield (
            "leading",
            _("“%(words)s” suggests an answer. Say it without praise or blame.") % {"words": words},
        )
    if measures and _asks_agreement(question):
        yield (
            "agreement",
            _(
                "Many people agree with whatever is said. Ask for the thing itself, "
                "such as how easy it was or how satisfied they are."
            ),
        )
    names_ends = question.type in LABELLED_BY_ITSELF
    if is_scale and not names_ends and _has_bare_ends(question, language):
        yield (
            "unlabelled",
            _("The ends of the scale are bare numbers. Say in words what they mean."),
        )


def asks_who(question):
    """Whether an e-mail address is asked for, or, in words, a name or how to reach somebody."""
    if question.type == QuestionType.EMAIL:
        return True
    is_written = question.type in ASKED_IN_WORDS
    return is_written and bool(_found(names_somebody, question.text))


def _found(rule, texts):
    return next(filter(None, (rule(text, language) for language, text in texts.items())), "")


def _asks_agreement(question):
    labels = [label for choice in question.scored_choices for label in choice.label.values()]
    return any(map(is_agreement, labels)) or any(
        asks_for_agreement(text, language) for language, text in question.text.items()
    )


def _has_bare_ends(question, language):
    points = question.scored_choices
    ends = [points[0], points[-1]] if points else []
    return any(point.label.get(language, "").strip() in (point.code, "") for point in ends)


def _long_rows(questionnaire):
    """More ratings in a row on one scale than are answered with care, where a page shows them."""
    if questionnaire.page_layout == PageLayout.QUESTION:
        return
    for page in questionnaire.pages:
        row = []
        for question in [*page.questions, None]:
            if row and (question is None or _scale_of(question) != _scale_of(row[-1])):
                yield from _long_row(row)
                row = []
            if question is not None and _is_rated(question):
                row.append(question)


def _is_rated(question):
    return handler_of(question).is_scale and question.type not in LABELLED_BY_ITSELF


def _long_row(row):
    count = sum(len(parts_of(question)) for question in row)
    if count > MOST_IN_A_ROW:
        yield Finding(
            _(
                "%(count)d ratings stand in a row on the same scale; past %(most)d, people begin "
                "to tick the same point everywhere. Split them, or leave some out."
            )
            % {"count": count, "most": MOST_IN_A_ROW},
            question_key=row[0].key,
            kind="grid",
            keys=tuple(question.key for question in row),
        )


def _scale_of(question):
    return question.type, question.values
