"""The life of versions, what differs between them, and test answers that count nowhere."""

import pytest
from django.urls import reverse

from reports.dataset import Selection
from reports.summaries import survey_results
from surveys.enums import SurveyMode, VersionState
from surveys.errors import SurveyError
from surveys.services.publishing import (
    close_survey,
    publish_version,
    reopen_survey,
    start_next_draft,
)
from tests import factories

from .conftest import send

pytestmark = pytest.mark.django_db


def page_of(client, name, survey, **query):
    return client.get(reverse(f"surveys:{name}", args=[survey.slug]), query).content.decode()


def with_changed_draft(survey):
    """The next draft, in which the overall question has other words and a point less."""
    draft = start_next_draft(survey=survey)
    overall = draft.questions.get(key="overall")
    overall.text = {"en": "How happy are you?"}
    overall.save()
    overall.choices.get(code="1").delete()
    return draft


def test_compare_page_names_the_change_and_the_broken_trend(staff_client, survey):
    with_changed_draft(survey)

    page = page_of(staff_client, "version_compare", survey)

    assert "<del>How about overall?</del>" in page
    assert "<ins>How happy are you?</ins>" in page
    assert "The scale or list had 5 answers and has 4." in page
    assert "Not comparable: the scale or the measure changed" in page


def test_compare_page_says_changed_rules_in_words(staff_client, survey):
    draft = start_next_draft(survey=survey)
    rule = {"all": [{"subject": "answer.overall", "operator": "is_at_most", "values": [2]}]}
    draft.questions.filter(key="comment").update(rule=rule)
    draft.sections.filter(position=1).update(
        rule={"all": [{"subject": "answer.again", "operator": "is_answered", "values": []}]}
    )

    page = page_of(staff_client, "version_compare", survey)

    assert "The rule changed that says who is asked this." in page
    assert "<del>Everybody is asked.</del>" in page
    assert "<ins>Shown if “How about overall?” is at most 2.</ins>" in page
    assert page.count("The rule of its section changed.") == 2
    assert "or who is asked" in page


@pytest.mark.parametrize("query", [{"old": "1", "new": "2"}, {"old": "9", "new": "x"}])
def test_compare_page_takes_any_wish(staff_client, survey, query):
    with_changed_draft(survey)

    assert "How happy are you?" in page_of(staff_client, "version_compare", survey, **query)


def test_compare_page_with_one_version_says_so(staff_client, survey):
    assert "There is only one version" in page_of(staff_client, "version_compare", survey)


def test_survey_page_says_when_by_whom_and_how_many(staff_client, administrator):
    survey = factories.make_survey()
    publish_version(version=factories.make_draft(survey), revision=0, user=administrator)
    factories.make_response(survey, {"overall": "5"})
    close_survey(survey=survey, user=administrator)
    version = survey.versions.get()

    page = page_of(staff_client, "survey_detail", survey)

    assert (version.published_by, version.closed_by) == (administrator, administrator)
    assert page.count(f"· {administrator}") == 2
    assert '<td class="number">1</td>' in page


def test_next_version_closes_the_former_in_the_publishers_name(survey, administrator):
    draft = start_next_draft(survey=survey)

    publish_version(version=draft, revision=draft.revision, user=administrator)

    assert survey.versions.get(number=1).closed_by == administrator


def test_reopened_survey_takes_answers_by_its_old_link(staff_client, client):
    survey = factories.make_published_survey()
    link = factories.make_public_link(survey)
    address = reverse("surveys:respond_public", args=[link.slug])
    close_survey(survey=survey)
    assert client.get(address).status_code == 410

    staff_client.post(reverse("surveys:survey_reopen", args=[survey.slug]))

    version = survey.versions.get()
    assert (version.state, version.closed_at) == (VersionState.PUBLISHED, None)
    assert client.get(address).status_code == 200


def test_only_a_closed_survey_is_reopened(survey):
    with pytest.raises(SurveyError, match="not closed"):
        reopen_survey(survey=survey)
    with pytest.raises(SurveyError, match="not closed"):
        reopen_survey(survey=factories.make_draft(factories.make_survey()).survey)


def answered(client, survey, **fields):
    """A single-page answer by a new public link; gives what the results then say."""
    link = factories.make_public_link(survey, **fields)
    address = reverse("surveys:respond_public", args=[link.slug])
    sent = send(client, address, {"overall": "5", "again": "5", "recommend": "10"})
    assert sent.status_code == 303
    return survey_results(Selection(survey, None), loyalties=()).span.responses


@pytest.mark.parametrize("mode", SurveyMode.values)
def test_answer_by_a_test_link_reaches_no_result(client, single_page, mode):
    single_page.mode = mode
    single_page.save()

    assert answered(client, single_page, is_test=True) == 0
    assert single_page.responses.get().is_test


def test_control_the_same_answer_by_another_link_is_counted(client, single_page):
    assert answered(client, single_page) == 1


def test_test_link_says_so_to_whoever_opens_it(client, single_page):
    link = factories.make_public_link(single_page, is_test=True)

    page = client.get(reverse("surveys:respond_public", args=[link.slug])).content.decode()

    assert "its answers are counted nowhere" in page


def test_pages_of_staff_count_test_answers_apart(staff_client, client, single_page):
    answered(client, single_page, is_test=True)

    assert "and 1 for testing" in page_of(staff_client, "survey_detail", single_page)
    assert "1 test answer" in page_of(staff_client, "link_list", single_page)


def test_link_stays_what_it_was_made_for(staff_client, survey):
    address = reverse("surveys:link_add", args=[survey.slug])
    staff_client.post(address, {"name": "Try", "channel": "link", "is_test": "on"})
    link = survey.public_links.get()
    change = reverse("surveys:link_edit", args=[survey.slug, link.pk])

    staff_client.post(change, {"name": "Try it", "channel": "link"})

    link.refresh_from_db()
    assert (link.name, link.is_test) == ("Try it", True)
    assert "is_test" not in staff_client.get(change).content.decode()


def test_preview_stores_nothing(staff_client, survey):
    address = reverse("surveys:preview_page", args=[survey.slug])

    staff_client.get(address, {"overall": "5"})

    assert staff_client.post(address, {"overall": "5"}).status_code == 405
    assert not survey.responses.exists()
