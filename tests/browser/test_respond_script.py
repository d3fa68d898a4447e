"""The small script of the customer's pages: saving while typing, repeating, digits."""

import re

import pytest
from playwright.sync_api import expect

from surveys.models import Response, ResponseDraft
from tests import factories

SAVED = "Saved so far"
UNSAVED = re.compile("Not saved yet")
WAITING = re.compile("Not sent yet")
HELD = "Object.keys(localStorage).length"


pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def survey():
    """A survey of two pages."""
    return factories.make_published_survey(title={"en": "Your repair", "zh-hans": "您的维修"})


@pytest.fixture
def public(survey):
    """The address of a public link."""
    return f"/s/{factories.make_public_link(survey).slug}/"


@pytest.fixture
def personal(survey):
    """The address of a personal link."""
    return f"/r/{factories.make_invitation(survey)[1]}/"


@pytest.fixture(params=["public", "personal"])
def address(request):
    """Both kinds of link."""
    return request.getfixturevalue(request.param)


def choose(page, key, value):
    """Choose a point of a scale by its label, as a finger does."""
    page.locator(f"label:has(input[name={key}][value='{value}'])").click()


def saving(page):
    """The live region."""
    return page.locator("#saving")


def test_closed_tab_keeps_what_was_typed(open_page, address):
    page = open_page(address)
    choose(page, "overall", 4)
    expect(saving(page)).to_have_text(SAVED)
    context = page.context
    page.close()

    page = context.new_page()
    page.goto(address)

    expect(page.locator("input[name=overall][value='4']")).to_be_checked()
    assert ResponseDraft.objects.get().answers == {}
    assert page.evaluate(HELD) == 0


def test_leaving_a_page_saves_what_was_typed_a_moment_before(open_page, personal):
    page = open_page(personal)
    choose(page, "overall", 2)

    with page.expect_response(lambda reply: reply.status == 204):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")

    assert ResponseDraft.objects.get().unsent["overall"] == "2"


def test_network_that_drops_holds_the_answers_until_they_are_saved(open_page, personal):
    page = open_page(personal)
    page.context.set_offline(True)
    choose(page, "overall", 5)
    expect(saving(page)).to_have_text(UNSAVED)
    assert page.evaluate(HELD) == 1
    assert not ResponseDraft.objects.exists()

    page.context.set_offline(False)

    expect(saving(page)).to_have_text(SAVED)
    assert page.evaluate(HELD) == 0
    assert ResponseDraft.objects.get().unsent["overall"] == "5"


def test_answers_that_never_reached_the_server_are_there_in_the_next_tab(open_page, address):
    page = open_page(address)
    page.route(
        "**/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    choose(page, "overall", 3)
    expect(saving(page)).to_have_text(UNSAVED)
    context = page.context
    page.close()

    page = context.new_page()
    page.goto(address)

    expect(page.locator("input[name=overall][value='3']")).to_be_checked()
    expect(saving(page)).to_have_text(SAVED)
    assert page.evaluate(HELD) == 0
    assert ResponseDraft.objects.count() == 1


def test_last_page_is_sent_again_until_it_is_acknowledged_and_counts_once(open_page, address):
    page = open_page(address)
    choose(page, "overall", 5)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/2/")
    page.fill("textarea", "In the tunnel")
    lost = []

    def lose_the_first_reply(route):
        if route.request.method != "POST" or "_script" not in route.request.post_data or lost:
            return route.continue_()
        lost.append(route.fetch(max_redirects=0).status)
        return route.abort()

    page.route("**/*", lose_the_first_reply)
    page.get_by_role("button", name="Send answers").click()

    expect(saving(page)).to_have_text(WAITING)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you! Your answers are saved.")
    assert lost == [201]
    assert Response.objects.get().answers["comment"] == "In the tunnel"
    assert page.evaluate(HELD) == 0


def test_mistake_is_shown_by_the_server_as_without_the_script(open_page, address):
    page = open_page(address)

    page.get_by_role("button", name="Continue").click()

    expect(page.locator(".summary")).to_be_focused()
    assert page.evaluate(HELD) == 0


def test_shared_device_keeps_nothing(open_page, public):
    page = open_page("about:blank")

    def say_that_the_device_is_shared(route):
        page_as_sent = route.fetch()
        body = page_as_sent.text().replace("<form ", "<form data-shared ")
        route.fulfill(response=page_as_sent, body=body)

    page.route(f"**{public}", say_that_the_device_is_shared)
    page.goto(public)
    page.unroute(f"**{public}")
    page.context.set_offline(True)
    choose(page, "overall", 5)
    page.get_by_role("button", name="Continue").click()

    expect(saving(page)).to_have_text(WAITING)

    assert page.evaluate(HELD) == 0


def test_digits_choose_a_point_of_the_scale(open_page, public):
    page = open_page(public)
    for key, typed, value in [
        ("overall", "9", None),
        ("overall", "4", "4"),
        ("recommend", "7", "7"),
        ("recommend", "10", "10"),
    ]:
        page.locator(f"input[name={key}]").first.focus()
        page.keyboard.type(typed)

        chosen = page.locator(f"input[name={key}]:checked")
        assert (chosen.get_attribute("value") if chosen.count() else None) == value


def test_digits_in_a_text_are_text(open_page, public):
    page = open_page(public)
    choose(page, "overall", 5)
    page.get_by_role("button", name="Continue").click()

    page.locator("textarea").press_sequentially("10 of 10")

    assert page.locator("textarea").input_value() == "10 of 10"
    assert not page.locator("input:checked").count()
