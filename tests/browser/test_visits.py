"""What a real browser counts of a visit, and the pages on which staff read it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from surveys.enums import Device, FlagKind
from surveys.models import Visit
from surveys.services.visits import day_in
from tests import factories
from tests.browser.conftest import PHONE as PHONE_SCREEN
from tests.browser.test_respond import AXE
from tests.surveys.views.test_manage_quality import make_flagged
from tests.surveys.views.test_respond_visits import PHONE


@pytest.fixture
def link(transactional_db):
    """A public link of a survey of two pages."""
    return factories.make_public_link(factories.make_published_survey())


def answer(page):
    page.get_by_label("5", exact=True).first.check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("button", name="Send answers")).to_be_visible()


def test_page_counts_itself_and_its_answers_as_one_visit(phone, link):
    page = phone("/accounts/login/", user_agent=PHONE)
    with page.expect_response("**/visits/**") as counted:
        page.goto(f"/s/{link.slug}/")
    assert counted.value.status == 204
    assert Visit.objects.get().started_on is None

    answer(page)
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_text("Your answers are saved")).to_be_visible()

    visit = Visit.objects.get()
    assert visit.completed_on
    assert (visit.reached, visit.device) == (2, Device.PHONE)


def test_page_without_a_script_counts_from_the_first_continue(open_page, link):
    page = open_page(f"/s/{link.slug}/", java_script_enabled=False)
    assert not Visit.objects.exists()

    answer(page)

    assert Visit.objects.get().started_on


@pytest.mark.parametrize("place", ["fieldwork", "quality"])
def test_staff_page_has_no_barrier_and_fits_a_phone(open_as_staff, link, place):
    make_flagged(link.survey, FlagKind.TOO_FAST, FlagKind.STRAIGHT_LINE)
    today = day_in(link.survey)
    Visit.objects.bulk_create(
        Visit(version=link.survey.versions.get(), public_link=link, shown_on=today)
        for _ in range(8)
    )

    page, said = open_as_staff(f"/manage/surveys/{link.survey.slug}/{place}/", **PHONE_SCREEN)

    assert not Axe().run(page, options=AXE).response["violations"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not said
