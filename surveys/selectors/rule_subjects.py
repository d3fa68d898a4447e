"""What the rule of a question or section can be about, as the editor offers it."""

from django.conf import settings
from django.utils.translation import gettext as _

from surveys.enums import AccountRole, AttributeKind, Channel
from surveys.languages import language_name
from surveys.models import CustomerAttribute, EventKind, RespondentType, Segment, Stage, Unit
from surveys.questionnaire import questionnaire_from
from surveys.rules.answers import AnswerKind, entries_of, kind_of, operators_of
from surveys.rules.circumstances import ATTRIBUTE, EVENT_DAY, is_of_a_person
from surveys.rules.conditions import Operator, read_rule
from surveys.rules.references import dependents_in
from surveys.rules.subjects import Subject
from surveys.rules.words import RuleWords, circumstance_names, placeholder_names
from surveys.texts import text_in

AMONG = (Operator.IS, Operator.IS_ONE_OF, Operator.IS_NOT)
WRITTEN = (Operator.IS, Operator.IS_NOT)
DAYS = (Operator.IS_AT_LEAST, Operator.IS_AT_MOST)
KNOWN = (Operator.IS_ANSWERED, Operator.IS_NOT_ANSWERED)


def subjects_before(questionnaire, position, language, names):
    """The subjects for a part after the first `position` questions; see `names_for_rules`."""
    words = RuleWords(questionnaire, language)
    earlier = questionnaire.questions[:position]
    return [
        *(
            _answer(entry, number, words)
            for number, question in enumerate(earlier, 1)
            for entry in entries_of(question)
        ),
        *_circumstances(questionnaire, names),
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


def rule_of_document(rule, document):
    """A rule of a document in words, in the first language of the survey."""
    if not rule:
        return _("Everybody is asked.")
    language = document["default_language"]
    words = RuleWords(questionnaire_from(document), language, names_for_rules(language))
    return words.sentence(read_rule(rule))


def _placeholders(questionnaire, position, language):
    """What a text after the first `position` questions can be filled in with, as (code, name)."""
    words = RuleWords(questionnaire, language)
    yield from (
        (f"answer.{entry.key}", words.subject(f"answer.{entry.key}"))
        for question in questionnaire.questions[:position]
        for entry in entries_of(question)
    )
    for subject, name in placeholder_names().items():
        if not (questionnaire.is_anonymous and subject.startswith("customer.")):
            yield subject, name


def names_for_rules(language):
    """The names of units and segments by subject and code."""
    units = dict(Unit.objects.values_list("code", "name"))
    segments, kinds = _names(Segment, language), _names(EventKind, language)
    attributes = CustomerAttribute.objects.prefetch_related("choices")
    known = [one for one in attributes if one.kind == AttributeKind.CHOICE]
    return {
        "customer.unit": units,
        "link.unit": units,
        "customer.segment": segments,
        "customer.stage": _names(Stage, language),
        "customer.type": _names(RespondentType, language),
        "customer.role": {code: str(name) for code, name in AccountRole.choices},
        ATTRIBUTE: {one.code: text_in(one.name, language) for one in known},
        **{
            f"{ATTRIBUTE}{one.code}": {
                choice.code: text_in(choice.name, language) for choice in one.choices.all()
            }
            for one in known
        },
        "event.kind": kinds,
    }


def _names(model, language):
    return {one.code: text_in(one.name, language) for one in model.objects.all()}


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


def _circumstances(questionnaire, all_names):
    languages = dict.fromkeys(
        [*questionnaire.languages, *(code for code, _n in settings.LANGUAGES)]
    )
    known_languages = [(code, language_name(code)) for code in languages]
    options = {
        "language": [(code, language_name(code)) for code in questionnaire.languages],
        "customer.language": known_languages,
        "link.channel": [(code, str(label)) for code, label in Channel.choices],
        "link.touchpoint": [],
        EVENT_DAY: [],
        **{subject: list(names.items()) for subject, names in all_names.items()},
    }
    words = RuleWords(questionnaire, "", all_names)
    attributes = [f"{ATTRIBUTE}{code}" for code in all_names.get(ATTRIBUTE, ())]
    for subject in [*circumstance_names(), *attributes]:
        if is_of_a_person(subject) and questionnaire.is_anonymous:
            continue
        is_written, is_day = not options[subject], subject == EVENT_DAY
        if is_written and not is_day and subject != "link.touchpoint":
            continue
        operators = DAYS if is_day else WRITTEN if is_written else AMONG
        yield Subject(
            code=subject,
            name=words.subject(subject),
            group=_("Circumstances"),
            operators=operators if subject == "language" else operators + KNOWN,
            options=tuple(options[subject]),
            is_day=is_day,
        )
