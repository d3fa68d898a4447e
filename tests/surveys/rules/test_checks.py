"""What is said about rules and texts to fill in before publishing."""

import pytest

from surveys.definitions.findings import errors_in, findings_in, warnings_in
from surveys.errors import CannotPublish
from surveys.questionnaire import questionnaire_of
from surveys.services.publishing import publish_version

from .surveys import condition, make_draft, question, section, when

pytestmark = pytest.mark.django_db

BROKEN = {
    "dangling": (when("answer.gone", "is", "1"), "gone, which is not there"),
    "later": (when("answer.later", "is", "1"), "later, which does not come before"),
    "itself": (when("answer.asked", "is", "1"), "asked, which does not come before"),
    "not offered": (when("answer.overall", "is", "9"), "does not offer: 9"),
    "not comparable": (when("answer.words", "is", "x"), "words cannot be compared"),
    "other language": (when("language", "is", "fr"), "does not have: fr"),
}


def draft_with(rule, **members):
    return make_draft(
        section(question("overall"), question("words", "short_text")),
        section(question("asked", rule=rule)),
        section(question("later")),
        **members,
    )


def about_rules(findings):
    return [finding.sentence for finding in findings if finding.question_key == "asked"]


@pytest.mark.parametrize(("rule", "sentence"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_rule_is_an_error_and_cannot_be_published(rule, sentence):
    draft = draft_with(rule)

    [found] = about_rules(errors_in(questionnaire_of(draft)))

    assert sentence in found
    with pytest.raises(CannotPublish, match="asked: "):
        publish_version(version=draft, revision=draft.revision)


def test_sound_rule_is_published():
    """Control: the survey is refused for its rule and for nothing else."""
    draft = draft_with(when("answer.overall", "is", "1"))

    publish_version(version=draft, revision=draft.revision)

    assert about_rules(findings_in(questionnaire_of(draft))) == []


def test_circle_of_rules_cannot_be_published():
    draft = make_draft(
        section(question("a", rule=when("answer.b", "is", "1"))),
        section(question("b", rule=when("answer.a", "is", "1"))),
    )

    with pytest.raises(CannotPublish, match="a: The rule rests on the question b"):
        publish_version(version=draft, revision=draft.revision)


def test_section_rests_on_what_comes_before_it():
    draft = make_draft(
        section(question("a")), section(question("b"), rule=when("answer.b", "is", "1"))
    )

    [found] = errors_in(questionnaire_of(draft))

    assert found.question_key == "b"


def test_anonymous_survey_asks_nothing_of_the_customer():
    rule = when("customer.segment", "is", "prime")

    anonymous = about_rules(errors_in(questionnaire_of(draft_with(rule, mode="anonymous"))))
    named = about_rules(errors_in(questionnaire_of(draft_with(rule))))

    assert "an anonymous survey does not know" in anonymous[0]
    assert named == []


def both(*conditions):
    return {"all": list(conditions)}


HIGH = condition("answer.overall", "is_at_least", 4)
UNREACHED = {
    "contradiction": both(HIGH, condition("answer.overall", "is", "2")),
    "beyond the scale": both(condition("answer.overall", "is_at_least", 6)),
    "nothing left": both(
        condition("answer.overall", "is_answered"),
        condition("answer.overall", "is_not", "1", "2", "3", "4", "5", "na"),
    ),
    "any of nothing": {
        "any": [
            both(HIGH, condition("answer.overall", "is_at_most", 3)),
            both(condition("language", "is", "en"), condition("language", "is_not", "en")),
        ]
    },
}
REACHED = {
    "low": both(condition("answer.overall", "is_at_most", 3)),
    "skipped": both(condition("answer.overall", "is_not_answered")),
    "one way is enough": {
        "any": [
            both(HIGH, condition("answer.overall", "is", "2")),
            condition("language", "is", "en"),
        ]
    },
    "region and shop": both(
        condition("customer.unit", "is", "north"), condition("customer.unit", "is", "shop7")
    ),
    "words": both(condition("answer.words", "is_answered")),
}


@pytest.mark.parametrize("rule", UNREACHED.values(), ids=UNREACHED.keys())
def test_question_that_nobody_reaches_is_a_warning(rule):
    found = about_rules(warnings_in(questionnaire_of(draft_with(rule))))

    assert found == ["Nobody can reach this question: no answers fulfil its rule."]


@pytest.mark.parametrize("rule", REACHED.values(), ids=REACHED.keys())
def test_question_that_somebody_reaches_is_none(rule):
    assert about_rules(warnings_in(questionnaire_of(draft_with(rule)))) == []


def test_contradiction_over_two_questions_is_found():
    low = when("answer.a", "is", "1")
    high = both(condition("answer.a", "is", "5"), condition("answer.b", "is_answered"))
    draft = make_draft(
        section(question("a")),
        section(question("b", rule=low)),
        section(question("asked", rule=high)),
    )

    assert "Nobody can reach" in about_rules(warnings_in(questionnaire_of(draft)))[0]


def test_too_many_combinations_say_nothing():
    questions = [question(f"q{number}", "multiple_choice") for number in range(6)]
    parts = [
        {
            "any": [
                condition(f"answer.q{n}", "contains", "a"),
                condition(f"answer.q{n}", "contains", "b"),
            ]
        }
        for n in range(6)
    ] + [condition("answer.q0", "is_not_answered"), condition("language", "is", "en")]
    draft = make_draft(section(*questions), section(question("asked", rule={"all": parts})))

    assert about_rules(warnings_in(questionnaire_of(draft))) == []


PLACEHOLDERS = {
    "unknown question": ("{{answer.gone|-}}", "no such question"),
    "later question": ("{{answer.later|-}}", "before it was asked"),
    "unknown name": ("{{customer.email|-}}", "Nothing is known"),
    "not readable": ("{{ answer overall }}", "cannot be read"),
    "half open": ("{{answer.overall|", "cannot be read"),
}


@pytest.mark.parametrize(("text", "sentence"), PLACEHOLDERS.values(), ids=PLACEHOLDERS.keys())
def test_place_that_nothing_fills_is_an_error(text, sentence):
    draft = make_draft(
        section(question("overall"), question("asked", text={"en": text})),
        section(question("later")),
    )

    [found] = about_rules(errors_in(questionnaire_of(draft)))

    assert sentence in found


def test_place_without_words_for_nothing_is_a_warning():
    def warnings_about(text, **members):
        asked = question("asked", text={"en": text})
        draft = make_draft(section(question("overall", **members)), section(asked))
        return about_rules(warnings_in(questionnaire_of(draft)))

    assert "may be empty" in warnings_about("{{answer.overall}}?")[0]
    assert warnings_about("{{answer.overall|-}}?") == []
    assert warnings_about("{{answer.overall}}?", is_required=True) == []


def test_anonymous_survey_names_no_customer():
    draft = make_draft(
        section(question("asked", text={"en": "{{customer.name|You}}"})), mode="anonymous"
    )

    assert "does not know" in about_rules(errors_in(questionnaire_of(draft)))[0]


MATRIX = question(
    "care",
    "matrix",
    choices=question("any")["choices"],
    settings={"rows": [{"code": "speed", "label": {"en": "Speed"}}]},
)


def test_rule_may_rest_on_a_row_of_a_matrix():
    row = when("answer.care.speed", "is_at_most", 2)
    sound = make_draft(section(MATRIX), section(question("asked", rule=row)))
    lost = when("answer.care.price", "is", "1")
    broken = make_draft(section(MATRIX), section(question("asked", rule=lost)))

    assert about_rules(findings_in(questionnaire_of(sound))) == []
    assert "part of the question care" in about_rules(errors_in(questionnaire_of(broken)))[0]
