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
]


@pytest.fixture
def full_survey(transactional_db):
    """A survey with 110 answers, of which some points are few."""
    survey = factories.make_published_survey()
    table = {1: (6, 0), 2: (9, 1), 3: (15, 3), 4: (40, 8), 5: (40, 30)}
    factories.make_responses(
        survey,
        [
            {
                "answers": {"overall": str(score), "again": "5" if place < loyal else "1"},
                "submitted_at": datetime(2026, 3, 1, tzinfo=UTC),
            }
            for score, (n, loyal) in table.items()
            for place in range(n)
        ],
    )
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

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
