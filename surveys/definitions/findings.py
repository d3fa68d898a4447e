"""What speaks against publishing a questionnaire: errors block, warnings explain.

Works on the plain values of a `Questionnaire`, so the editor, the
publishing page and the service that publishes say the same.
"""

from math import ceil

from django.conf import settings
from django.utils.translation import gettext as _

from surveys.enums import ChoiceKind, MeasureRole, QuestionType
from surveys.rules.checks import broken_placeholders, broken_rules, unsure_placeholders
from surveys.rules.unreached import unreached_questions
from surveys.texts import is_translated

from .finding import Finding

MOST_QUESTIONS = 15
MOST_MINUTES = 5
SECONDS = {
    QuestionType.RATING: 8,
    QuestionType.RECOMMENDATION: 9,
    QuestionType.YES_NO: 6,
    QuestionType.SINGLE_CHOICE: 9,
    QuestionType.MULTIPLE_CHOICE: 14,
    QuestionType.SHORT_TEXT: 15,
    QuestionType.LONG_TEXT: 30,
}
SCALES = (QuestionType.RATING, QuestionType.RECOMMENDATION)
TEXTS = (QuestionType.SHORT_TEXT, QuestionType.LONG_TEXT)
TYPES_OF_ROLE = {
    MeasureRole.OVERALL: (QuestionType.RATING,),
    MeasureRole.RECOMMENDATION: (QuestionType.RECOMMENDATION,),
    MeasureRole.EFFORT: (QuestionType.RATING,),
    MeasureRole.REPURCHASE: (QuestionType.RATING, QuestionType.YES_NO),
    MeasureRole.ATTRIBUTE: (QuestionType.RATING,),
    MeasureRole.COMMENT: TEXTS,
}


def estimated_minutes(questionnaire):
    """Minutes that answering takes, rounded up; a rule of thumb from the types of questions."""
    seconds = sum(SECONDS[QuestionType(question.type)] for question in questionnaire.questions)
    return ceil(seconds / 60)


def findings_in(questionnaire):
    """Everything worth saying before publishing, errors first."""
    return errors_in(questionnaire) + warnings_in(questionnaire)


def errors_in(questionnaire):
    """What must be mended before publishing."""
    if not questionnaire.questions:
        return [Finding(_("The survey has no question yet."), is_error=True)]
    found = []
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
        *_ways_out(questionnaire),
        *_translations(questionnaire),
        *unreached_questions(questionnaire),
        *unsure_placeholders(questionnaire),
    ]


def _mistakes(question, language):
    kind, role = QuestionType(question.type), MeasureRole(question.role)
    if not is_translated(question.text, language):
        yield _("The question has no text in the first language.")
    if kind not in TEXTS:
        yield from _mistakes_in_choices(question, kind, language)
    allowed = TYPES_OF_ROLE.get(role)
    if allowed and kind not in allowed:
        yield _("“%(role)s” cannot be measured by a question of the type “%(type)s”.") % {
            "role": role.label,
            "type": kind.label,
        }
    elif role == MeasureRole.REPURCHASE and question.loyal_from not in question.values[1:]:
        yield _("Say from which point of the scale on an answer counts as loyal.")


def _mistakes_in_choices(question, kind, language):
    scored = question.scored_choices
    if len(scored) < 2:
        yield _("A closed question needs two answers at least.")
    if any(not is_translated(choice.label, language) for choice in question.choices):
        yield _("An answer has no label in the first language.")
    values = [choice.value for choice in scored]
    has_values = kind in SCALES or question.role == MeasureRole.REPURCHASE
    if has_values and (None in values or len(set(values)) < len(values)):
        yield _("Each point of a scale needs a value of its own.")
    elif kind == QuestionType.RECOMMENDATION and question.values != tuple(range(11)):
        yield _("The recommendation scale runs from 0 to 10.")


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
    count, minutes = len(questionnaire.questions), estimated_minutes(questionnaire)
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


def _ways_out(questionnaire):
    for question in questionnaire.with_role(MeasureRole.ATTRIBUTE):
        if not any(choice.kind == ChoiceKind.NOT_APPLICABLE for choice in question.choices):
            yield Finding(
                _("There is no “does not apply”: who never met this has to guess or leave it out."),
                question_key=question.key,
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
            )
        around = [questionnaire.title, questionnaire.introduction, questionnaire.thanks]
        around += [section.title for section in questionnaire.sections]
        if any(texts and not is_translated(texts, language) for texts in around):
            yield Finding(
                _("The title, a heading or a text around the questions is missing in %(language)s.")
                % {"language": language_name(language)}
            )


def _is_whole(question, language):
    texts = [question.text, *(choice.label for choice in question.choices)]
    if question.hint:
        texts.append(question.hint)
    return all(is_translated(text, language) for text in texts)


def language_name(code):
    """The name of a language in itself, or its code."""
    return str(dict(settings.LANGUAGES).get(code, code))
