"""Large questionnaires and long texts: they work, and over the limit nothing typed is lost."""

from urllib.parse import urlencode

import pytest
from django.conf import settings

from surveys.definitions.findings import errors_in
from surveys.models import Response
from surveys.questionnaire import questionnaire_of
from surveys.services.definitions import build_draft
from tests import factories
from tests.surveys.views.conftest import hidden_fields

from .samples import document_of

pytestmark = pytest.mark.django_db


def survey_of(questions):
    """A published survey that asks everything on one page, and its address."""
    survey = factories.make_survey()
    document = {
        "title": {"en": "Long"},
        "default_language": "en",
        "languages": ["en"],
        "page_layout": "single",
        "sections": [{"questions": questions}],
    }
    factories.publish(build_draft(survey=survey, document=document))
    return survey, f"/s/{factories.make_public_link(survey).slug}/"


def test_1500_inputs_are_stored(client):
    _survey, address = survey_of([document_of("short_text", key=f"q{n}") for n in range(1_500)])
    form = hidden_fields(client.get(address)) | {f"q{n}": f"answer {n}" for n in range(1_500)}

    reply = client.post(address, form)

    assert reply.status_code == 303
    assert Response.objects.get().answers["q1499"] == "answer 1499"


def test_100_kb_of_chinese_are_stored(client):
    _survey, address = survey_of([document_of("long_text")])
    text = "很好。" * 33_333

    reply = client.post(address, hidden_fields(client.get(address)) | {"q": text})

    assert reply.status_code == 303
    assert Response.objects.get().answers["q"] == text


def test_a_longer_text_comes_back_with_a_sentence(client):
    _survey, address = survey_of([document_of("long_text"), document_of("email", key="mail")])
    text = "x" * 100_001

    reply = client.post(
        address, hidden_fields(client.get(address)) | {"q": text, "mail": "ann@example.org"}
    )

    page = reply.content.decode()
    assert reply.status_code == 422
    assert "Please shorten this answer to 100000 characters; it has 100001." in page
    assert text in page
    assert "ann@example.org" in page
    assert not Response.objects.exists()


def test_a_page_that_could_not_be_sent_cannot_be_published():
    choices = [
        {"code": f"c{n}", "label": {"en": f"Answer {n}"}, "kind": "scored", "value": None}
        for n in range(200)
    ]
    questions = [document_of("multiple_choice", key=f"q{n}", choices=choices) for n in range(30)]
    survey, _address = survey_of(questions)

    found = [finding.sentence for finding in errors_in(questionnaire_of(survey.versions.get()))]

    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS < 30 * 200
    assert found == ["Page 1 has 6030 inputs; 4950 can be sent at once."]


def test_more_long_texts_than_a_page_can_carry_cannot_be_published():
    survey, _address = survey_of([document_of("long_text", key=f"q{n}") for n in range(12)])

    found = [finding.sentence for finding in errors_in(questionnaire_of(survey.versions.get()))]

    assert found == ["Page 1 has so many long texts that they cannot be sent at once."]


def test_a_full_page_of_long_texts_is_stored(client):
    _survey, address = survey_of([document_of("long_text", key=f"q{n}") for n in range(11)])
    text = "好" * 100_000
    body = urlencode(hidden_fields(client.get(address)) | {f"q{n}": text for n in range(11)})

    reply = client.post(address, body, content_type="application/x-www-form-urlencoded")

    assert reply.status_code == 303
    assert Response.objects.get().answers["q10"] == text
