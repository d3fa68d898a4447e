"""A designer makes a survey in a real browser, at the desk, on a phone and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from surveys.enums import Role, VersionState
from surveys.models import Survey
from surveys.selectors.survey_templates import survey_template
from surveys.services.definitions import export_version
from surveys.services.draft_questions import remove_question
from surveys.services.links import add_public_link
from surveys.services.publishing import publish_version, start_next_draft
from surveys.services.surveys import create_survey
from tests import factories

from .conftest import DESKTOP, PHONE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

SIZES = {"phone": PHONE, "desktop": DESKTOP}
STILL = {"reduced_motion": "reduce"}  # a colour on its way to another one has no contrast yet
PAGES = [
    "survey_list",
    "survey_create",
    "survey_import",
    "draft_import",
    "import_report",
    "survey_print",
    "survey_detail",
    "survey_settings",
    "survey_publish",
    "survey_preview",
    "survey_edit",
    "question_add",
    "section_add",
    "dimension_list",
    "link_list",
    "link_add",
    "personal_link",
]

WITHOUT_SURVEY = ("survey_list", "survey_create", "survey_import")


@pytest.fixture
def designer():
    """Somebody who may do everything, with a password that the tests know."""
    return factories.make_user(Role.ADMINISTRATOR, username="dora")


@pytest.fixture
def survey(designer):
    """A published survey with a next draft, a removed question and a link."""
    document = survey_template("xerox").document
    survey = create_survey(
        title=document["title"],
        kind=document["kind"],
        mode="named",
        languages=document["languages"],
        default_language="en",
        document=document,
    )
    first = survey.versions.get()
    publish_version(version=first, revision=first.revision)
    draft = start_next_draft(survey=survey)
    remove_question(
        version=draft, revision=draft.revision, question=draft.questions.get(key="repurchase")
    )
    add_public_link(survey=survey, name="Poster")
    return survey


def keys(survey):
    document = export_version(survey.versions.get(state=VersionState.DRAFT))
    return [[item["key"] for item in section["questions"]] for section in document["sections"]]


@pytest.mark.parametrize(
    ("size", "scripts"),
    [("desktop", True), ("phone", True), ("phone", False)],
    ids=["desktop", "phone", "phone-without-scripts"],
)
def test_survey_goes_from_template_to_published_link(open_page, designer, size, scripts):
    page = open_page("/", java_script_enabled=scripts, **SIZES[size])
    page.fill("#id_login", "dora")
    page.fill("#id_password", "a-long-password")
    page.click("button:text-is('Sign in')")
    page.wait_for_selector(".main-links")
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
    page.click("text=Add a question >> nth=0")
    page.fill("#id_text__en", "Where did you buy?")
    page.select_option("#id_kind", "single_choice")
    page.fill("#id_options", "Shop\nWeb")
    page.click("button:has-text('Add the question')")
    page.wait_for_selector("#up-q1")
    survey = Survey.objects.get()
    assert keys(survey)[0] == ["overall", "repurchase", "recommend", "q1"]

    with page.expect_response(lambda answer: "/move/" in answer.url):
        page.click("#up-q1")
    assert keys(survey)[0] == ["overall", "repurchase", "q1", "recommend"]
    page.click("text=What is the main reason for your answers?")
    page.click("text=Remove the question")
    page.wait_for_selector("text=Put back")
    assert keys(survey)[2] == []
    page.click("text=Put back")
    page.wait_for_selector("text=Put back", state="detached")
    assert keys(survey)[2] == ["comment"]

    page.click("a:has-text('Publish')")
    page.click("button:has-text('Publish')")
    page.wait_for_selector("text=The survey is published")
    assert page.input_value("input[readonly]").endswith("/s/spring-survey/")
    page.wait_for_load_state("load")  # with its pictures
    assert page.evaluate("document.querySelector('.qr img').naturalWidth") > 0 if scripts else True
    version = survey.versions.get()
    assert version.state == VersionState.PUBLISHED
    assert "how quickly" in version.questions.get(key="speed").text["en"]


def test_moving_by_keyboard_keeps_the_focus_and_what_was_typed(open_page, designer, survey):
    address = reverse("surveys:question_edit", args=[survey.slug, "speed"])
    page = open_page(address, user=designer)
    page.fill("#id_text__en", "Not saved yet")

    page.focus("#up-speed")
    with page.expect_response(lambda answer: "/move/" in answer.url):
        page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'up-speed'")
    assert page.input_value("#id_text__en") == "Not saved yet"
    page.click("#save")
    page.wait_for_selector(".notice:has-text('Saved.')")

    draft = survey.versions.get(state=VersionState.DRAFT)
    assert draft.questions.get(key="speed").text["en"] == "Not saved yet"


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_accessible_and_fits(open_page, designer, survey, size):
    page = open_page("/accounts/logout/", user=designer, **STILL, **SIZES[size])
    slug = survey.slug
    addresses = [
        reverse(f"surveys:{name}", args=[] if name in WITHOUT_SURVEY else [slug]) for name in PAGES
    ]
    addresses += [
        reverse("surveys:survey_create") + "?template=xerox",
        reverse("surveys:question_edit", args=[slug, "speed"]),
        reverse("surveys:question_edit", args=[slug, "recommend"]),
        reverse("surveys:link_edit", args=[slug, survey.public_links.get().pk]),
        reverse("surveys:dimension_edit", args=[slug, "service"]),
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/logout/",
        "/nothing-here/",
    ]

    found = {}
    for address in addresses:
        page.goto(address)
        found |= looked_at(page, address)

    assert found == {}


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/"])
def test_entrance_is_accessible(open_page, address):
    page = open_page(address, **STILL, **PHONE)

    assert looked_at(page, address) == {}


def looked_at(page, address):
    """What is wrong with a page in light and in dark, by its address."""
    wrong = violations(page)
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        wrong.append("scrolls sideways")
    page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    wrong += violations(page, runOnly=["color-contrast"])
    return {address: wrong} if wrong else {}


def violations(page, **options):
    """The rules of axe that a page breaks, with the places."""
    found = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found]
