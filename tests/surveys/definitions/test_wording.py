"""The remarks of the editor against a hundred labelled questions (row U22)."""

import pytest

from surveys.definitions import ready_choices
from surveys.definitions.findings import warnings_in
from surveys.definitions.wording import joined_by, suggested_by
from surveys.questionnaire import ChoiceItem, QuestionItem, Questionnaire, SectionItem

from . import wording_examples as examples

WHOLE_SURVEY = {""}


def scale(labels=None):
    """A labelled scale; `labels` replaces the words of its points."""
    points = ready_choices.satisfaction_scale()
    for point, label in zip(points, labels or [], strict=False):
        point["label"] = dict.fromkeys(ready_choices.LANGUAGES, label)
    return points


ANSWERED_BY = {
    examples.RATING: lambda: [*scale(), ready_choices.not_applicable()],
    examples.AGREE: lambda: [
        *scale(["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"]),
        ready_choices.not_applicable(),
    ],
    examples.NUMBERS: lambda: [*scale("12345"), ready_choices.not_applicable()],
    examples.NO_WAY_OUT: scale,
    examples.YES_NO: ready_choices.yes_or_no,
    examples.OPEN: list,
    examples.LIST: lambda: scale(["Never", "Once", "Twice", "Often", "Always"]),
}
TYPES = {examples.YES_NO: "yes_no", examples.OPEN: "long_text", examples.LIST: "single_choice"}


def question(language, text, answered_by, key="q1"):
    choices = ANSWERED_BY.get(answered_by, ANSWERED_BY[examples.RATING])()
    is_rating = answered_by not in TYPES
    return QuestionItem(
        key=key,
        type=TYPES.get(answered_by, "rating"),
        text={language: text},
        hint={},
        is_required=False,
        role="attribute" if is_rating else "",
        dimension=None,
        loyal_from=None,
        choices=tuple(ChoiceItem(**choice) for choice in choices),
    )


def remarks(language, text, answered_by):
    """The kinds of remark on a survey that asks this question, without those on the whole."""
    count = 7 if answered_by == examples.GRID else 1
    other = examples.HANS if language == examples.EN else examples.EN
    languages = (language, other) if answered_by == examples.UNTRANSLATED else (language,)
    questionnaire = Questionnaire(
        version_id=1,
        survey_id=1,
        number=1,
        page_layout="section",
        default_language=language,
        languages=languages,
        title=dict.fromkeys(languages, "…"),
        introduction={},
        thanks={},
        dimensions=(),
        sections=(
            SectionItem(
                title={},
                questions=tuple(
                    question(language, text, answered_by, f"q{number}") for number in range(count)
                ),
            ),
        ),
    )
    return {finding.kind for finding in warnings_in(questionnaire)} - WHOLE_SURVEY


def judged(labelled):
    """Right remarks, false remarks and missed remarks over labelled questions."""
    right = false = missed = 0
    wrong = []
    for language, text, answered_by, expected in labelled:
        found = remarks(language, text, answered_by)
        right += len(found & expected)
        false += len(found - expected)
        missed += len(expected - found)
        if found != expected:
            wrong.append((text, sorted(found), sorted(expected)))
    return right / (right + false), right / (right + missed), wrong


@pytest.mark.parametrize("part", ["SEEN", "HELD_OUT"])
def test_remarks_on_labelled_questions_are_right_and_nearly_complete(part):
    labelled = getattr(examples, part)

    precision, recall, wrong = judged(labelled)

    print(f"{part}: precision {precision:.2f}, recall {recall:.2f}", *wrong, sep="\n  ")
    assert len(labelled) == 50
    assert precision >= 0.9
    assert recall >= 0.8


def test_control_remarking_on_everything_is_not_precise():
    kinds = {kind for _language, _text, _how, expected in examples.SEEN for kind in expected}
    right = sum(len(expected) for *_question, expected in examples.SEEN)

    assert right / (len(kinds) * len(examples.SEEN)) < 0.9


def test_remark_names_the_words_that_it_is_about():
    assert joined_by("How fast and clean was it?", "en") == "and"
    assert joined_by("质量与价格如何？", "zh-hans") == "与"
    assert suggested_by("How was our excellent food?", "en") == "excellent"
    assert suggested_by("難道不好嗎？", "zh-hant") == "難道"
