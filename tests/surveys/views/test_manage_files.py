"""Surveys come in from files and go out as files and on paper, through the pages."""

import csv
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from surveys.enums import QuestionType, Role
from surveys.models import ImportReport, Survey, SurveyVersion
from surveys.question_types import HANDLERS
from surveys.services.definitions import build_draft, export_version
from tests import factories
from tests.surveys.definitions.documents import small_document
from tests.surveys.imports.conftest import nothing_written
from tests.surveys.survey_files import files

pytestmark = pytest.mark.django_db
NEW = "/manage/import-survey/"


def upload(client, content, name, address=NEW):
    file = SimpleUploadedFile(name, content)
    return client.post(address, {"file": file, "language": "en"})


def held_in(response):
    return re.search(r'name="held" value="([^"]+)"', response.content.decode())[1]


def test_preview_shows_what_becomes_of_the_file_and_stores_nothing(staff_client):
    with nothing_written(Survey, SurveyVersion, ImportReport):
        response = upload(staff_client, files.lss(), "visit.lss")

    page = response.content.decode()
    assert "Nothing is stored yet" in page
    assert "again.NAOK" in page
    assert "Overall satisfaction: “How satisfied are you overall?”" in page


def test_confirmed_file_is_a_survey_with_the_measures_that_were_marked(staff_client):
    preview = upload(staff_client, files.lss(), "visit.lss")

    response = staff_client.post(
        NEW, {"held": held_in(preview), "mode": "named", "measure__overall": "on"}
    )

    survey = Survey.objects.get()
    assert response.url == reverse("surveys:survey_detail", args=[survey.slug])
    roles = dict(survey.versions.get().questions.values_list("key", "role"))
    assert roles["overall"] == "overall"
    assert roles["comment"] == ""


def test_downloaded_survey_can_be_uploaded_again(staff_client):
    draft = factories.make_draft(factories.make_survey(title={"en": "Ours", "zh-hans": "我们的"}))
    file = staff_client.get(reverse("surveys:survey_export", args=[draft.survey.slug]))
    preview = upload(staff_client, file.content, "ours.json")

    staff_client.post(NEW, {"held": held_in(preview), "mode": "named"})

    again = SurveyVersion.objects.latest("pk")
    assert again.pk != draft.pk
    assert export_version(again) == export_version(draft) == json.loads(file.content)
    assert f'filename="{draft.survey.slug}-1.json"' in file["Content-Disposition"]


def test_file_for_a_survey_becomes_its_next_draft(staff_client, survey):
    address = reverse("surveys:draft_import", args=[survey.slug])
    preview = upload(staff_client, files.lss(), "visit.lss", address)

    staff_client.post(address, {"held": held_in(preview)})

    draft = survey.versions.get(state="draft")
    assert draft.questions.filter(key="visits").exists()
    assert "The survey keeps its own." in preview.content.decode()


def test_draft_that_somebody_changed_is_not_replaced(staff_client, survey):
    draft = factories.make_draft(survey)
    address = reverse("surveys:draft_import", args=[survey.slug])
    preview = upload(staff_client, files.lss(), "visit.lss", address)

    with nothing_written(ImportReport, SurveyVersion):
        response = staff_client.post(
            address, {"held": held_in(preview), "revision": draft.revision + 1}
        )

    assert "Somebody changed this draft" in response.content.decode()


def test_preview_of_somebody_else_or_of_another_survey_is_not_taken(staff_client, survey):
    held = held_in(upload(staff_client, files.lss(), "visit.lss"))
    stranger = Client()
    stranger.force_login(factories.make_user(Role.DESIGNER))
    elsewhere = reverse("surveys:draft_import", args=[survey.slug])

    with nothing_written(Survey, SurveyVersion):
        assert stranger.post(NEW, {"held": held, "mode": "named"}).status_code == 302
        assert staff_client.post(elsewhere, {"held": held}).status_code == 302
        assert staff_client.post(NEW, {"held": held + "x", "mode": "named"}).status_code == 302

    assert staff_client.post(NEW, {"held": held, "mode": "named"}).url.endswith("/a-visit/")


def test_document_with_a_mistake_is_shown_with_its_place(staff_client):
    document = small_document(kind="sometimes")

    response = upload(staff_client, json.dumps(document).encode(), "ours.json")

    assert "ours.json: kind: must be one of" in response.content.decode()


def test_report_is_shown_and_downloaded_before_and_after(staff_client):
    preview = upload(staff_client, files.lss(), "visit.lss")
    before = staff_client.post(NEW, {"held": held_in(preview), "report": "csv"})
    assert not Survey.objects.exists()

    staff_client.post(NEW, {"held": held_in(preview), "mode": "named"})

    address = reverse("surveys:import_report", args=["a-visit"])
    assert "again.NAOK" in staff_client.get(address).content.decode()
    after = staff_client.get(address + "?format=csv")
    assert after.content == before.content
    rows = list(csv.reader(io.StringIO(after.content.decode("utf-8-sig"))))
    assert ["overall", "How satisfied are you overall?", "Kept", "Rating scale"] in rows


def test_no_cell_of_the_report_is_taken_for_a_formula(staff_client):
    question = files.asked("TE", "SL", "=HYPERLINK(1)", tag="+Q1")
    preview = upload(staff_client, files.qsf(question), "visit.qsf")

    report = staff_client.post(NEW, {"held": held_in(preview), "report": "csv"})

    rows = list(csv.reader(io.StringIO(report.content.decode("utf-8-sig"))))
    assert rows[1][:2] == ["'+Q1", "'=HYPERLINK(1)"]


def test_texts_of_a_file_are_never_markup_on_the_page(staff_client):
    text = "&lt;img src=x onerror=alert(1)&gt; satisfied?"
    question = files.asked("Slider", "STAR", text, Configuration={"StarCount": 5})

    page = upload(staff_client, files.qsf(question), "visit.qsf").content.decode()

    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt; satisfied?" in page


def test_survey_in_a_language_of_its_own_keeps_it_in_the_settings(staff_client):
    question = files.asked("TE", "SL", "Como foi?")
    preview = upload(staff_client, files.qsf(question, language="PT-BR"), "visit.qsf")
    staff_client.post(NEW, {"held": held_in(preview), "mode": "named"})
    address = reverse("surveys:survey_settings", args=["a-visit"])
    form = staff_client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}

    response = staff_client.post(
        address, {k: v for k, v in values.items() if v not in (None, False)}
    )

    assert response.status_code == 302
    assert Survey.objects.get().languages == ["pt-br"]


def test_paper_has_every_question_with_its_answers(staff_client):
    draft = factories.make_draft(factories.make_survey())

    page = staff_client.get(reverse("surveys:survey_print", args=[draft.survey.slug]))

    text = page.content.decode()
    for question in draft.questions.all():
        assert question.text["en"] in text
    assert text.count('class="paper-box') == sum(
        question.choices.count() for question in draft.questions.all()
    )


FORMS = {
    "text_block": "text",
    "long_text": "lines",
    "matrix": "rows",
    "expectation_pair": "rows",
    "ranking": "list",
    "multiple_choice": "list",
    "consent": "list",
    "rating": "scale",
    "recommendation": "scale",
    "number": "line",
    "email": "line",
}


@pytest.mark.parametrize("kind", QuestionType.values)
def test_every_question_type_can_be_printed(staff_client, kind):
    document = small_document()
    question = document["sections"][0]["questions"][0]
    question |= {"type": kind, "role": "", "settings": {}}
    if not HANDLERS[kind].has_choices:
        question["choices"] = []
    survey = factories.make_survey()
    build_draft(survey=survey, document=document)

    response = staff_client.get(reverse("surveys:survey_print", args=[survey.slug]))

    (item,) = response.context["sections"][0][2]
    assert "How satisfied are you?" in response.content.decode()
    assert item.form == FORMS.get(kind, item.form)


def test_paper_is_printed_in_the_language_asked_for(staff_client):
    survey = factories.make_survey(
        title={"en": "Ours", "zh-hans": "我们的"}, languages=["en", "zh-hans"]
    )
    factories.make_draft(survey)
    address = reverse("surveys:survey_print", args=[survey.slug])

    assert "<h1>我们的</h1>" in staff_client.get(address + "?language=zh-hans").content.decode()
    assert "<h1>Ours</h1>" in staff_client.get(address + "?language=xx").content.decode()


def test_paper_says_for_whom_a_question_is(staff_client):
    survey = factories.make_survey(languages=["en", "zh-hans"])
    draft = factories.make_draft(survey)
    rule = {"all": [{"subject": "answer.overall", "operator": "is_at_most", "values": [2]}]}
    draft.questions.filter(key="comment").update(rule=rule)
    draft.sections.filter(position=1).update(
        rule={"all": [{"subject": "language", "operator": "is", "values": ["en"]}]}
    )
    address = reverse("surveys:survey_print", args=[survey.slug])

    printed = staff_client.get(address).content.decode()

    assert "Only if “How about overall?” is at most 2." in printed
    assert printed.count("paper-condition") == 2
    assert "Only if the language of the page is English" in printed
