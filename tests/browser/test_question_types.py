"""Every question type in a real browser: to everybody, on every screen, with and without errors."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from surveys.models import Response
from surveys.services.definitions import build_draft
from tests import factories
from tests.surveys.question_types.samples import SAMPLES, document_of

from .test_respond import AXE, MEASURE_TARGETS, SMALL

TARGETS = MEASURE_TARGETS.replace("textarea", "textarea, select")
LOOKS = {"stars": {"look": "stars"}, "faces": {"look": "faces"}}
MATRIX_8 = {
    "rows": [
        {"code": f"r{n}", "label": {"en": f"How quickly we answered your letter number {n}"}}
        for n in range(1, 9)
    ]
}


@pytest.fixture
def address(transactional_db):
    """A public link of a survey that asks one question of every type on one page."""
    questions = [document_of(kind, key=kind, is_required=True) for kind in SAMPLES]
    questions += [
        document_of("rating", key=look, settings=settings) for look, settings in LOOKS.items()
    ]
    questions.append(document_of("matrix", key="long_matrix", settings=MATRIX_8))
    survey = factories.make_survey(title={"en": "Everything that can be asked"})
    version = build_draft(
        survey=survey,
        document={
            "title": {"en": "Everything that can be asked"},
            "default_language": "en",
            "languages": ["en"],
            "page_layout": "single",
            "sections": [{"questions": questions}],
        },
    )
    factories.publish(version)
    return f"/s/{factories.make_public_link(survey).slug}/"


def states(page):
    """The page as it comes, and with something wrong in every answer."""
    yield "blank"
    page.get_by_role("button", name="Send answers").click()
    expect(page).to_have_title("Error: Everything that can be asked")
    yield "wrong"


@pytest.mark.parametrize("options", [SMALL, {"color_scheme": "dark"}], ids=["small", "dark"])
def test_axe_finds_nothing(open_page, address, options):
    page = open_page(address, **options)

    for state in states(page):
        found = Axe().run(page, options=AXE).response["violations"]
        assert not [(state, one["id"], one["nodes"][0]["html"]) for one in found]


def test_everything_to_tap_is_44_points(phone, address):
    page = phone(address)

    for state in states(page):
        sizes = page.evaluate(TARGETS)
        assert not [(state, one) for one in sizes if one["width"] < 44 or one["height"] < 44]
        assert len(sizes) > 100


def test_nothing_is_wider_than_a_small_phone(open_page, address):
    page = open_page(address, **SMALL)

    for state in states(page):
        for size in ("100%", "200%"):
            page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            width = page.evaluate("document.documentElement.scrollWidth")
            assert (state, size, width) == (state, size, 320)
        page.evaluate("document.documentElement.style.fontSize = ''")


def test_every_type_is_answered_without_javascript(phone, address):
    page = phone(address, java_script_enabled=False)

    send_answers(page)
    expect(page.locator(".summary a")).to_have_count(len(SAMPLES) - 1)
    for kind, sample in SAMPLES.items():
        for name, value in sample.valid.items():
            fill_in(page, name.replace("q", kind, 1), value)
    send_answers(page)

    assert page.locator(".summary").all_inner_texts() == []
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you! Your answers are saved.")
    answers = Response.objects.get().answers
    for kind, sample in SAMPLES.items():
        expected = {key.replace("q", kind, 1): value for key, value in sample.answers.items()}
        assert {key: answers[key] for key in expected} == expected


def send_answers(page):
    """Tap the button, and wait for the whole page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name="Send answers").tap()


def fill_in(page, name, value):
    """Give an input what a customer would give it."""
    for one in value if isinstance(value, list) else [value]:
        inputs = page.locator(f'[name="{name}"]')
        if inputs.first.evaluate("one => one.tagName") == "SELECT":
            inputs.select_option(one)
        elif inputs.first.get_attribute("type") in {"radio", "checkbox"}:
            page.locator(f'[name="{name}"][value="{one}"]').check(force=True)
        else:
            inputs.fill(one)


def test_each_group_is_two_stops_of_the_keyboard_at_most(open_page, address):
    page = open_page(address)
    stops = []

    for _ in range(150):
        page.keyboard.press("Tab")
        kind, name = page.evaluate("[document.activeElement.type, document.activeElement.name]")
        if kind == "submit":
            break
        stops.append((kind, name))

    radios = [stop for stop in stops if stop[0] == "radio"]
    assert max(map(radios.count, radios)) <= 2
    assert {name for _kind, name in stops} >= {"rating", "ranking.c1", "matrix.r2", "email"}


def test_a_random_order_stays_the_same(open_page, address):
    page = open_page(address)
    order = page.locator('[name="single_choice"]').evaluate_all("all => all.map(one => one.value)")

    page.get_by_role("button", name="Send answers").click()
    expect(page).to_have_title("Error: Everything that can be asked")

    again = page.locator('[name="single_choice"]').evaluate_all("all => all.map(one => one.value)")
    assert again == order
    assert sorted(order) == ["c1", "c2", "c3", "other"]
