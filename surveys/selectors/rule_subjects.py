"""What the rule of a question or section can be about, as the editor offers it."""

from django.conf import settings
from django.utils.translation import gettext as _

from surveys.enums import Channel
from surveys.languages import language_name
from surveys.models import Segment, Unit
from surveys.question_types import parts_of
from surveys.rules.answers import AnswerKind, kind_of, operators_of
from surveys.rules.conditions import Operator, read_rule
from surveys.rules.references import dependents_in
from surveys.rules.subjects import Subject
from surveys.rules.words import RuleWords, circumstance_names, placeholder_names
from surveys.texts import text_in

AMONG = (Operator.IS, Operator.IS_ONE_OF, Operator.IS_NOT)
WRITTEN = (Operator.IS, Operator.IS_NOT)
KNOWN = (Operator.IS_ANSWERED, Operator.IS_NOT_ANSWERED)


def subjects_before(questionnaire, position, language):
    """The subjects for a part that begins after the first `position` questions."""
    words = RuleWords(questionnaire, language)
    earlier = questionnaire.questions[:position]
    return [
        *(
            _answer(entry, number, words)
            for number, question in enumerate(earlier, 1)
            for entry in parts_of(question)
        ),
        *_circumstances(questionnaire, language),
    ]


def rules_to_show(questionnaire, language, question=None, section=None):
    """What the page of a question or section says about rules and texts to fill in."""
    keys = [one.key for one in questionnaire.questions]
    position = keys.index(question.key) if question else len(keys)
    around = question.section if question else None
    return {
        "rule_sentence": _sentence(questionnaire, language, question or section),
        "section_sentence": _sentence(questionnaire, language, around),
        "dependents": dependents_in(questionnaire, {question.key}) if question else [],
        "placeholders": list(_placeholders(questionnaire, position, language)),
    }


def _sentence(questionnaire, language, part):
    """When a part of a draft is shown; "" when it always is."""
    if part is None or not part.rule:
        return ""
    words = RuleWords(questionnaire, language, names_for_rules(language))
    return words.sentence(read_rule(part.rule))


def _placeholders(questionnaire, position, language):
    """What a text after the first `position` questions can be filled in with, as (code, name)."""
    words = RuleWords(questionnaire, language)
    yield from (
        (f"answer.{entry.key}", words.subject(f"answer.{entry.key}"))
        for question in questionnaire.questions[:position]
        for entry in parts_of(question)
    )
    for subject, name in placeholder_names().items():
        if not (questionnaire.is_anonymous and subject.startswith("customer.")):
            yield subject, name


def names_for_rules(language):
    """The names of units and segments by subject and code."""
    units = dict(Unit.objects.values_list("code", "name"))
    segments = {segment.code: text_in(segment.name, language) for segment in Segment.objects.all()}
    return {"customer.unit": units, "link.unit": units, "customer.segment": segments}


def _answer(question, number, words):
    kind, subject = kind_of(question), f"answer.{question.key}"
    has_options = kind not in {AnswerKind.NUMBER, AnswerKind.WORDS}
    options = [(c.code, words.value(subject, c.code)) for c in question.choices]
    return Subject(
        code=subject,
        name=f"{number}. {words.subject(subject)}",
        group=_("Earlier answers"),
        operators=operators_of(question),
        options=tuple(options) if has_options else (),
        points=tuple(
            (choice.value, words.value(subject, choice.code))
            for choice in question.scored_choices
            if choice.value is not None
        ),
        is_number=kind == AnswerKind.NUMBER,
    )


def _circumstances(questionnaire, language):
    all_names = names_for_rules(language)
    languages = dict.fromkeys(
        [*questionnaire.languages, *(code for code, _n in settings.LANGUAGES)]
    )
    known_languages = [(code, language_name(code)) for code in languages]
    options = {
        "language": [(code, language_name(code)) for code in questionnaire.languages],
        "customer.language": known_languages,
        "link.channel": [(code, str(label)) for code, label in Channel.choices],
        "link.touchpoint": [],
        **{subject: list(names.items()) for subject, names in all_names.items()},
    }
    for subject, name in circumstance_names().items():
        if subject.startswith("customer.") and questionnaire.is_anonymous:
            continue
        is_written = not options[subject]
        if is_written and subject != "link.touchpoint":
            continue
        operators = WRITTEN if is_written else AMONG
        yield Subject(
            code=subject,
            name=str(name),
            group=_("Circumstances"),
            operators=operators if subject == "language" else operators + KNOWN,
            options=tuple(options[subject]),
        )
