"""The results pages in a real browser: drawn, quiet, readable without scripts and on a phone."""

from datetime import UTC, datetime

import pytest

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/reports/",
    "/reports/{slug}/",
    "/reports/{slug}/curve/",
    "/reports/{slug}/breakdown/",
    "/reports/{slug}/drivers/",
    "/reports/{slug}/editions/",
    "/reports/{slug}/exports/",
    "/reports/{slug}/trend/",
    "/reports/{slug}/questions/",
    "/reports/{slug}/comments/",
    "/reports/{slug}/who/",
    "/reports/{slug}/loyalty/",
    "/reports/{slug}/regular/new/",
]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def full_survey(transactional_db):
    """A survey with 110 answers, of which some points are few."""
    survey = factories.make_published_survey()
    table = {1: (6, 0), 2: (9, 1), 3: (15, 3), 4: (40, 8), 5: (40, 30)}
    good, bad = (factories.make_unit(name).placement for name in ("Harbour", "Canal"))
    factories.make_responses(
        survey,
        [
            {
                "answers": {
                    "overall": str(score),
                    "again": "5" if place < loyal else "1",
                    "comment": f"Nobody answered the telephone, {score}." if score < 4 else None,
                },
                "placement": good if score > 3 else bad,
                "submitted_at": datetime(2026, 2 + place % 2, 1, tzinfo=UTC),
            }
            for score, (n, loyal) in table.items()
            for place in range(n)
        ],
    )
    for _ in range(30):
        customer = factories.make_customer()
        factories.make_invitation(survey, customer)
        factories.make_event(customer, amount=10, occurred_at=datetime(2026, 3, 2, tzinfo=UTC))
    return survey


def test_plotly_draws_the_curve_without_breaking_the_policy(open_as_staff, full_survey):
    page, said = open_as_staff(f"/reports/{full_survey.slug}/curve/")

    page.wait_for_selector(".js-plotly-plot .point")
    assert page.locator(".js-plotly-plot .point").count() == 5
    assert page.locator("[data-chart-still]").is_hidden()
    assert said == []


def test_plotly_offers_no_way_to_send_data_away(open_as_staff, full_survey):
    page, _said = open_as_staff(f"/reports/{full_survey.slug}/curve/")
    page.wait_for_selector(".js-plotly-plot .point")

    context = page.evaluate("document.querySelector('.js-plotly-plot')._context")

    assert context["showSendToCloud"] is False
    assert context["plotlyServerURL"] == ""
    assert page.locator(".modebar").count() == 0


def test_dark_and_light_redraw_the_curve(open_as_staff, full_survey):
    page, said = open_as_staff(f"/reports/{full_survey.slug}/curve/", color_scheme="dark")

    page.wait_for_selector(".js-plotly-plot .point")
    ink = page.evaluate("document.querySelector('.js-plotly-plot')._fullLayout.font.color")

    assert ink == "#e8eaee"
    assert said == []


def test_drawing_stays_where_no_script_runs(open_as_staff, full_survey):
    page, _said = open_as_staff(f"/reports/{full_survey.slug}/curve/", java_script_enabled=False)

    assert page.locator("[data-chart-still] .wide-only svg").is_visible()
    assert page.locator("[data-chart-live]").is_hidden()
    assert "75.0%" in page.locator("[data-chart-still] .wide-only svg").text_content()


@pytest.mark.parametrize("address", PAGES)
def test_page_fits_a_phone_and_needs_no_other_host(open_as_staff, full_survey, address):
    page, said = open_as_staff(
        address.format(slug=full_survey.slug), viewport={"width": 360, "height": 740}
    )

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    hosts = page.evaluate("performance.getEntriesByType('resource').map(e => new URL(e.name).host)")
    assert set(hosts) <= {page.evaluate("location.host")}
    assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_page_has_no_barrier_that_axe_finds(open_as_staff, full_survey, address, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page, _said = open_as_staff(address.format(slug=full_survey.slug), color_scheme=scheme)

    for size in (page.viewport_size, PHONE):
        page.set_viewport_size(size)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_pages_of_results_are_a_menu_on_a_phone(open_as_staff, full_survey):
    page, said = open_as_staff(f"/reports/{full_survey.slug}/", viewport=PHONE)
    menu = page.locator(".tabs-menu")

    assert page.locator(".tabs-row").is_hidden()
    assert menu.locator("summary").inner_text() == "Overview"
    assert not menu.locator("a").first.is_visible()
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.locator("a").first.bounding_box()["height"] >= 44
    menu.get_by_role("link", name="Loyalty").click()
    page.wait_for_url("**/loyalty/")
    assert said == []


def test_groups_of_pages_are_reached_by_keyboard_without_a_script(open_as_staff, full_survey):
    page, _said = open_as_staff(f"/reports/{full_survey.slug}/", java_script_enabled=False)

    page.locator(".tabs").get_by_role("link", name="Where and why").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/breakdown/")
    page.locator(".tabs-pages [aria-current]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/drivers/")

    assert page.locator(".tabs [aria-current]").inner_text() == "Where and why"
    assert page.locator(".tabs-pages [aria-current]").inner_text() == "Drivers"


def test_wide_tables_stack_on_a_phone_and_stay_tables(open_as_staff, full_survey):
    address = f"/reports/{full_survey.slug}/loyalty/"
    page, _said = open_as_staff(address, viewport=PHONE)
    table = page.locator("table.stacks").first

    assert table.bounding_box()["width"] <= PHONE["width"]
    assert page.evaluate(
        "[...document.querySelectorAll('.table-wide:has(.stacks)')]"
        ".every(frame => frame.scrollWidth <= frame.clientWidth)"
    )
    assert table.get_by_role("row").count() > 1
    assert table.get_by_role("rowheader").first.is_visible()


def test_every_filter_is_reached_and_sent_by_keyboard(open_as_staff, full_survey):
    page, _said = open_as_staff(f"/reports/{full_survey.slug}/who/")

    page.focus("#id_unit")
    page.keyboard.type("Canal")
    page.keyboard.press("Tab")
    for _ in range(6):
        if page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**unit=*")

    assert page.locator("#id_unit option:checked").inner_text().strip() == "Canal"


def test_tagging_stays_in_sight_on_a_desk_and_not_on_a_phone(open_as_staff, full_survey):
    address = f"/reports/{full_survey.slug}/comments/"
    page, _said = open_as_staff(address, viewport={"width": 1024, "height": 768})

    assert page.locator(".tagging").bounding_box()["y"] < 768
    page.keyboard.press("End")
    assert page.locator(".tagging").bounding_box()["y"] < 768
    page.set_viewport_size(PHONE)
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.tagging')).position") != "sticky"
    )


def test_ticked_comment_is_not_hidden_behind_the_tagging(open_as_staff, full_survey):
    address = f"/reports/{full_survey.slug}/comments/"
    page, _said = open_as_staff(address, viewport={"width": 1024, "height": 768})

    for box in page.locator("[name=chosen]").all()[:12]:
        box.focus()
        place, panel = box.bounding_box(), page.locator(".tagging").bounding_box()
        assert place["y"] + place["height"] <= panel["y"] + 1 or place["y"] >= panel["y"]


def test_worst_unit_and_what_it_says_are_four_clicks_away(open_as_staff, full_survey):
    """Which unit is worst, is it real, what do its customers write."""
    page, _said = open_as_staff("/reports/")
    clicks = 0

    def click(place):
        nonlocal clicks
        clicks += 1
        place.click()
        page.wait_for_load_state("networkidle")

    click(page.locator(".survey-card h2 a").first)
    assert "Canal: Top box" in page.locator(".matters").inner_text()
    click(page.locator(".matters").get_by_role("link", name="Breakdown"))
    row = page.locator("table.list tr", has_text="Canal")
    assert "clearly lower" in row.inner_text()
    click(row.get_by_role("link", name="Canal"))
    click(page.get_by_role("link", name="What customers wrote"))

    assert "Nobody answered the telephone" in page.locator(".comments").inner_text()
    assert clicks <= 4


def test_first_screen_of_a_laptop_has_the_finding_and_what_to_look_at(open_as_staff, full_survey):
    size = {"width": 1366, "height": 768}
    page, _said = open_as_staff(f"/reports/{full_survey.slug}/", viewport=size)

    for part in (
        ".headline-lead",
        ".metrics-wide > :last-child",
        ".change",
        ".matters li:last-child",
    ):
        box = page.locator(part).bounding_box()
        assert box["y"] + box["height"] <= size["height"], part
