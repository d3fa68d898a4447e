"""A designer adds a branch with and without scripts; a customer without them walks both ways."""

from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from surveys.enums import Role
from surveys.models import Response
from surveys.services.links import add_public_link
from surveys.services.publishing import publish_version
from tests import factories
from tests.surveys.rules.surveys import make_draft, question, section, when

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def draft():
    """A rating and a question that only some are to be asked."""
    return make_draft(
        section(question("overall", text={"en": "How was it?"}, is_required=True), title="Overall"),
        section(question("why", "long_text"), title="Reasons"),
    )


@pytest.fixture
def editor(open_page, draft):
    """A function that opens the editor of the rule, signed in."""
    user, address = factories.make_user(Role.DESIGNER), f"/manage/surveys/{draft.survey.slug}/edit"
    return partial(open_page, f"{address}/questions/why/", user=user)


def test_what_is_chosen_brings_what_fits(editor, draft):
    page = editor()
    page.locator("details.rule > summary").click()
    page.locator("#id_row-0-subject").select_option("answer.overall")
    page.locator("#id_row-0-operator").select_option("is_at_most")
    expect(page.locator("#id_row-0-values")).to_contain_text("Neutral")
    page.locator("#id_row-0-values").select_option("3")

    page.locator(".form-end .btn-primary").press("Enter")

    expect(page.locator(".rule")).to_contain_text("Shown if “How was it?” is at most 3.")
    assert draft.questions.get(key="why").rule == when("answer.overall", "is_at_most", 3)


def test_what_is_chosen_in_haste_stays_chosen(editor):
    page = editor()
    page.locator("details.rule > summary").click()
    page.locator("#id_row-0-subject").select_option("answer.overall")
    expect(page.locator("#id_row-0-values")).to_contain_text("Neutral")
    held = []

    def hold(route):
        held.append(route)

    page.route("**/why/", hold)
    with page.expect_request("**/why/"):
        page.locator("#id_row-0-operator").select_option("is_at_most")

    page.locator("#id_row-0-values").select_option("3")
    with page.expect_response("**/why/") as answer:
        held.pop().continue_()
    answer.value.finished()

    expect(page.locator("#id_row-0-operator")).to_have_value("is_at_most")
    expect(page.locator("#id_row-0-values")).to_have_value("3")


def test_branch_is_made_without_scripts_and_on_a_phone(editor, draft):
    page = editor(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.locator("details.rule > summary").click()
    page.locator("#id_row-0-subject").select_option("answer.overall")
    page.get_by_role("button", name="Show what can be chosen").click()
    page.locator("#id_row-0-operator").select_option("is")
    page.locator("#id_row-0-values").select_option("1")

    page.locator(".form-end .btn-primary").click()

    expect(page.locator(".rule")).to_contain_text("Shown if “How was it?” is Very dissatisfied.")
    assert draft.questions.get(key="why").rule == when("answer.overall", "is", "1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_editor_of_rules_has_no_barrier(editor, draft, scheme):
    asked = draft.questions.get(key="why")
    asked.rule = when("answer.overall", "is_one_of", "1", "2")
    asked.save()

    page = editor(
        color_scheme=scheme, reduced_motion="reduce", viewport={"width": 360, "height": 740}
    )

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_customer_without_scripts_walks_both_ways(phone, draft):
    asked = draft.questions.get(key="why")
    asked.rule = when("answer.overall", "is_at_most", 3)
    asked.save()
    publish_version(version=draft, revision=draft.revision)
    link = add_public_link(survey=draft.survey, name="Door", slug="door")

    for label, is_asked in (("Dissatisfied", True), ("Very satisfied", False)):
        page = phone(f"/s/{link.slug}/", java_script_enabled=False)
        page.get_by_text(label, exact=True).click()
        page.get_by_role("button", name="Continue").click()
        if is_asked:
            page.get_by_label("What about why?").fill("Slow.")
            page.get_by_role("button", name="Send answers").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Your answers are saved")

    stored = sorted(Response.objects.values_list("answers", flat=True), key=len)
    assert stored == [{"overall": "5"}, {"overall": "2", "why": "Slow."}]
