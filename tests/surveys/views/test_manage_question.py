"""The form of one question over HTTP."""

import pytest

from surveys.services.definitions import export_version
from surveys.services.publishing import publish_version, start_next_draft

from .editing import address, filled, text_of

pytestmark = pytest.mark.django_db


def test_question_saved_untouched_stays_as_it_was(staff_client, draft):
    before = export_version(draft)
    for question in draft.questions.all():
        page = address(draft, "question_edit", question.key)
        assert staff_client.post(page, filled(staff_client, page)).status_code == 302

    assert export_version(draft) == before


def test_question_is_changed(staff_client, draft):
    page = address(draft, "question_edit", "staff")
    data = filled(staff_client, page) | {
        "text__en": "How is our staff?",
        "text__zh-hans": "员工如何?",
        "choices-4-label__en": "Excellent",
        "choices-0-DELETE": "on",
        "offers_dont_know": "on",
    }
    del data["offers_not_applicable"]

    staff_client.post(page, data)

    question = draft.questions.get(key="staff")
    assert question.text == {"en": "How is our staff?", "zh-hans": "员工如何?"}
    assert [choice.code for choice in question.choices.all()] == ["2", "3", "4", "5", "dk"]
    assert question.choices.get(code="5").label["en"] == "Excellent"


def test_point_added_to_a_scale_stands_in_order_of_values(staff_client, draft):
    page = address(draft, "question_edit", "staff")
    data = filled(staff_client, page) | {"choices-6-value": 0, "choices-6-label__en": "None"}

    staff_client.post(page, data)

    choices = draft.questions.get(key="staff").choices.all()
    assert [choice.value for choice in choices] == [0, 1, 2, 3, 4, 5, None]
    assert choices[0].code == "0"


def test_options_of_a_list_are_ordered_and_keep_their_codes(staff_client, draft):
    section = draft.sections.first()
    page = address(draft, "question_add")
    staff_client.post(
        page,
        {
            "revision": draft.revision,
            "text__en": "Where?",
            "kind": "single_choice",
            "section": section.pk,
            "options": "Shop\n\nHotline\nWeb",
        },
    )
    page = address(draft, "question_edit", "q1")

    staff_client.post(page, filled(staff_client, page) | {"choices-2-place": 0})

    choices = draft.questions.get(key="q1").choices.all()
    assert [(choice.code, choice.label["en"]) for choice in choices] == [
        ("c3", "Web"),
        ("c1", "Shop"),
        ("c2", "Hotline"),
    ]


def list_question(client, draft):
    """The page of a new question with two answers."""
    client.post(
        address(draft, "question_add"),
        {
            "revision": draft.revision,
            "text__en": "Where?",
            "kind": "single_choice",
            "section": draft.sections.first().pk,
            "options": "Shop\nHotline\nWeb",
        },
    )
    return address(draft, "question_edit", "q1")


def codes_of(draft):
    return [choice.code for choice in draft.questions.get(key="q1").choices.all()]


def test_new_answer_never_gets_the_code_of_one_removed_before(staff_client, draft):
    page = list_question(staff_client, draft)
    staff_client.post(page, filled(staff_client, page) | {"choices-2-DELETE": "on"})

    staff_client.post(page, filled(staff_client, page) | {"choices-2-label__en": "Letter"})

    assert codes_of(draft) == ["c1", "c2", "c4"]


def test_new_answer_never_gets_a_code_of_an_older_version(staff_client, draft):
    page = list_question(staff_client, draft)
    draft.refresh_from_db()
    publish_version(version=draft, revision=draft.revision)
    second = start_next_draft(survey=draft.survey)
    staff_client.post(page, filled(staff_client, page) | {"choices-2-DELETE": "on"})
    second.refresh_from_db()
    publish_version(version=second, revision=second.revision)
    third = start_next_draft(survey=draft.survey)

    staff_client.post(page, filled(staff_client, page) | {"choices-2-label__en": "Letter"})

    assert codes_of(third) == ["c1", "c2", "c4"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"text__en": ""}, "This field is required."),
        ({"choices-1-value": ""}, "This point needs a value."),
        ({"choices-1-value": 3}, "This value stands twice."),
        ({"choices-1-label__en": "", "choices-1-label__zh-hans": "二"}, "needed in the first"),
        ({"role": "overall"}, "only once"),
        ({"role": "repurchase"}, "Say from which point on"),
    ],
)
def test_wrong_question_keeps_what_was_typed(staff_client, draft, changed, sentence):
    before = export_version(draft)
    page = address(draft, "question_edit", "staff")

    response = staff_client.post(
        page, filled(staff_client, page) | {"hint__en": "Typed words"} | changed
    )

    assert sentence in text_of(response)
    assert "Typed words" in text_of(response)
    assert export_version(draft) == before


def test_recommendation_keeps_its_eleven_points(staff_client, draft):
    page = address(draft, "question_edit", "recommend")
    data = filled(staff_client, page) | {"choices-3-label__en": ""}

    response = staff_client.post(page, data)

    assert "Each of these answers needs a label." in text_of(response)


def test_new_list_needs_two_answers(staff_client, draft):
    response = staff_client.post(
        address(draft, "question_add"),
        {
            "revision": draft.revision,
            "text__en": "Typed words",
            "kind": "single_choice",
            "section": draft.sections.first().pk,
            "options": "One",
        },
    )

    assert "Write two lines at least" in text_of(response)
    assert "Typed words" in text_of(response)


def test_second_overall_rating_becomes_an_attribute(staff_client, draft):
    staff_client.post(
        address(draft, "question_add"),
        {
            "revision": draft.revision,
            "text__en": "And the price?",
            "kind": "satisfaction",
            "section": draft.sections.first().pk,
        },
    )

    question = draft.questions.get(key="q1")
    assert question.role == "attribute"
    assert question.choices.last().code == "na"


def test_item_is_marked_as_a_basic_expectation(staff_client, draft):
    page = address(draft, "question_edit", "staff")

    staff_client.post(page, filled(staff_client, page) | {"expectation": "basic"})
    marked = draft.questions.get(key="staff").expectation
    staff_client.post(page, filled(staff_client, page) | {"role": ""})

    assert marked == "basic"
    assert draft.questions.get(key="staff").expectation == ""


def test_rule_on_a_removed_question_survives_saving_the_text(staff_client, draft):
    comment = draft.questions.get(key="comment")
    comment.rule = {"all": [{"subject": "answer.gone", "operator": "is", "values": ["1"]}]}
    comment.save()
    page = address(draft, "question_edit", "comment")
    data = filled(staff_client, page) | {"rows": 1, "row-0-block": 0, "row-0-subject": ""}

    staff_client.post(page, data | {"text__en": "Anything else?"})

    stored = draft.questions.get(key="comment")
    assert (stored.text["en"], stored.rule) == ("Anything else?", comment.rule)
