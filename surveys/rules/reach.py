"""Which questions are asked, given answers and circumstances.

One pass in the order of the questionnaire. An answer counts only while its own
question is asked, so what became unreachable takes along what rests on it. A
rule that names a later question finds it unanswered; publishing refuses it.
"""

from .conditions import PENDING, UNKNOWN, Fact, all_of, key_of


def shown_keys(questionnaire, answers, circumstances):
    """The keys of the questions that are asked; None stands for every one."""
    if not questionnaire.has_rules:
        return None
    verdicts = verdicts_on(questionnaire, answers, circumstances)
    return frozenset(key for key, verdict in verdicts.items() if verdict)


def verdicts_on(questionnaire, answers, circumstances, pending=frozenset()):
    """By question key whether it is asked, or None where that rests on a pending question."""
    questions = {question.key: question for question in questionnaire.questions}
    verdicts = {}

    def fact_of(subject):
        key = key_of(subject)
        if key is None:
            return Fact(
                codes=circumstances.codes_of(subject), number=circumstances.number_of(subject)
            )
        verdict = verdicts.get(key, False)
        if verdict is False:
            return UNKNOWN
        if verdict is None or key in pending:
            return PENDING
        return answer_fact(questions[key], answers.get(subject.removeprefix("answer.")))

    for section in questionnaire.sections:
        of_section = section.rule.verdict(fact_of) if section.rule else True
        for question in section.questions:
            of_question = question.rule.verdict(fact_of) if question.rule else True
            verdicts[question.key] = all_of([of_section, of_question])
    return verdicts


def answer_fact(question, answer):
    """A stored answer as a fact; None, an empty text and an empty list are no answer."""
    if answer is None or answer in ("", []):
        return UNKNOWN
    if isinstance(answer, list):
        return Fact(codes=tuple(answer))
    if isinstance(answer, str):
        choice = question.choice(answer)
        return Fact(codes=(answer,), number=choice.value if choice else None)
    return Fact(codes=(answer,), number=answer)


def asked_part(questionnaire, answers, circumstances):
    """The questionnaire without what is not asked; itself where it has no rules.

    `circumstances` is called only when there are rules.
    """
    if not questionnaire.has_rules:
        return questionnaire
    return questionnaire.only(shown_keys(questionnaire, answers, circumstances()))


def asked_entries(entries, keys):
    """The entries of these questions and of their parts (``<key>.<part>``)."""
    return {entry: value for entry, value in entries.items() if entry.partition(".")[0] in keys}
