"""Takes the pictures of the README from the running demonstration: `python3 run.py screenshots`."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from .browser.chromium import ARGUMENTS

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SURVEY = "northlight-customers"
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


def take_screenshots(base_url, password):
    """Every picture, one after the other."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=ARGUMENTS,
        )
        take_question(browser, base_url)
        page = signed_in_page(browser, base_url, password)
        take(page, f"{base_url}/reports/", "home")
        take(page, f"{base_url}/reports/{SURVEY}/", "overview")
        take(page, f"{base_url}/reports/{SURVEY}/loyalty/", "loyalty")
        take_curve(page, f"{base_url}/reports/{SURVEY}/curve/?loyalty=observed")
        take_editor(page, base_url)
        take_bulletin(page, base_url)
        browser.close()


def signed_in_page(browser, base_url, password):
    """A page of the administrator of the demonstration."""
    page = browser.new_page(viewport=DESK, color_scheme="light", locale="en")
    page.goto(f"{base_url}/accounts/login/")
    page.fill("[name=login]", "demo")
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/reports/")
    return page


def take(page, address, name, *, full_page=False):
    """One page as a picture."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png", full_page=full_page)


def take_question(browser, base_url):
    """The first page of a survey on a telephone."""
    page = browser.new_page(viewport=PHONE, device_scale_factor=2, locale="en")
    take(page, f"{base_url}/s/northlight/", "respond-phone")
    page.close()


def take_curve(page, address):
    """The curve of what customers did, with its title and without the navigation."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.locator("figure").first.screenshot(path=IMAGES / "curve.png")


def take_editor(page, base_url):
    """The draft editor with a question open."""
    page.goto(f"{base_url}/manage/new-survey/?template=xerox")
    page.fill("#id_title__en", "Spring survey")
    page.click("text=Make the survey")
    page.click("text=Edit the questions")
    page.click("text=How satisfied are you with the speed of our service?")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / "design.png")


def take_bulletin(page, base_url):
    """The first page of the bulletin, drawn by the demonstration's own worker."""
    page.goto(f"{base_url}/reports/{SURVEY}/")
    page.click("button:has-text('Bulletin as PDF')")
    page.wait_for_selector("text=Download the PDF", timeout=120_000)
    with tempfile.TemporaryDirectory() as folder:
        with page.expect_download() as download:
            page.click("text=Download the PDF")
        pdf = Path(folder) / "bulletin.pdf"
        download.value.save_as(pdf)
        picture = ["pdftoppm", "-png", "-r", "80", "-f", "1", "-singlefile", pdf]
        subprocess.run([*picture, IMAGES / "bulletin"], check=True)


if __name__ == "__main__":
    password = (Path(os.environ["DATA_DIR"]) / "password").read_text(encoding="utf-8").strip()
    take_screenshots(os.environ["BASE_URL"], password)
