"""A survey file in a real browser: chosen, looked at, confirmed; and a survey on paper."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from surveys.models import Survey
from tests.surveys.survey_files import files

from .test_design import SIZES, STILL, designer, looked_at, survey  # noqa: F401

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize("size", SIZES)
def test_file_becomes_a_survey(open_page, designer, tmp_path, size):  # noqa: F811
    path = tmp_path / "visit.lss"
    path.write_bytes(files.lss())
    page = open_page(reverse("surveys:survey_import"), user=designer, **STILL, **SIZES[size])

    page.set_input_files("#id_file", path)
    page.click("button:text-is('Look at it')")
    expect(page.get_by_role("heading", name="What becomes of the file")).to_be_visible()
    assert looked_at(page, "preview") == {}
    page.get_by_label("Overall satisfaction").check()
    page.click("button:text-is('Make the survey')")

    expect(page.get_by_role("heading", name="A visit")).to_be_visible()
    page.click("text=What became of the imported file")
    expect(page.get_by_text("again.NAOK == 'Y'")).to_be_visible()
    assert looked_at(page, "report") == {}
    questions = Survey.objects.get().versions.get().questions
    assert questions.get(key="overall").role == "overall"


def test_paper_shows_the_sheet_alone(open_page, designer, survey):  # noqa: F811
    page = open_page(reverse("surveys:survey_print", args=[survey.slug]), user=designer)
    expect(page.get_by_role("button", name="Print")).to_be_visible()

    page.emulate_media(media="print")

    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_role("main")).to_be_visible()
