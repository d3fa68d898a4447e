"""The customer's pages in a real browser: small, quick to tap, readable by everybody."""

import gzip
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from surveys.enums import ChoiceKind, QuestionType
from surveys.models import Choice, Question, Response, Survey
from tests import factories

WORDS = ["Very dissatisfied", "Dissatisfied", "Neither nor", "Satisfied", "Very satisfied"]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SMALL = {"viewport": {"width": 320, "height": 640}}


@pytest.fixture
def address(transactional_db):
    """A public link of a survey with every question type, in three languages."""
    survey = factories.make_survey(
        title={"en": "Your repair at Nordwind", "zh-hans": "您在北风的维修", "ar": "إصلاحك"},
        languages=["en", "zh-hans", "ar"],
    )
    version = factories.make_draft(survey)
    version.introduction = {"en": "It takes about a minute."}
    _first, second = version.sections.all()
    overall = version.questions.get(key="overall")
    for choice, words in zip(overall.choices.all(), WORDS, strict=True):
        choice.label = {"en": words}
        choice.save()
    add_question(second, QuestionType.MULTIPLE_CHOICE, "reason", ["Brakes", "Gears", "Lights"])
    ready = add_question(second, QuestionType.YES_NO, "ready", ["Yes", "No"], is_required=True)
    Choice.objects.create(
        question=ready, code="dk", label={"en": "I don't know"}, kind=ChoiceKind.DONT_KNOW
    )
    add_question(second, QuestionType.SINGLE_CHOICE, "again", ["Here", "Elsewhere " * 12])
    add_question(second, QuestionType.SHORT_TEXT, "model", [])
    factories.publish(version)
    return f"/s/{factories.make_public_link(survey).slug}/"


def add_question(section, kind, key, labels, **fields):
    """A question with its choices, after all others."""
    question = Question.objects.create(
        version=section.version,
        section=section,
        key=f"{key}_{section.position}",
        type=kind,
        text={"en": f"What about {key}?", "ar": "ما رأيك؟"},
        position=50 + section.questions.count(),
        **fields,
    )
    for place, label in enumerate(labels):
        Choice.objects.create(
            question=question, code=f"c{place}", label={"en": label}, position=place
        )
    return question


def go_to_second_page(page):
    """Answer the first page."""
    page.get_by_label("Very satisfied").check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/2/")


def walk(page):
    """Show each page in turn, also the one with a mistake; yields what is shown."""
    yield "first page"
    go_to_second_page(page)
    yield "second page"
    page.get_by_role("button", name="Send answers").click()
    expect(page).to_have_title(re.compile("^Error: "))
    yield "mistake"
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Send answers").click()
    page.wait_for_url("**/thanks/")
    yield "thanks"


def test_phone_without_javascript_walks_to_the_thanks(phone, address):
    page = phone(address, java_script_enabled=False)

    page.get_by_text("Very satisfied").tap()
    page.get_by_role("radio", name="9", exact=True).check(force=True)
    page.get_by_role("button", name="Continue").tap()
    page.get_by_label("What else would you like to say?").fill("好 👍")
    page.get_by_label("Brakes").check()
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Send answers").tap()

    # A tap becomes a click a moment later: what follows it has to be waited for.
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you! Your answers are saved.")
    answers = Response.objects.get().answers
    assert (answers["overall"], answers["recommend"], answers["comment"]) == ("5", "9", "好 👍")
    assert answers["reason_1"] == ["c0"]


def test_mistake_takes_the_focus_and_leads_to_the_question(open_page, address):
    page = open_page(address, java_script_enabled=False)
    go_to_second_page(page)

    page.get_by_role("button", name="Send answers").click()

    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(":focus")).to_have_class("summary")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#q-ready_1-1$"))


def test_sending_twice_is_one_response(open_page, address):
    page = open_page(address)
    go_to_second_page(page)
    page.get_by_label("Yes").check()

    page.get_by_role("button", name="Send answers").dblclick()
    page.wait_for_url("**/thanks/")
    page.go_back()

    expect(page.get_by_text("Your answers are saved")).to_be_visible()
    assert Response.objects.count() == 1


def test_back_of_the_browser_keeps_the_answers(open_page, address):
    page = open_page(address)
    go_to_second_page(page)

    page.go_back()

    expect(page.get_by_label("Very satisfied")).to_be_checked()


def test_language_can_be_changed_in_the_middle(open_page, address):
    page = open_page(address)
    page.get_by_label("Very satisfied").check()

    page.get_by_role("button", name="العربيّة").click()

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("#q-overall-5")).to_be_checked()


def test_keyboard_alone_is_enough(open_page, address):
    page = open_page(address)
    stops = []

    for _ in range(12):
        page.keyboard.press("Tab")
        stops.append(page.locator(":focus").get_attribute("name"))
        if stops[-1] == "overall":
            page.keyboard.press("ArrowDown")
        if "recommend" in stops and stops[-1] != "recommend":
            break
    page.keyboard.press("Enter")

    page.wait_for_url("**/2/")
    assert stops.count("overall") == stops.count("recommend") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [SMALL, {}], ids=["phone", "desktop"])
def test_axe_finds_nothing(open_page, address, scheme, size):
    page = open_page(address, color_scheme=scheme, **size)

    for state in walk(page):
        found = Axe().run(page, options=AXE).response["violations"]
        assert not [(state, one["id"], one["nodes"][0]["html"]) for one in found]


@pytest.mark.parametrize(
    ("start", "options"),
    [("?lang=ar", {}), ("", {"forced_colors": "active"}), ("nobody/thanks/", {})],
    ids=["right to left", "forced colours", "unknown"],
)
def test_axe_finds_nothing_elsewhere(open_page, address, start, options):
    page = open_page(address + start, **options)

    assert not Axe().run(page, options=AXE).response["violations"]


def test_a_missing_label_is_found(open_page, address):
    """Control: axe sees what it must see."""
    page = open_page(address)
    page.evaluate("document.querySelector('#q-overall-1 + span').textContent = ''")

    assert Axe().run(page, options=AXE).response["violations"]


def test_everything_to_tap_is_44_points(phone, address):
    page = phone(address)

    for state in walk(page):
        sizes = page.evaluate(MEASURE_TARGETS)
        assert not [(state, one) for one in sizes if one["width"] < 44 or one["height"] < 44]
        assert sizes


MEASURE_TARGETS = """
() => [...document.querySelectorAll("a, button, input:not([type=hidden]), textarea")]
  .filter((one) => !one.closest("[aria-hidden=true]") && !one.closest("p > span"))
  .map((one) => {
    const box = (one.closest("label") || one).getBoundingClientRect();
    return {what: one.outerHTML.slice(0, 80), width: box.width, height: box.height};
  })
"""


@pytest.mark.parametrize("zoom", [1, 2], ids=["plain", "large text"])
def test_nothing_is_wider_than_a_small_phone(open_page, address, zoom):
    page = open_page(address, **SMALL)

    for state in walk(page):
        page.evaluate(f"document.documentElement.style.fontSize = '{100 * zoom}%'")
        width = page.evaluate("document.documentElement.scrollWidth")
        page.evaluate("document.documentElement.style.fontSize = ''")
        assert (state, width) == (state, 320)


@pytest.mark.parametrize("accent", ["", "#c2185b"], ids=["plain", "in a colour of staff"])
def test_first_page_is_light(open_page, address, accent):
    Survey.objects.update(accent=accent)
    weights = {}

    def weigh(response):
        weights[response.url] = len(gzip.compress(response.body()))

    page = open_page("about:blank")
    page.on("response", weigh)
    page.goto(address, wait_until="networkidle")

    assert sum(weights.values()) <= 15_000
    assert len(weights) <= 6
    assert len({url.split("/")[2] for url in weights}) == 1
    print(f"U1: {sum(weights.values())} bytes compressed in {len(weights)} requests")
