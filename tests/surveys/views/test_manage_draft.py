"""The draft editor over HTTP."""

import pytest
from django.urls import reverse

from surveys.definitions.ready_dimensions import ready_dimensions
from surveys.models import Response, ResponseDraft
from surveys.services import drafts
from surveys.services.definitions import export_version
from surveys.services.publishing import publish_version, start_next_draft
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return factories.make_draft(factories.make_survey(languages=["en", "zh-hans"]))


def address(draft, name, *arguments):
    return reverse(f"surveys:{name}", args=[draft.survey.slug, *arguments])


def text_of(response):
    return response.content.decode()


def filled(client, page):
    """What a browser would send if nothing on the page were changed."""
    response = client.get(page)
    form, choices = response.context["form"], response.context.get("choices")
    data = {"revision": response.context["draft"].revision}
    fields = [*form, *(choices.management_form if choices else [])]
    fields += [field for row in choices or [] for field in row]
    for field in fields:
        value = field.value()
        if value is not None and value is not False:
            data[field.html_name] = value
    return data


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


def test_buttons_move_remove_and_put_back(staff_client, draft):
    def press(name, *arguments, **data):
        draft.refresh_from_db()
        data |= {"revision": draft.revision, "place": "overall"}
        return staff_client.post(address(draft, name, *arguments), data)

    before = export_version(draft)
    press("question_move", "overall", step="down")
    press("question_remove", "staff")
    removed = draft.removed_parts.get()
    press("put_back", removed.pk)

    response = press("question_move", "overall", step="up")

    assert response.url == address(draft, "question_edit", "overall")
    assert export_version(draft) == before


def test_htmx_gets_the_outline_and_the_new_revision(staff_client, draft):
    response = staff_client.post(
        address(draft, "question_move", "overall"),
        {"revision": draft.revision, "step": "down", "place": "overall"},
        headers={"HX-Request": "true"},
    )

    page = text_of(response)
    assert "<html" not in page
    assert page.index("again") < page.index("How about overall?")
    assert '<input type="hidden" name="revision" value="1" id="editor-revision"' in page


def test_second_editor_is_told_and_keeps_what_was_typed(staff_client, draft):
    page = address(draft, "question_edit", "staff")
    data = filled(staff_client, page) | {"text__en": "The second editor's words"}
    drafts.add_section(version=draft, revision=draft.revision, title={"en": "Meanwhile"})

    response = staff_client.post(page, data)

    assert response.status_code == 409
    assert "Somebody changed this draft after you opened it" in text_of(response)
    assert "The second editor&#x27;s words" in text_of(response)
    assert draft.questions.get(key="staff").text == {"en": "How about staff?"}

    data["revision"] = response.context["draft"].revision
    assert staff_client.post(page, data).status_code == 302
    assert draft.questions.get(key="staff").text == {"en": "The second editor's words"}


def test_button_of_an_outdated_page_changes_nothing(staff_client, draft):
    response = staff_client.post(
        address(draft, "question_remove", "staff"),
        {"revision": draft.revision + 1, "place": "staff"},
        follow=True,
    )

    assert "Nothing was overwritten" in text_of(response)
    assert draft.questions.filter(key="staff").exists()


def test_page_of_a_published_draft_leads_to_the_survey(staff_client, draft):
    factories.publish(draft)

    response = staff_client.post(
        address(draft, "question_remove", "staff"), {"revision": draft.revision}
    )

    assert response.url == address(draft, "survey_detail")
    assert draft.questions.filter(key="staff").exists()


def test_sections_and_dimensions_are_edited_by_forms(staff_client, draft):
    def send(name, *arguments, **data):
        draft.refresh_from_db()
        return staff_client.post(
            address(draft, name, *arguments), data | {"revision": draft.revision}
        )

    send("section_add", title__en="Third")
    third = draft.sections.last()
    send("section_edit", third.pk, **{"title__en": "Last", "title__zh-hans": "最后"})
    send("section_move", third.pk, step="up")
    send("dimension_list", name__en="Price & value")
    send("dimension_edit", "price_value", name__en="Price")
    document = export_version(draft)
    assert [section["title"]["en"] for section in document["sections"]] == [
        "Overall",
        "Last",
        "Details",
    ]
    assert document["dimensions"][1] == {"key": "price_value", "name": {"en": "Price"}}

    send("dimension_remove", "price_value")
    send("section_remove", third.pk)

    assert draft.dimensions.count() == 1
    assert draft.sections.count() == 2


def test_texts_around_the_questions_are_saved(staff_client, draft):
    staff_client.post(
        address(draft, "survey_edit"),
        {"revision": 0, "introduction__en": "Hello", "page_layout": "single"},
    )

    draft.refresh_from_db()
    assert draft.introduction == {"en": "Hello"}
    assert draft.page_layout == "single"


def test_editor_takes_the_same_number_of_queries(staff_client, draft, django_assert_num_queries):
    page = address(draft, "question_edit", "staff")
    staff_client.get(page)
    with django_assert_num_queries(23):
        staff_client.get(page)
    for number in range(3):
        factories.make_rating(draft.sections.first(), f"x{number}", role="attribute", position=9)

    with django_assert_num_queries(23):
        staff_client.get(page)


def test_preview_shows_every_page_and_stores_nothing(staff_client, draft):
    for page in (1, 2):
        response = staff_client.get(address(draft, "preview_page"), {"page": page})
        assert response.status_code == 200
        assert response["X-Frame-Options"] == "SAMEORIGIN"

    assert "How about staff?" in text_of(response)
    assert not ResponseDraft.objects.exists()
    assert not Response.objects.exists()


def test_preview_of_an_unknown_version_is_not_found(staff_client, draft):
    assert staff_client.get(address(draft, "survey_preview"), {"version": 9}).status_code == 404


@pytest.mark.parametrize("query", [{"page": "x"}, {"page": "999"}, {"language": "../"}])
def test_preview_survives_rubbish(staff_client, draft, query):
    assert staff_client.get(address(draft, "preview_page"), query).status_code == 200


def test_removed_dimension_comes_back_under_its_key(staff_client, draft):
    drafts.add_dimension(version=draft, revision=0, key="care", name={"en": "Our care"})
    remove = address(draft, "dimension_remove", "care")
    gone = staff_client.post(remove, {"revision": 1, "place": "dimensions"}, follow=True)
    assert "“Our care” was removed." in text_of(gone)

    staff_client.post(address(draft, "dimension_put_back"), {"revision": 2, "place": "dimensions"})

    assert draft.dimensions.get(key="care").name == {"en": "Our care"}
    assert "was removed" not in text_of(staff_client.get(address(draft, "dimension_list")))


def test_ready_dimensions_come_by_one_click_in_the_surveys_languages(staff_client, draft):
    page = text_of(staff_client.get(address(draft, "dimension_list")))
    ready = address(draft, "dimension_ready_set")
    assert ready in page

    staff_client.post(ready, {"revision": 0, "place": "dimensions"})

    names = {one.key: one.name for one in draft.dimensions.all()}
    assert list(names) == [
        "service",
        "products_service",
        "company_staff",
        "market_competition",
        "expectations_perception",
    ]
    assert names["market_competition"] == {"en": "Market and competition", "zh-hans": "市场与竞争"}
    assert ready not in text_of(staff_client.get(address(draft, "dimension_list")))


def test_ready_dimensions_that_are_there_are_not_added_again(staff_client, draft):
    drafts.add_dimension(version=draft, revision=0, key="company_staff", name={"en": "Our people"})

    staff_client.post(address(draft, "dimension_ready_set"), {"revision": 1})

    assert draft.dimensions.count() == 5
    assert draft.dimensions.get(key="company_staff").name == {"en": "Our people"}


def test_ready_dimensions_exist_in_three_languages():
    names = [one["name"] for one in ready_dimensions(["en", "zh-hans", "zh-hant", "de"])]

    assert len(names) == 4
    assert all(name["de"] == name["en"] for name in names)
    assert names[0]["zh-hant"] == "產品與服務"


def test_item_is_marked_as_a_basic_expectation(staff_client, draft):
    page = address(draft, "question_edit", "staff")

    staff_client.post(page, filled(staff_client, page) | {"expectation": "basic"})
    marked = draft.questions.get(key="staff").expectation
    staff_client.post(page, filled(staff_client, page) | {"role": ""})

    assert marked == "basic"
    assert draft.questions.get(key="staff").expectation == ""


def test_question_is_put_into_a_place_of_another_section(staff_client, draft):
    last = draft.sections.last()

    staff_client.post(
        address(draft, "question_move", "overall"),
        {"revision": 0, "section": last.pk, "position": 1},
    )

    assert keys_of(last) == ["staff", "overall", "comment"]


@pytest.mark.parametrize("position", ["x", "-1", "9" * 30])
def test_strange_place_breaks_nothing(staff_client, draft, position):
    last = draft.sections.last()

    reply = staff_client.post(
        address(draft, "question_move", "overall"),
        {"revision": 0, "section": last.pk, "position": position},
    )

    assert reply.status_code == 302
    assert keys_of(last) == ["staff", "comment", "overall"]


def test_rule_on_a_removed_question_survives_saving_the_text(staff_client, draft):
    comment = draft.questions.get(key="comment")
    comment.rule = {"all": [{"subject": "answer.gone", "operator": "is", "values": ["1"]}]}
    comment.save()
    page = address(draft, "question_edit", "comment")
    data = filled(staff_client, page) | {"rows": 1, "row-0-block": 0, "row-0-subject": ""}

    staff_client.post(page, data | {"text__en": "Anything else?"})

    stored = draft.questions.get(key="comment")
    assert (stored.text["en"], stored.rule) == ("Anything else?", comment.rule)


def keys_of(section):
    return [question.key for question in section.questions.order_by("position")]
