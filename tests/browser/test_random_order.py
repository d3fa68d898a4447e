"""Choices in a random order stand still when the page is loaded again before anything was sent."""

import pytest
from playwright.sync_api import expect

from surveys.models import Response
from surveys.question_types.shown import order_for
from surveys.questionnaire import frozen_questionnaire
from tests.surveys.rules.surveys import make_link, question, section

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
CHOICES = [{"code": f"c{number}", "label": {"en": f"Choice {number}"}} for number in range(8)]


@pytest.fixture
def address():
    """A public link of a survey with one list in random order; two lists are rarely the same."""
    drawn = {"choices": CHOICES, "settings": {"random_order": True}}
    return make_link(section(question("reason", "single_choice", **drawn)), page_layout="single")


def shown(page):
    """The submission id of a page, and its choices as they stand."""
    codes = page.locator('[name="reason"]').evaluate_all("all => all.map(one => one.value)")
    return page.locator("[name=_id]").input_value(), codes


def test_order_stays_when_the_page_is_loaded_again_and_belongs_to_what_is_stored(
    open_page, address
):
    page = open_page(address)
    first = shown(page)

    page.reload()
    again = shown(page)
    page.locator("label:has([name=reason])").first.click()
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you! Your answers are saved.")

    assert again == first
    stored = Response.objects.get()
    asked = frozen_questionnaire(stored.version_id).question("reason")
    assert first == (str(stored.submission_id), order_for(asked, stored.submission_id))
    assert stored.answers == {"reason": first[1][0]}


def test_who_answers_next_in_the_same_tab_has_an_order_of_their_own(open_page, address):
    page = open_page(address)
    first = shown(page)
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you! Your answers are saved.")

    page.goto(address)

    assert shown(page)[0] != first[0]


def test_without_scripts_the_order_is_drawn_anew(open_page, address):
    page = open_page(address, java_script_enabled=False)
    first = shown(page)

    page.reload()

    assert shown(page) != first
