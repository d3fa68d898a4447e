"""Translating a draft side by side and by files."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from surveys.errors import DraftChangedMeanwhile, InvalidDefinition
from surveys.services.definitions import export_version
from surveys.services.translations import save_texts
from surveys.text_files.writing import texts_as_po
from tests import factories

pytestmark = pytest.mark.django_db

OVERALL = "questions/overall/text"


@pytest.fixture
def draft():
    survey = factories.make_survey(languages=["en", "zh-hans"])
    return factories.make_draft(survey)


def address(draft, name):
    return reverse(f"surveys:{name}", args=[draft.survey.slug])


def save(client, draft, revision=None, **words):
    data = {"revision": draft.revision if revision is None else revision, **words}
    return client.post(address(draft, "translate"), data)


def overall(draft):
    return draft.questions.get(key="overall").text


def test_page_shows_source_beside_target_and_counts_what_is_missing(staff_client, draft):
    save(staff_client, draft, **{OVERALL: "满意吗？"})

    everything = staff_client.get(address(draft, "translate")).content.decode()
    missing = staff_client.get(address(draft, "translate"), {"missing": "1"}).content.decode()

    assert "How about overall?" in everything
    assert "满意吗？" in everything
    assert "How about overall?" not in missing
    assert "How about staff?" in missing


def test_all_texts_are_saved_at_once_and_equal_ones_together(staff_client, draft):
    data = {
        "title": "调查",
        "sections/1/title": "总体",
        "dimensions/service/name": "服务",
        OVERALL: "满意吗？",
        "questions/overall/choices/5/label": "五",
    }

    save(staff_client, draft, **data)

    document = export_version(draft)
    questions = [q for section in document["sections"] for q in section["questions"]]
    fives = [c["label"] for q in questions for c in q["choices"] if c["code"] == "5"]
    draft.survey.refresh_from_db()
    assert draft.survey.title["zh-hans"] == "调查"
    assert document["sections"][0]["title"]["zh-hans"] == "总体"
    assert document["dimensions"][0]["name"]["zh-hans"] == "服务"
    assert overall(draft) == {"en": "How about overall?", "zh-hans": "满意吗？"}
    assert len(fives) == 4
    assert all(label == {"en": "5", "zh-hans": "五"} for label in fives)


def test_saving_changes_nothing_but_words(staff_client, draft):
    before = export_version(draft)
    save(staff_client, draft, **{OVERALL: "满意吗？"})
    draft.refresh_from_db()

    save(staff_client, draft, **{OVERALL: ""})

    assert export_version(draft) == before


def test_second_translator_is_told_and_keeps_what_was_typed(staff_client, draft):
    save(staff_client, draft, **{OVERALL: "甲"})

    answer = save(staff_client, draft, revision=0, **{OVERALL: "乙"})

    assert answer.status_code == 409
    assert "乙" in answer.content.decode()
    assert overall(draft)["zh-hans"] == "甲"


def test_text_that_is_too_long_is_told_beside_its_field(staff_client, draft):
    page = save(staff_client, draft, **{OVERALL: "长" * 5001, "title": "调查"})

    assert "5000" in page.content.decode()
    assert "zh-hans" not in draft.survey.title


def test_survey_with_one_language_says_where_to_add_one(staff_client):
    draft = factories.make_draft(factories.make_survey())

    assert "one language" in staff_client.get(address(draft, "translate")).content.decode()


def test_unknown_language_is_not_found(staff_client, draft):
    assert staff_client.get(address(draft, "translate"), {"to": "fr"}).status_code == 404
    query = {"as": "po", "to": "fr"}
    assert staff_client.get(address(draft, "texts_export"), query).status_code == 404


def upload(client, draft, content, name="texts.po"):
    data = {"file": SimpleUploadedFile(name, content), "language": "zh-hans"}
    return client.post(address(draft, "texts_preview"), data)


def translated(draft):
    content = texts_as_po(export_version(draft), "zh-hans").decode()
    source = 'msgid "How about overall?"\nmsgstr ""'
    return content.replace(source, source[:-2] + '"满意吗？"').encode()


def test_file_is_shown_first_and_changes_the_draft_only_when_told(staff_client, draft):
    page = upload(staff_client, draft, translated(draft))
    assert "<ins>满意吗？</ins>" in page.content.decode()
    assert "zh-hans" not in overall(draft)

    staff_client.post(
        address(draft, "texts_apply"),
        {"revision": draft.revision, "changes": page.context["changes"]},
    )

    assert overall(draft)["zh-hans"] == "满意吗？"


def test_file_with_a_mistake_offers_no_button(staff_client, draft):
    wrong = translated(draft).replace(OVERALL.encode(), b"questions/gone/text")

    page = upload(staff_client, draft, wrong).content.decode()

    assert "no text at “questions/gone/text”" in page
    assert "Change these texts" not in page


def test_file_that_cannot_be_read_is_told_on_the_form(staff_client, draft):
    page = upload(staff_client, draft, b"PK\x03\x04", "texts.xlsx").content.decode()

    assert "not a readable Excel workbook" in page


@pytest.mark.parametrize(
    "changes",
    [
        "",
        "rubbish",
        "[]",
        '{"title": "x"}',
        '{"title": {"zh-hans": 5}}',
        '{"nowhere": {"en": "x"}}',
    ],
)
def test_forged_changes_change_nothing(staff_client, draft, changes):
    before = export_version(draft)
    data = {"revision": draft.revision, "changes": changes}

    answer = staff_client.post(address(draft, "texts_apply"), data, follow=True)

    assert answer.status_code == 200
    assert "notice-warning" in answer.content.decode()
    assert export_version(draft) == before


def test_stale_preview_changes_nothing(staff_client, draft):
    changes = json.dumps({OVERALL: {"zh-hans": "迟到"}})
    save(staff_client, draft, **{OVERALL: "甲"})

    staff_client.post(address(draft, "texts_apply"), {"revision": 0, "changes": changes})

    assert overall(draft)["zh-hans"] == "甲"


def test_texts_are_written_all_or_none(draft):
    before = export_version(draft)
    changes = {"title": {"zh-hans": "调查"}, OVERALL: {"zh-hans": "长" * 5001}}

    with pytest.raises(InvalidDefinition):
        save_texts(version=draft, revision=draft.revision, changes=changes)

    draft.refresh_from_db()
    assert export_version(draft) == before


def test_first_language_cannot_be_emptied(draft):
    with pytest.raises(InvalidDefinition, match="first language"):
        save_texts(version=draft, revision=draft.revision, changes={OVERALL: {"en": " "}})


def test_stale_revision_is_refused(draft):
    with pytest.raises(DraftChangedMeanwhile):
        save_texts(version=draft, revision=99, changes={OVERALL: {"zh-hans": "甲"}})


def test_language_taken_out_keeps_its_texts_for_when_it_comes_back(staff_client, draft):
    save(staff_client, draft, **{OVERALL: "满意吗？"})
    survey = draft.survey
    survey.languages = ["en"]
    survey.save()

    assert "满意吗？" not in staff_client.get(address(draft, "translate")).content.decode()
    assert overall(draft)["zh-hans"] == "满意吗？"
