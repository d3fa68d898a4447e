"""What speaks against publishing a questionnaire: errors block, warnings explain.

Works on the plain values of a `Questionnaire`, so the editor, the
publishing page and the service that publishes say the same.
"""

from math import ceil

from django.conf import settings
from django.utils.translation import gettext as _

from surveys.enums import ChoiceKind, MeasureRole
from surveys.question_types import handler_of, parts_of, types_with_role
from surveys.rules.checks import broken_placeholders, broken_rules, unsure_placeholders
from surveys.rules.unreached import unreached_questions
from surveys.texts import is_translated

from .finding import Finding
from .question_findings import asks_who, question_warnings

MOST_QUESTIONS = 15
MOST_MINUTES = 5
FIELDS_OF_OUR_OWN = 50
BYTES_OF_A_SIGN = 9  # a Chinese one as a form sends it


def estimated_minutes(questionnaire):
    """Minutes that answering takes, rounded up; a rule of thumb from the types of questions."""
    seconds = sum(handler_of(question).seconds for question in questionnaire.questions)
    return ceil(seconds / 60)


def findings_in(questionnaire):
    """Everything worth saying before publishing, errors first."""
    return errors_in(questionnaire) + warnings_in(questionnaire)


def errors_in(questionnaire):
    """What must be mended before publishing."""
    if not questionnaire.questions:
        return [Finding(_("The survey has no question yet."), is_error=True)]
    found = list(_too_large_pages(questionnaire))
    language = questionnaire.default_language
    if not is_translated(questionnaire.title, language):
        found.append(Finding(_("The survey has no title in its first language."), is_error=True))
    for question in questionnaire.questions:
        found += [
            Finding(sentence, is_error=True, question_key=question.key)
            for sentence in _mistakes(question, language)
        ]
    return [*found, *broken_rules(questionnaire), *broken_placeholders(questionnaire)]


def warnings_in(questionnaire):
    """What may be meant, but is worth a second look."""
    return [
        *_measures(questionnaire),
        *_length(questionnaire),
        *question_warnings(questionnaire),
        *_ways_out(questionnaire),
        *_translations(questionnaire),
        *_names_in_anonymous_survey(questionnaire),
        *unreached_questions(questionnaire),
        *unsure_placeholders(questionnaire),
    ]


def _too_large_pages(questionnaire):
    """A page that a request could not carry could never be sent."""
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS - FIELDS_OF_OUR_OWN
    for number, page in enumerate(questionnaire.pages, start=1):
        first = page.questions[0].key
        count = sum(handler_of(question).inputs(question) for question in page.questions)
        if count > most:
            sentence = _("Page %(number)d has %(count)d inputs; %(most)d can be sent at once.")
            values = {"number": number, "count": count, "most": most}
            yield Finding(sentence % values, is_error=True, question_key=first)
        signs = sum(handler_of(question).longest for question in page.questions)
        if signs * BYTES_OF_A_SIGN > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            sentence = _("Page %(number)d has so many long texts that they cannot be sent at once.")
            yield Finding(sentence % {"number": number}, is_error=True, question_key=first)


def _mistakes(question, language):
    handler, role = handler_of(question), MeasureRole(question.role)
    if not is_translated(question.text, language):
        yield _("The question has no text in the first language.")
    yield from handler.mistakes(question, language)
    if types_with_role(role) and role not in handler.roles:
        yield _("“%(role)s” cannot be measured by a question of the type “%(type)s”.") % {
            "role": role.label,
            "type": handler.label,
        }
    elif role == MeasureRole.REPURCHASE and question.loyal_from not in question.values[1:]:
        yield _("Say from which point of the scale on an answer counts as loyal.")


def _measures(questionnaire):
    if questionnaire.overall is None:
        yield Finding(
            _("No question asks for overall satisfaction: the curve cannot be drawn from this.")
        )
    if questionnaire.repurchase is None and questionnaire.recommendation is None:
        yield Finding(
            _(
                "No question asks for loyalty (repurchase or recommendation): the curve can be "
                "drawn only from observed purchases."
            )
        )


def _length(questionnaire):
    asked = [question for question in questionnaire.questions if parts_of(question)]
    count, minutes = len(asked), estimated_minutes(questionnaire)
    if count > MOST_QUESTIONS:
        yield Finding(
            _("%(count)d questions are many: past %(most)d, more people leave before the end.")
            % {"count": count, "most": MOST_QUESTIONS}
        )
    if minutes > MOST_MINUTES:
        yield Finding(
            _("Answering takes about %(minutes)d minutes; up to %(most)d are borne well.")
            % {"minutes": minutes, "most": MOST_MINUTES}
        )


def _names_in_anonymous_survey(questionnaire):
    """Questions whose answer says who somebody is, where nobody is to be known."""
    if not questionnaire.is_anonymous:
        return
    for question in questionnaire.questions:
        if asks_who(question):
            yield Finding(
                _(
                    "The answer can say who somebody is, and the survey is anonymous. Leave the "
                    "question out, or ask for it in a survey of its own."
                ),
                question_key=question.key,
                kind="names_people",
            )


def _ways_out(questionnaire):
    for question in questionnaire.with_role(MeasureRole.ATTRIBUTE):
        if not any(choice.kind == ChoiceKind.NOT_APPLICABLE for choice in question.choices):
            yield Finding(
                _("There is no “does not apply”: who never met this has to guess or leave it out."),
                question_key=question.key,
                kind="no_way_out",
            )


def _translations(questionnaire):
    others = [code for code in questionnaire.languages if code != questionnaire.default_language]
    for language in others:
        missing = [
            question.key
            for question in questionnaire.questions
            if not _is_whole(question, language)
        ]
        if missing:
            yield Finding(
                _("Not everything is translated into %(language)s: %(keys)s.")
                % {"language": language_name(language), "keys": ", ".join(missing)},
                question_key=missing[0],
                kind="translation",
                keys=tuple(missing),
            )
        around = [questionnaire.title, questionnaire.introduction, questionnaire.thanks]
        around += [section.title for section in questionnaire.sections]
        if any(texts and not is_translated(texts, language) for texts in around):
            yield Finding(
                _("The title, a heading or a text around the questions is missing in %(language)s.")
                % {"language": language_name(language)}
            )


def _is_whole(question, language):
    texts = handler_of(question).texts(question)
    return all(is_translated(text, language) for text in texts)


def language_name(code):
    """The name of a language in itself, or its code."""
    return str(dict(settings.LANGUAGES).get(code, code))
