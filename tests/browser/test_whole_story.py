"""The main job from sign-in to the bulletin, as the people do it who it is for."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from reports.tasks import render_next_edition
from surveys.enums import Role
from surveys.models import OutboxMessage, Response, Survey
from tests import factories
from tests.reports.exporters.reading import text_of

from .conftest import PHONE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

ATTRIBUTES = ["reliability", "ease_of_use", "value", "helpfulness", "speed", "after_sales"]
SO_FAR = {1: (10, 1), 2: (20, 2), 3: (40, 6), 4: (100, 10), 5: (100, 60)}


def test_from_sign_in_to_the_bulletin(open_page, tmp_path):
    factories.make_user(Role.ADMINISTRATOR, username="dora")
    staff = open_page("/", locale="en")
    sign_in(staff)
    address = make_and_publish_survey(staff)
    survey = Survey.objects.get()
    keep_earlier_answers(survey)
    before = curve_on_screen(staff, survey)
    assert before == SO_FAR

    without_scripts = open_page(address, locale="en", java_script_enabled=False)
    answer(without_scripts, overall=5, repurchase=5)
    on_a_phone = open_page(personal_link(staff, survey), locale="en", **PHONE)
    answer(on_a_phone, overall=4, repurchase=2)
    twice = open_page(address, locale="en")
    answer(twice, overall=5, repurchase=4, presses=2)

    after = curve_on_screen(staff, survey)
    assert after == SO_FAR | {4: (101, 10), 5: (102, 62)}
    assert Response.objects.filter(survey=survey).count() == 270 + 3
    assert OutboxMessage.objects.count() == 0  # nobody asked for a thank-you mail

    headline = staff.inner_text(".headline")
    bulletin = text_of(download_bulletin(staff, survey, tmp_path))
    assert " ".join(headline.split()) in bulletin
    assert " ".join(f"n = {n}" for n, _loyal in after.values()) in bulletin


def sign_in(page):
    page.fill("#id_login", "dora")
    page.fill("#id_password", "a-long-password")
    page.press("#id_password", "Enter")
    page.wait_for_selector(".main-links")


def make_and_publish_survey(page):
    """A survey from the ready template with one text changed; returns its public address."""
    page.goto(reverse("surveys:survey_list"))
    page.click("text=New survey")
    page.click("text=Xerox set")
    page.fill("#id_title__en", "Spring survey")
    page.click("text=Make the survey")
    page.click("text=Edit the questions")
    page.click("text=How satisfied are you with the speed of our service?")
    page.fill("#id_text__en", "How satisfied are you with how quickly we serve you?")
    page.click("#save")
    page.wait_for_selector(".notice:has-text('Saved.')")
    page.click("a:has-text('Publish')")
    page.click("button:has-text('Publish')")
    page.wait_for_selector("text=The survey is published")
    return re.sub(r"^https?://[^/]+", "", page.input_value("input[readonly]"))


def keep_earlier_answers(survey):
    """What others said before, so that the curve has something to show."""
    start = datetime(2026, 3, 1, tzinfo=UTC)
    skipped = dict.fromkeys([*ATTRIBUTES, "recommend", "comment"])
    factories.make_responses(
        survey,
        [
            {
                "answers": skipped
                | {"overall": str(score), "repurchase": "4" if place < loyal else "2"},
                "submitted_at": start + timedelta(hours=place),
            }
            for score, (n, loyal) in SO_FAR.items()
            for place in range(n)
        ],
    )


def curve_on_screen(page, survey):
    """Answers and loyal answers by score, worked out from the table that is shown."""
    page.goto(reverse("reports:curve", args=[survey.slug]) + "?loyalty=stated")
    table = page.locator("table", has_text="5 · Very satisfied").first
    shown = {}
    for row in table.locator("tbody tr").all():
        score, n, share = row.locator("th, td").all_inner_texts()[:3]
        shown[int(score[0])] = (int(n), round(int(n) * float(share.rstrip("%")) / 100))
    return dict(sorted(shown.items()))


def personal_link(page, survey):
    """A personal link for a customer, made on the staff page."""
    customer = factories.make_customer()
    page.goto(reverse("surveys:personal_link", args=[survey.slug]))
    page.fill("#id_external_id", customer.external_id)
    page.locator("main form button.btn-primary").click()
    return re.sub(r"^https?://[^/]+", "", page.input_value("input[readonly]"))


def answer(page, *, overall, repurchase, presses=1):
    """Answer page after page as a customer does, and press "Send answers" so many times."""
    page.check(f"input[name=overall][value='{overall}']")
    page.check(f"input[name=repurchase][value='{repurchase}']")
    page.check("input[name=recommend][value='9']")
    page.click("text=Continue")
    for key in ATTRIBUTES:
        page.check(f"input[name={key}][value='4']")
    page.click("text=Continue")
    page.fill("textarea", "Quick and friendly, 谢谢!")
    page.locator("button", has_text="Send answers").click(click_count=presses)
    page.wait_for_url("**/thanks/")


def download_bulletin(page, survey, folder):
    """Ask for the bulletin, let a worker draw it, download it."""
    page.goto(reverse("reports:results", args=[survey.slug]))
    page.click("button:has-text('Bulletin as PDF')")
    page.wait_for_selector("#edition")
    render_next_edition()
    page.wait_for_selector("text=Download the PDF")
    with page.expect_download() as download:
        page.click("text=Download the PDF")
    target = folder / "bulletin.pdf"
    download.value.save_as(target)
    return Path(target).read_bytes()
