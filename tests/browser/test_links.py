"""Public links where they are used: on a shared tablet, in another site's frame, from a mail."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from surveys.enums import InvitationState, Role
from surveys.models import Response
from surveys.services.complaints import begin_complaint, send_complaint
from surveys.tokens import new_token
from tests import factories

from .test_respond import AXE

pytestmark = pytest.mark.usefixtures("transactional_db")
TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}


@pytest.fixture
def survey(transactional_db):
    """A survey of two pages with everything a thank-you page may offer."""
    survey = factories.make_published_survey(takes_complaints=True, gives_reward_codes=True)
    for number in range(20):
        survey.reward_codes.create(code=f"TEA-{number}")
    return survey


def score(page, question, value):
    """Choose a point of a scale by touching it."""
    page.locator(f'input[name="{question}"][value="{value}"]').check(force=True)


def to_second_page(page):
    score(page, "overall", 2)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("textarea")).to_be_visible()


def violations(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE["runOnly"]}})
    return [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]]


def test_kiosk_asks_and_begins_anew_within_30_seconds(open_page, survey):
    link = factories.make_public_link(survey, is_kiosk=True)
    page = open_page("about:blank", **TABLET)
    page.clock.install()
    page.goto(f"/s/{link.slug}/")
    to_second_page(page)
    page.locator("textarea").fill("My secret")

    page.clock.fast_forward(20_500)
    expect(page.get_by_text("Are you still there?")).to_be_visible()
    page.clock.fast_forward(9_600)

    expect(page.locator('input[name="overall"]').first).to_be_attached()
    assert page.url.endswith(f"/s/{link.slug}/")
    assert page.locator("input:checked").count() == 0


def test_touch_keeps_the_kiosk_from_beginning_anew(open_page, survey):
    link = factories.make_public_link(survey, is_kiosk=True)
    page = open_page("about:blank", **TABLET)
    page.clock.install()
    page.goto(f"/s/{link.slug}/")
    to_second_page(page)
    page.clock.fast_forward(25_000)

    page.locator("textarea").fill("Still here")
    page.clock.fast_forward(15_000)

    expect(page.locator("textarea")).to_have_value("Still here")
    expect(page.get_by_text("Are you still there?")).to_be_hidden()


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_back_button_of_a_kiosk_shows_an_empty_start(open_page, survey, has_script):
    link = factories.make_public_link(survey, is_kiosk=True)
    page = open_page(f"/s/{link.slug}/", java_script_enabled=has_script, **TABLET)
    to_second_page(page)
    page.locator("textarea").fill("My secret")
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")

    with time_machine.travel(timezone.now() + timedelta(seconds=60)):
        for _ in range(3):
            page.go_back()
            expect(page.locator("body")).not_to_contain_text("My secret")
            expect(page.locator("body")).not_to_contain_text("TEA-")
            expect(page.locator("input:checked")).to_have_count(0)

    assert Response.objects.get().satisfaction == 2


def test_back_button_elsewhere_shows_the_answers(open_page, survey):
    """The control: a link for one's own phone keeps them."""
    link = factories.make_public_link(survey)
    page = open_page(f"/s/{link.slug}/", **TABLET)
    to_second_page(page)

    with time_machine.travel(timezone.now() + timedelta(seconds=60)):
        page.goto(f"/s/{link.slug}/")
        expect(page.locator("input:checked")).to_have_count(1)


@pytest.fixture
def other_site():
    """A function that starts another web site, whose page shows an address in a frame."""
    servers = []

    def start(address_of_link):
        class Page(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                html = (
                    f'<!doctype html><title>Shop</title><iframe src="{address_of_link()}"></iframe>'
                )
                self.wfile.write(html.encode())

            def log_message(self, *arguments):
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_named_site_shows_the_survey_and_no_other_does(open_page, survey, live_server, other_site):
    link = factories.make_public_link(survey)
    named, other = (other_site(lambda: f"{live_server.url}/s/{link.slug}/") for _ in range(2))
    link.embed_hosts = [named]
    link.save()

    page = open_page(named)
    frame = page.frame_locator("iframe")
    frame.locator('input[name="overall"][value="4"]').check(force=True)
    frame.get_by_role("button", name="Continue").click()
    frame.get_by_role("button", name="Send answers").click()
    expect(frame.get_by_role("heading", level=1)).to_contain_text("Thank you")
    page.goto(other, wait_until="networkidle")

    assert page.frames[1].url.startswith("chrome-error:")
    assert Response.objects.get().satisfaction == 4


@pytest.mark.parametrize("times", [5, pytest.param(200, marks=pytest.mark.long)])
def test_browser_of_a_scanner_counts_nothing(open_page, survey, times):
    invitation, token = factories.make_invitation(survey)
    page = open_page(f"/r/{token}/?a=overall:2")

    for _ in range(times):
        page.goto(f"/r/{token}/?a=overall:2", wait_until="networkidle")

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.OPEN
    assert not Response.objects.exists()


def test_customer_complains_with_the_keyboard_and_comes_back(phone, survey):
    link = factories.make_public_link(survey)
    page = phone(f"/s/{link.slug}/", java_script_enabled=False)
    to_second_page(page)
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_text("TEA-0", exact=True)).to_be_visible()
    page.get_by_role("button", name="Make a complaint").focus()
    page.keyboard.press("Enter")

    page.get_by_label("What happened?").fill("The bell was missing.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your complaint is received")
    page.reload()

    expect(page.get_by_text("The bell was missing.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_for_customers_are_accessible(phone, survey, scheme):
    link = factories.make_public_link(survey)
    kiosk = factories.make_public_link(survey, is_kiosk=True)
    token = new_token()
    complaint = begin_complaint(token=token, language="en", public_link=link)
    page = phone(f"/s/{kiosk.slug}/", color_scheme=scheme)
    found = violations(page)
    page.goto(f"/c/{token}/")
    found += violations(page)
    page.get_by_role("button", name="Send the complaint").evaluate("one => one.form.submit()")
    expect(page.get_by_role("alert")).to_be_visible()
    found += violations(page)
    send_complaint(complaint=complaint, words="Cold.")
    page.goto(f"/c/{token}/")
    found += violations(page)
    page.goto(f"/s/{link.slug}/")
    to_second_page(page)
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_role("button", name="Make a complaint")).to_be_visible()
    found += violations(page)

    assert found == []
    targets = page.locator("main button, main a").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(targets) >= 44


@pytest.mark.parametrize("width", [360, 1440])
def test_staff_pages_are_accessible_and_fit(open_page, survey, width):
    link = factories.make_public_link(
        survey, maximum_answers=5, embed_hosts=["https://www.example.org"]
    )
    complaint = begin_complaint(token=new_token(), language="en", public_link=link)
    send_complaint(complaint=complaint, words="Cold " * 50)
    user = factories.make_user(Role.ADMINISTRATOR)
    page = open_page("about:blank", user=user, viewport={"width": width, "height": 900})
    root = f"/manage/surveys/{survey.slug}"
    addresses = [
        f"{root}/links/",
        f"{root}/links/{link.pk}/",
        f"{root}/links/{link.pk}/poster/",
        f"{root}/after-answering/",
        "/manage/complaints/",
        f"/manage/complaints/{complaint.pk}/",
    ]

    for address in addresses:
        page.goto(address)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
