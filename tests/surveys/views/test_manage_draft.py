"""The draft editor over HTTP: the outline, sections, dimensions, and the preview."""

import pytest

from surveys.definitions.ready_dimensions import ready_dimensions
from surveys.models import Response, ResponseDraft
from surveys.services import drafts
from surveys.services.definitions import export_version
from tests import factories

from .editing import address, filled, text_of

pytestmark = pytest.mark.django_db


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


def keys_of(section):
    return [question.key for question in section.questions.order_by("position")]
