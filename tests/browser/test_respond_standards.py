"""U4–U18: one page with every kind of question, measured in each state, size, scheme and direction.

The kinds come from the list that designers pick from: a new one is measured too.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from surveys.models import Response
from tests import factories

from .question_types import make_survey_of_every_kind

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 768, 1280)
SCHEMES = (
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
)
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }
"""


@pytest.fixture
def address():
    """A public link of a survey with every kind of question."""
    return f"/s/{factories.make_public_link(make_survey_of_every_kind()).slug}/"


@pytest.fixture(params=["ltr", "rtl"])
def page(request, open_page, address):
    """The page in each direction."""
    language = {"ltr": "en", "rtl": "ar"}[request.param]
    opened = open_page(f"{address}?lang={language}", bypass_csp=True, reduced_motion="reduce")
    assert opened.locator("html").get_attribute("dir") == request.param
    return opened


def states(page):
    """The page as it opens, and with a mistake at every question."""
    yield "open"
    page.locator("button.primary").click()
    expect(page.locator(".summary")).to_be_focused()
    yield "mistakes"


def barriers(page, **options):
    """What axe objects to."""
    found = Axe().run(page, options=options).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:120]) for one in found]


def test_axe_finds_nothing_in_any_size_and_scheme(page):
    """U4: all rules at each width, and contrast in each scheme."""
    for state in states(page):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert (state, width, barriers(page, runOnly=AXE)) == (state, width, [])
        for scheme in SCHEMES[1:]:
            page.emulate_media(**scheme)
            assert (state, scheme, barriers(page, runOnly=["color-contrast"])) == (
                state,
                scheme,
                [],
            )
        page.emulate_media(**SCHEMES[0])


@pytest.mark.parametrize("accent", ["#ffd54f", "#0000ff", "#ff00ff", "#767676"])
def test_page_in_a_colour_of_staff_can_be_read(open_page, accent):
    """U6: whichever colour was chosen, on light and on dark pages, with and without mistakes."""
    survey = make_survey_of_every_kind()
    type(survey).objects.filter(pk=survey.pk).update(accent=accent)
    slug = factories.make_public_link(survey).slug
    page = open_page(f"/s/{slug}/", bypass_csp=True, reduced_motion="reduce")

    for state in states(page):
        for scheme in SCHEMES[:2]:
            page.emulate_media(**scheme)
            assert (state, scheme, barriers(page, runOnly=["color-contrast"])) == (
                state,
                scheme,
                [],
            )


def test_everything_to_tap_is_large_and_apart(page):
    """U5: 44 × 44 points, 8 between two of them, at each width."""
    for state in states(page):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            targets = page.evaluate(TARGETS)
            small = [one for one in targets if min(one["width"], one["height"]) < 43.9]
            assert (state, width, small) == (state, width, [])
            assert (state, width, too_near(targets)) == (state, width, [])


def test_a_small_and_near_target_is_found(page):
    """Control of U5."""
    page.add_style_tag(content=".options { gap: 2px } .option > span { min-height: 0; padding: 0 }")

    targets = page.evaluate(TARGETS)

    assert [one for one in targets if one["height"] < 43.9]
    assert too_near(targets)


def too_near(targets, gap=7.9):
    """Pairs of targets with less than `gap` points between them; a text field may hold a button."""
    found = []
    for number, one in enumerate(targets):
        for other in targets[number + 1 :]:
            across = max(
                other["x"] - one["x"] - one["width"], one["x"] - other["x"] - other["width"]
            )
            down = max(
                other["y"] - one["y"] - one["height"], one["y"] - other["y"] - other["height"]
            )
            if max(across, down) < gap:
                found.append((one["what"], other["what"], across, down))
    return found


TARGETS = """
() => [...new Set(
  [...document.querySelectorAll("a, button, select, textarea, input:not([type=hidden])")]
    .filter((one) => !one.closest("[aria-hidden=true], .hidden, footer p, .introduction"))
    .filter((one) => one.tabIndex >= 0 || one.type === "radio")
    .map((one) => one.closest("label") || one)
  )]
  .map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return { what: one.outerHTML.slice(0, 90), x, y, width, height };
  })
  .filter((one) => one.width > 1)
"""


def test_nothing_is_cut_or_wider_than_a_small_phone(page):
    """U7: 1280 points at 400 % are 320."""
    page.set_viewport_size({"width": 320, "height": 640})
    for strain in ["/* nothing more */", "html { font-size: 200% }", TEXT_SPACING]:
        style = page.add_style_tag(content=strain)
        assert (strain, page.evaluate("document.documentElement.scrollWidth")) == (strain, 320)
        assert (strain, page.evaluate(CUT)) == (strain, [])
        style.evaluate("style => style.remove()")


CUT = """
() => [...document.querySelectorAll("body *")]
  .filter((one) => !one.matches("script, .hidden, .first-button, textarea, input, option"))
  .filter((one) => !one.closest(".hidden"))
  .filter((one) => getComputedStyle(one).overflow !== "visible"
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1))
  .map((one) => one.outerHTML.slice(0, 90))
"""


def test_keyboard_reaches_everything_in_order_and_shows_where_it_is(page):
    """U8: at most two stops for a group of radio buttons, focus seen, no trap."""
    stops = []
    for _ in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)

    names = [stop["name"] for stop in stops if stop["type"] == "radio"]
    assert stop is None, "the keyboard does not get out of the page"
    assert set(page.evaluate(RADIO_NAMES)) == set(names)
    assert max(map(names.count, names)) <= 2
    assert [stop for stop in stops if stop["outline"] < 2] == []
    assert [stop["place"] for stop in stops] == sorted(stop["place"] for stop in stops)


RADIO_NAMES = "() => [...document.querySelectorAll('[type=radio]')].map((one) => one.name)"
STOP = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const shown = [one, one.nextElementSibling, one.closest("label")].filter(Boolean);
  return {
    name: one.name || one.textContent.trim().slice(0, 30), type: one.type || one.tagName,
    place: [...document.querySelectorAll("*")].indexOf(one),
    outline: Math.max(...shown.map((it) => {
      const style = getComputedStyle(it);
      return style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
    })),
  };
}
"""


def test_each_input_says_what_it_is_and_what_is_wrong(page):
    """U10 and U16: names, groups, hints and errors are linked; the words are plain."""
    for state in states(page):
        unlinked = page.evaluate(UNLINKED)
        assert (state, unlinked) == (state, [])
    assert page.title().startswith("Error: ") or page.locator("html[lang=ar]").count()
    assert not re.search(r"\b(invalid|illegal)\b", page.locator("body").inner_text(), re.IGNORECASE)
    wrong = page.locator(".summary li a")
    assert wrong.count() == page.locator(".question:has(.error)").count() > 0
    targets = [link.get_attribute("href").removeprefix("#") for link in wrong.all()]
    assert [one for one in targets if page.locator(f"[id='{one}']").count() != 1] == []


UNLINKED = """
() => [...document.querySelectorAll(".question")].flatMap((question) => {
  const inputs = [...question.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const described = [question, ...question.querySelectorAll("[aria-describedby]")]
    .flatMap((one) => (one.getAttribute("aria-describedby") || "").split(" "));
  const name = (one) => one.getAttribute("aria-label") || one.labels?.[0]?.textContent.trim()
    || document.getElementById(one.getAttribute("aria-labelledby"))?.textContent;
  const groups = [...question.querySelectorAll("[type=radio], [type=checkbox]")];
  return [
    ...inputs.filter((one) => !name(one)).map((one) => `no name: ${one.outerHTML}`),
    ...groups.filter((one) => !one.closest("fieldset")?.querySelector("legend")?.textContent.trim())
      .map((one) => `no group: ${one.outerHTML}`),
    ...[...question.querySelectorAll("[id$=-hint], [id$=-error]")]
      .filter((one) => !described.includes(one.id)).map((one) => `not linked: ${one.id}`),
  ];
})
"""


def test_scale_runs_from_the_side_where_reading_begins(page):
    """U14: the low end stands where the line begins."""
    page.set_viewport_size({"width": 1280, "height": 800})
    boxes = [one.bounding_box() for one in page.locator(".numbers").first.locator("label").all()]
    is_mirrored = page.locator("html").get_attribute("dir") == "rtl"

    assert (boxes[0]["x"] > boxes[-1]["x"]) == is_mirrored


def test_three_questions_take_three_touches_and_one_to_send(phone):
    """U11: no typing, nothing to confirm."""
    survey = factories.make_survey()
    version = survey.versions.create(number=1, page_layout="single")
    section = version.sections.create()
    for place, key in enumerate(["speed", "care", "price"]):
        factories.make_rating(section, key, role="", position=place, required=True)
    factories.publish(version)
    page = phone(f"/s/{factories.make_public_link(survey).slug}/")

    for key in ["speed", "care", "price"]:
        page.locator(f"label:has(input[name={key}][value='4'])").tap()
    page.get_by_role("button", name="Send answers").tap()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you! Your answers are saved.")
    assert Response.objects.get().answers == {"speed": "4", "care": "4", "price": "4"}
