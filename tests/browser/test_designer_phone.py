"""The designer on a phone: one language at a time, and buttons that a thumb can hit."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.surveys.rules.surveys import make_draft, question, section

from .conftest import DESKTOP, PHONE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
THUMB = 44


@pytest.fixture
def draft(db):
    texts = {"en": "Which?", "zh-hans": "哪个？", "zh-hant": "哪個？"}
    return make_draft(
        section(question("first", "single_choice", text=texts), question("second")),
        languages=["en", "zh-hans", "zh-hant"],
    )


def open_question(open_as_staff, draft, size):
    address = reverse("surveys:question_edit", args=[draft.survey.slug, "first"])
    page, _said = open_as_staff(address, **size)
    return page


def test_one_language_is_shown_at_a_time_and_all_are_kept(open_as_staff, draft):
    page = open_question(open_as_staff, draft, PHONE)
    english, chinese = page.locator("#id_text__en"), page.locator("[name=text__zh-hans]")
    expect(english).to_be_visible()
    expect(chinese).to_be_hidden()

    page.get_by_role("button", name="简体中文").click()
    expect(english).to_be_hidden()
    chinese.fill("哪一个？")
    page.locator("#save").click()
    expect(page.locator(".notice")).to_contain_text("Saved.")
    expect(page.locator("[name=text__zh-hans]")).to_be_visible()

    assert draft.questions.get(key="first").text == {
        "en": "Which?",
        "zh-hans": "哪一个？",
        "zh-hant": "哪個？",
    }


def test_language_with_a_mistake_is_shown(open_as_staff, draft):
    page = open_question(open_as_staff, draft, PHONE)
    page.locator("#id_text__en").fill("")
    page.get_by_role("button", name="繁體中文").click()

    page.locator("#save").click()

    expect(page.locator("#id_text__en.is-invalid")).to_be_visible()


def test_all_languages_stand_side_by_side_on_a_wide_screen(open_as_staff, draft):
    page = open_question(open_as_staff, draft, DESKTOP)

    expect(page.locator("[data-languages]")).to_be_hidden()
    for code in ("en", "zh-hans", "zh-hant"):
        expect(page.locator(f"[name=text__{code}]")).to_be_visible()


def test_moving_by_touch_needs_no_dragging(open_as_staff, draft):
    page = open_question(open_as_staff, draft, PHONE)
    button = page.locator("#up-second")
    box = button.bounding_box()
    assert min(box["width"], box["height"]) >= THUMB

    button.tap()
    expect(page.locator("#outline li").first).to_contain_text("What about second?")

    assert draft.questions.order_by("position").first().key == "second"


def test_section_without_a_title_has_a_name_for_every_button(open_as_staff, draft):
    page = open_question(open_as_staff, draft, PHONE)

    expect(page.get_by_role("button", name="Move down: Section 1")).to_be_attached()
    expect(page.get_by_role("link", name="Add a question – Section 1")).to_be_attached()
