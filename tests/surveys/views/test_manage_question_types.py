"""The editor page of every question type."""

import pytest
from django.urls import reverse

from surveys.question_types import presets
from surveys.services.definitions import build_draft, export_question
from tests import factories
from tests.surveys.question_types.samples import SAMPLES, document_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    """A draft with a question of every type, keyed by type."""
    document = {
        "title": {"en": "All"},
        "default_language": "en",
        "languages": ["en"],
        "sections": [{"questions": [document_of(kind, key=kind) for kind in SAMPLES]}],
    }
    return build_draft(survey=factories.make_survey(), document=document)


def address(draft, kind):
    return reverse("surveys:question_edit", args=[draft.survey.slug, kind])


def filled_form(page):
    """What the forms of an editor page would send unchanged."""
    sent = {"revision": page.context["draft"].revision}
    for form in (page.context["form"], *page.context["tables"]):
        forms = [form.management_form, *form] if hasattr(form, "management_form") else [form]
        for one in forms:
            for field in one:
                value = field.value()
                if value is not None and value is not False and value != "":
                    sent[field.html_name] = value
    return sent


@pytest.mark.parametrize("kind", SAMPLES)
def test_saving_unchanged_changes_nothing(staff_client, draft, kind):
    before = export_question(draft.questions.get(key=kind))

    page = staff_client.get(address(draft, kind))
    reply = staff_client.post(address(draft, kind), filled_form(page))

    assert reply.status_code == 302
    assert export_question(draft.questions.get(key=kind)) == before


@pytest.mark.parametrize("code", presets())
def test_every_way_to_begin_makes_a_question_without_mistakes(staff_client, draft, code):
    add = reverse("surveys:question_add", args=[draft.survey.slug])
    sent = {
        "revision": draft.revision,
        "section": draft.sections.get().pk,
        "text__en": "And this?",
        "kind": code,
        "options": "One\nTwo",
    }

    reply = staff_client.post(add, sent)

    assert reply.status_code == 302
    page = staff_client.get(reply["Location"])
    key = page.context["question"].key
    findings = [f for f in page.context["findings"] if f.question_key == key and f.is_error]
    assert [f.sentence for f in findings if "loyal" not in f.sentence] == []


def test_settings_and_rows_are_saved(staff_client, draft):
    sent = filled_form(staff_client.get(address(draft, "matrix")))
    sent |= {"rows-2-label__en": "Price", "rows-2-place": "3"}
    staff_client.post(address(draft, "matrix"), sent)
    number = filled_form(staff_client.get(address(draft, "number")))
    number |= {"revision": 2 + draft.revision - 1, "setting_minimum": "5"}
    staff_client.post(address(draft, "number"), number)

    rows = draft.questions.get(key="matrix").settings["rows"]
    assert [row["label"]["en"] for row in rows] == ["Speed", "Kindness", "Price"]
    assert [row["code"] for row in rows[:2]] == ["r1", "r2"]
    assert draft.questions.get(key="number").settings["minimum"] == 5


def test_other_can_be_offered_and_taken_back(staff_client, draft):
    sent = filled_form(staff_client.get(address(draft, "single_choice")))
    del sent["offers_other"]

    staff_client.post(address(draft, "single_choice"), sent)

    kinds = draft.questions.get(key="single_choice").choices.values_list("kind", flat=True)
    assert "other" not in kinds


@pytest.mark.parametrize("kind", SAMPLES)
def test_preview_shows_it(staff_client, draft, kind):
    preview = reverse("surveys:preview_page", args=[draft.survey.slug])

    page = staff_client.get(f"{preview}?question={kind}")

    assert f"About {kind.replace('_', ' ')}" in page.content.decode()
