"""The designer's page: ten questions and a branch from nothing, by mouse and by keyboard."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from surveys.enums import VersionState
from surveys.models import Response, Survey
from surveys.services.definitions import export_version
from tests.surveys.rules.surveys import make_draft, question, section

from .conftest import DESKTOP, PHONE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

QUESTIONS = [
    ("Overall, how satisfied are you?", "Rating: very dissatisfied … very satisfied"),
    ("How likely are you to recommend us?", "Recommendation: 0 … 10"),
    ("How good is the advice?", "Rating: very poor … very good"),
    ("How good is the delivery?", "Rating: very poor … very good"),
    ("How good is the price?", "Rating: very poor … very good"),
    ("Did you call us?", "Yes or no"),
    ("How many visits were there?", "Number"),
    ("When was the last one?", "Date"),
    ("Which branch was it?", "Short text"),
    ("What went wrong?", "Long text"),
]
TEXTS = [text for text, _kind in QUESTIONS]


class Mouse:
    """Somebody who points and clicks."""

    def __init__(self, page):
        self.page = page

    def press(self, place):
        place.click()

    def write(self, place, text):
        place.fill(text)

    def choose(self, place, label):
        begins = re.compile(rf"^\s*{re.escape(label)}")
        option = place.locator("option").filter(has_text=begins).first
        expect(option).to_be_attached()
        place.select_option(label=option.inner_text())
        expect(self.page.locator(".htmx-request, .htmx-swapping")).to_have_count(0)

    def move_up(self, page, text):
        """Drag a question of the outline above the one before it."""
        row = page.locator(".outline-row", has_text=text)
        handle = row.locator("[data-drag]")
        handle.scroll_into_view_if_needed()
        above = row.locator("xpath=preceding-sibling::li[1]").bounding_box()
        handle.hover()
        page.mouse.down()
        page.mouse.move(above["x"] + 10, above["y"] + 4, steps=5)
        page.mouse.up()


class Keyboard:
    """Somebody without a pointer: only Tab, Enter, Space and letters."""

    def __init__(self, page):
        self.page = page

    def press(self, place):
        self._go_to(place)
        self.page.keyboard.press("Enter")

    def write(self, place, text):
        self._go_to(place)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, place, label):
        for _press in range(40):
            self._go_to(place)
            if place.evaluate("place => place.selectedOptions[0].label").startswith(label):
                return
            self.page.keyboard.press("ArrowDown")
            expect(self.page.locator(".htmx-request, .htmx-swapping")).to_have_count(0)
        pytest.fail(f"The arrows do not lead to {label}")

    def move_up(self, page, text):
        self.press(page.get_by_role("button", name=f"Move up: {text}"))

    def _go_to(self, place):
        expect(place).to_be_attached()
        element = place.element_handle()
        for _press in range(400):
            if element.evaluate("place => place === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"Tab does not lead to {place}")


@pytest.mark.parametrize("hand", [Mouse, Keyboard])
def test_ten_questions_and_a_branch_from_an_empty_survey(open_as_staff, phone, hand):
    page, said = open_as_staff(reverse("surveys:survey_list"))
    person = hand(page)
    build(page, person)
    survey = Survey.objects.get()
    draft = survey.versions.get()
    assert texts_of(draft) == [*TEXTS[:-2], TEXTS[-1], TEXTS[-2]]
    assert draft.questions.get(text={"en": "What went wrong?"}).rule == {
        "all": [{"subject": "answer.overall", "operator": "is_at_most", "values": [2]}]
    }
    publish(page, person)

    assert "What went wrong?" in answer(phone, survey, "Dissatisfied")
    assert "What went wrong?" not in answer(phone, survey, "Very satisfied")
    before = list(Response.objects.order_by("pk").values())

    change_a_text(page, person, survey)
    publish(page, person)

    assert [version.state for version in survey.versions.order_by("number")] == [
        VersionState.CLOSED,
        VersionState.PUBLISHED,
    ]
    page.goto(reverse("surveys:version_compare", args=[survey.slug]))
    expect(page.locator("main")).to_contain_text("What went badly?")
    expect(page.locator("main")).to_contain_text("What went wrong?")
    assert list(Response.objects.order_by("pk").values()) == before
    assert "What went wrong?" in texts_of(survey.versions.get(number=1))
    assert said == []


def build(page, person):
    person.press(page.get_by_role("link", name="New survey"))
    person.press(page.get_by_role("link", name="Empty survey"))
    person.write(page.locator("#id_title__en"), "Autumn survey")
    person.press(page.get_by_role("button", name="Make the survey"))
    person.press(page.get_by_role("link", name="Edit the questions"))
    for number, (text, kind) in enumerate(QUESTIONS, 1):
        person.press(page.get_by_role("link", name=re.compile("Add a question")))
        expect(page.get_by_role("heading", name="Add a question")).to_be_visible()
        person.write(page.locator("#id_text__en"), text)
        person.choose(page.get_by_label("Kind of answer"), kind)
        person.press(page.get_by_role("button", name="Add the question"))
        expect(page.locator(".draft-bar")).to_contain_text(f"{number} question")
    person.press(page.locator(".rule summary"))
    person.choose(page.locator("#id_row-0-subject"), "1. ")
    person.choose(page.locator("#id_row-0-operator"), "is at most")
    person.choose(page.locator("#id_row-0-values"), "Dissatisfied")
    person.press(page.locator("#save"))
    expect(page.locator(".rule summary")).to_contain_text("is at most 2")
    with page.expect_response(lambda reply: "/move/" in reply.url):
        person.move_up(page, "What went wrong?")


def publish(page, person):
    person.press(page.get_by_role("link", name="Publish"))
    person.press(page.get_by_role("button", name="Publish"))
    expect(page.get_by_role("main")).to_contain_text("The survey is published")


def answer(phone, survey, overall):
    """Answer on a phone without scripts; gives everything that was shown."""
    page = phone(survey.public_links.get().slug.join(("/s/", "/")), java_script_enabled=False)
    shown = page.inner_text("main")
    page.get_by_text(overall, exact=True).first.click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("button", name="Send answers")).to_be_visible()
    shown += page.inner_text("main")
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your answers are saved")
    return shown


def change_a_text(page, person, survey):
    page.goto(reverse("surveys:survey_detail", args=[survey.slug]))
    person.press(page.get_by_role("button", name="Start the next draft"))
    person.press(page.get_by_role("link", name="What went wrong?"))
    person.write(page.locator("#id_text__en"), "What went badly?")
    person.press(page.locator("#save"))
    expect(page.locator(".outline")).to_contain_text("What went badly?")


def texts_of(version):
    document = export_version(version)
    return [
        question["text"]["en"]
        for section in document["sections"]
        for question in section["questions"]
    ]


@pytest.fixture
def draft():
    """Two sections, the first with a list of choices."""
    options = [{"code": f"c{n}", "label": {"en": name}} for n, name in enumerate("ABC", 1)]
    return make_draft(
        section(question("first", "single_choice", choices=options), question("second")),
        section(question("third"), title="More"),
    )


def open_question(open_as_staff, draft, key="first", **options):
    return open_as_staff(reverse("surveys:question_edit", args=[draft.survey.slug, key]), **options)


def drag(page, handle, x, y):
    handle.hover()
    page.mouse.down()
    page.mouse.move(x, y, steps=5)
    page.mouse.up()


def test_choices_are_dragged_and_saved_with_the_question(open_as_staff, draft):
    page, _said = open_question(open_as_staff, draft)
    rows = page.locator(".choice-row")
    top = rows.nth(0).bounding_box()
    rows.nth(2).locator("[data-drag]").scroll_into_view_if_needed()
    top = rows.nth(0).bounding_box()
    drag(page, rows.nth(2).locator("[data-drag]"), top["x"] + 5, top["y"] + 2)
    page.locator("#save").click()
    expect(page.locator(".notice")).to_contain_text("Saved.")

    labels = [choice.label["en"] for choice in draft.questions.get(key="first").choices.all()]
    assert labels == ["C", "A", "B"]


def test_question_is_dragged_into_another_section_and_the_preview_follows(open_as_staff, draft):
    page, _said = open_question(open_as_staff, draft, "second")
    expect(page.frame_locator("#preview iframe").locator("main")).to_contain_text("first")
    there = page.locator("#outline-third").bounding_box()

    with page.expect_response(lambda reply: "/move/" in reply.url):
        handle = page.locator("#outline-second [data-drag]")
        drag(page, handle, there["x"] + 5, there["y"] + there["height"] - 3)

    preview = page.frame_locator("#preview iframe").locator("main")
    expect(preview).to_contain_text("third")
    expect(preview).not_to_contain_text("first")
    assert draft.questions.get(key="second").section == draft.sections.last()


def test_escape_gives_a_drag_up(open_as_staff, draft):
    page, _said = open_question(open_as_staff, draft)
    there = page.locator("#outline-third").bounding_box()
    page.locator("#outline-first [data-drag]").hover()
    page.mouse.down()
    page.mouse.move(there["x"] + 5, there["y"] + 3, steps=3)
    expect(page.locator("ol:has(#outline-third) #outline-first")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.locator("ol:has(#outline-second) #outline-first")).to_be_visible()
    assert draft.questions.get(key="first").section == draft.sections.first()


def test_leaving_warns_of_what_is_typed_until_it_is_saved(open_as_staff, draft):
    page, _said = open_question(open_as_staff, draft)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator("#id_text__en").fill("")
    page.locator("#save").click()
    expect(page.locator(".invalid-feedback").first).to_be_visible()

    page.get_by_role("link", name="Overview").click()
    expect(page.locator("#id_text__en")).to_be_visible()
    page.locator("#id_text__en").fill("Better words?")
    page.locator("#save").click()
    expect(page.locator(".notice")).to_contain_text("Saved.")
    page.get_by_role("link", name="Overview").click()

    expect(page).to_have_url(re.compile(r"/manage/surveys/[^/]+/$"))
    assert asked == ["beforeunload"]


def test_preview_keeps_the_width_that_was_chosen(open_as_staff, draft):
    page, _said = open_question(open_as_staff, draft)
    narrow = page.locator("#preview iframe").bounding_box()["width"]
    page.get_by_label("Desktop").check()
    page.get_by_role("link", name=re.compile("second")).first.click()
    expect(page.get_by_label("Desktop")).to_be_checked()

    assert page.locator("#preview iframe").bounding_box()["width"] > 900 > narrow


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_designer_has_no_barrier_and_fits(open_as_staff, draft, size, scheme):
    page, _said = open_question(
        open_as_staff, draft, "third", color_scheme=scheme, reduced_motion="reduce", **size
    )
    page.locator(".rule summary").click()
    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= size["viewport"]["width"]
