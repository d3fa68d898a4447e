"""A real browser in front of a running server."""

import os
import shutil

import pytest
from django.conf import settings
from django.test import Client

from tests import factories
from tests.browser.chromium import ARGUMENTS

# Playwright's plain interface runs an event loop in this thread, in which
# Django would refuse every query that a test makes itself.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}


def pytest_collection_modifyitems(items):
    """Everything here needs Chromium; only the whole story is worth a second database."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            if item.path.stem != "test_whole_story":
                item.add_marker(pytest.mark.once)


@pytest.fixture(scope="session")
def chromium():
    """Chromium: the machine's own, or the one that Playwright brought."""
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """A function that opens an address of the server in a browser of its own.

    With a `user` that one is signed in. Options are those of a Playwright context: `**PHONE`,
    `java_script_enabled=False`, `color_scheme="dark"`.
    """
    contexts = []

    def open_address(address="/", *, user=None, **options):
        context = chromium.new_context(base_url=live_server.url, **(DESKTOP | options))
        contexts.append(context)
        if user:
            context.add_cookies([session_cookie(user, live_server.url)])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(address)
        return page

    yield open_address
    for context in contexts:
        context.set_offline(True)  # a page that closes saves what was typed: not into the next test
        context.close()


def session_cookie(user, address):
    """What the browser of somebody who has just signed in keeps."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    return {"name": session.key, "value": session.value, "url": address}


@pytest.fixture
def phone(open_page):
    """`open_page` on a phone of 360 × 740 points."""

    def open_on_phone(address, **options):
        return open_page(address, **(PHONE | options))

    return open_on_phone


@pytest.fixture
def open_as_staff(open_page, transactional_db):
    """`open_page` for an administrator; gives the page and what its console said."""
    user = factories.make_user("administrator")

    def open_signed_in(address, **options):
        page = open_page("about:blank", user=user, **options)
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address, wait_until="networkidle")
        return page, said

    return open_signed_in
