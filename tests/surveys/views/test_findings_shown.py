"""Remarks stand beside the question while one edits and again before publishing; none blocks."""

import pytest
from django.urls import reverse

from surveys.enums import VersionState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    draft = factories.make_draft(factories.make_survey())
    draft.questions.filter(key="staff").update(text={"en": "How fast and friendly was the staff?"})
    return draft


def shown_on(client, draft, name, *arguments):
    page = reverse(f"surveys:{name}", args=[draft.survey.slug, *arguments])
    return client.get(page).content.decode().replace("&quot;", '"')


def test_remark_stands_beside_its_question(staff_client, draft):
    own = "Remarks on this question"

    page = shown_on(staff_client, draft, "question_edit", "staff")

    assert own in page
    assert "joins two things in one question" in page.split(own)[1]
    assert own not in shown_on(staff_client, draft, "question_edit", "comment")


def test_remark_stands_before_publishing_and_does_not_block(staff_client, draft):
    page = shown_on(staff_client, draft, "survey_publish")

    assert "joins two things in one question" in page
    staff_client.post(
        reverse("surveys:survey_publish", args=[draft.survey.slug]), {"revision": draft.revision}
    )
    draft.refresh_from_db()
    assert draft.state == VersionState.PUBLISHED
