"""From a template to a published link, and the pages around it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.enums import VersionState
from surveys.models import Invitation, PublicLink, Survey
from tests import factories

pytestmark = pytest.mark.django_db

NEW = {
    "title__en": "Spring survey",
    "title__zh-hans": "",
    "title__zh-hant": "",
    "kind": "relationship",
    "mode": "named",
    "languages": ["en", "zh-hans"],
    "default_language": "en",
    "time_zone": "Asia/Taipei",
}


def text_of(response):
    return response.content.decode()


def create(client, template="xerox", **fields):
    address = reverse("surveys:survey_create") + f"?template={template}"
    return client.post(address, NEW | fields, follow=True)


def test_empty_list_says_where_to_begin(staff_client):
    page = text_of(staff_client.get(reverse("surveys:survey_list")))

    assert "No survey yet" in page
    assert reverse("surveys:survey_create") in page


def test_list_takes_the_same_number_of_queries_with_more_surveys(
    staff_client, django_assert_num_queries
):
    address = reverse("surveys:survey_list")
    factories.make_response(factories.make_published_survey(), {"overall": "5"})
    staff_client.get(address)
    with django_assert_num_queries(4):
        staff_client.get(address)
    factories.make_published_survey()
    factories.make_draft(factories.make_survey())

    with django_assert_num_queries(4):
        staff_client.get(address)


def test_list_counts_responses(staff_client):
    survey = factories.make_published_survey()
    for _number in range(3):
        factories.make_response(survey, {"overall": "5"})

    page = text_of(staff_client.get(reverse("surveys:survey_list")))

    assert '<td class="number">3</td>' in page


def test_template_leads_to_a_published_link_in_three_steps(staff_client):
    page = text_of(create(staff_client))
    survey = Survey.objects.get()
    publish = reverse("surveys:survey_publish", args=[survey.slug])
    assert publish in page

    draft = survey.versions.get()
    response = staff_client.post(
        publish, {"revision": draft.revision, "make_link": "on"}, follow=True
    )

    draft.refresh_from_db()
    link = PublicLink.objects.get()
    assert draft.state == VersionState.PUBLISHED
    assert f"/s/{link.slug}/" in text_of(response)
    assert reverse("surveys:link_qr", args=[survey.slug, link.pk]) in text_of(response)


def test_new_survey_is_as_it_was_filled_in(staff_client, administrator):
    create(staff_client, template="empty", mode="anonymous")

    survey = Survey.objects.get()
    assert survey.title == {"en": "Spring survey"}
    assert (survey.mode, survey.time_zone) == ("anonymous", "Asia/Taipei")
    assert survey.languages == ["en", "zh-hans"]
    assert survey.created_by == administrator


def test_wrong_new_survey_keeps_what_was_typed(staff_client):
    response = create(staff_client, default_language="zh-hant", title__en="Typed <b>words</b>")

    page = text_of(response)
    assert "The first language must be one of the languages." in page
    assert "Typed &lt;b&gt;words&lt;/b&gt;" in page
    assert not Survey.objects.exists()


def test_publishing_page_lists_warnings_and_still_publishes(staff_client):
    survey = factories.make_survey()
    draft = factories.make_draft(survey)
    draft.questions.filter(role="overall").delete()
    address = reverse("surveys:survey_publish", args=[survey.slug])
    assert "No question asks for overall satisfaction" in text_of(staff_client.get(address))

    staff_client.post(address, {"revision": draft.revision})

    draft.refresh_from_db()
    assert draft.state == VersionState.PUBLISHED
    assert not survey.public_links.exists()


def test_mistake_stops_publishing_with_a_sentence(staff_client):
    survey = factories.make_survey()
    draft = factories.make_draft(survey)
    draft.questions.get(key="staff").choices.all().delete()

    response = staff_client.post(
        reverse("surveys:survey_publish", args=[survey.slug]), {"revision": draft.revision}
    )

    draft.refresh_from_db()
    assert "A closed question needs two answers at least." in text_of(response)
    assert draft.is_draft


def test_publishing_an_outdated_page_shows_the_page_again(staff_client):
    survey = factories.make_survey()
    draft = factories.make_draft(survey)

    response = staff_client.post(
        reverse("surveys:survey_publish", args=[survey.slug]), {"revision": 99}, follow=True
    )

    draft.refresh_from_db()
    assert "Somebody changed this draft" in text_of(response)
    assert draft.is_draft


def test_next_draft_is_started_once(staff_client, survey):
    address = reverse("surveys:survey_next_draft", args=[survey.slug])
    staff_client.post(address)

    response = staff_client.post(address, follow=True)

    assert survey.versions.count() == 2
    assert "has a draft already" in text_of(response)


def test_published_survey_says_how_customers_get_in(staff_client, survey):
    page = reverse("surveys:survey_detail", args=[survey.slug])

    assert "no link leads to it yet" in staff_client.get(page).text
    factories.make_invitation(survey)

    shown = staff_client.get(page).text
    assert "1 customer has a personal link." in shown
    assert reverse("surveys:asking", args=[survey.slug]) in shown


def test_closed_survey_says_so(staff_client, survey):
    response = staff_client.post(reverse("surveys:survey_close", args=[survey.slug]), follow=True)

    assert survey.versions.get().state == VersionState.CLOSED
    assert "The survey is closed" in text_of(response)


def test_settings_are_saved_and_the_promise_stays(staff_client, survey):
    fields = NEW | {"title__en": "Renamed", "languages": ["en"], "purpose": "To know."}

    staff_client.post(
        reverse("surveys:survey_settings", args=[survey.slug]), fields | {"mode": "anonymous"}
    )

    survey.refresh_from_db()
    assert survey.title["en"] == "Renamed"
    assert survey.purpose == "To know."
    assert survey.mode == "named"


def test_link_is_made_in_the_time_of_the_survey(staff_client):
    survey = factories.make_published_survey(time_zone="Asia/Taipei")

    staff_client.post(
        reverse("surveys:link_add", args=[survey.slug]),
        {"name": "Poster", "channel": "qr", "opens_at": "2026-12-01T09:00"},
    )

    link = survey.public_links.get()
    assert link.opens_at.isoformat() == "2026-12-01T01:00:00+00:00"
    page = text_of(staff_client.get(reverse("surveys:link_edit", args=[survey.slug, link.pk])))
    assert 'value="2026-12-01T09:00"' in page


def test_wrong_link_keeps_what_was_typed(staff_client, survey):
    response = staff_client.post(
        reverse("surveys:link_add", args=[survey.slug]),
        {
            "name": "Typed words",
            "channel": "link",
            "opens_at": "2026-12-02T09:00",
            "closes_at": "2026-12-01T09:00",
        },
    )

    assert "A link closes after it opens." in text_of(response)
    assert "Typed words" in text_of(response)
    assert not survey.public_links.exists()


def test_link_is_closed_and_opened_by_buttons(staff_client, survey):
    link = factories.make_public_link(survey)

    staff_client.post(reverse("surveys:link_close", args=[survey.slug, link.pk]))
    link.refresh_from_db()
    assert not link.is_active

    staff_client.post(reverse("surveys:link_open", args=[survey.slug, link.pk]))
    link.refresh_from_db()
    assert link.is_active


def test_links_take_the_same_number_of_queries(staff_client, survey, django_assert_num_queries):
    address = reverse("surveys:link_list", args=[survey.slug])
    factories.make_public_link(survey)
    staff_client.get(address)
    with django_assert_num_queries(6):
        staff_client.get(address)
    factories.make_public_link(survey)
    factories.make_public_link(survey)

    with django_assert_num_queries(6):
        staff_client.get(address)


def test_qr_code_is_a_drawing(staff_client, survey):
    link = factories.make_public_link(survey)

    response = staff_client.get(reverse("surveys:link_qr", args=[survey.slug, link.pk]))

    assert response["Content-Type"] == "image/svg+xml"
    assert b"<svg" in response.content


def test_personal_link_is_shown_once(staff_client, survey):
    customer = factories.make_customer()

    response = staff_client.post(
        reverse("surveys:personal_link", args=[survey.slug]),
        {"external_id": customer.external_id, "channel": "email"},
    )

    assert "/r/" in text_of(response)
    assert Invitation.objects.get().customer == customer


def test_second_link_needs_a_second_word(staff_client, survey):
    customer = factories.make_customer(asked_at=timezone.now())
    address = reverse("surveys:personal_link", args=[survey.slug])
    filled = {"external_id": customer.external_id, "channel": "email"}

    refused = staff_client.post(address, filled)
    made = staff_client.post(address, filled | {"although_recent": "1"})

    assert "contact rule speaks against" in text_of(refused)
    assert "Make it all the same" in text_of(refused)
    assert "/r/" in text_of(made)


def test_unknown_customer_gets_no_link(staff_client, survey):
    response = staff_client.post(
        reverse("surveys:personal_link", args=[survey.slug]),
        {"external_id": "nobody", "channel": "email"},
    )

    assert "There is no customer with this number." in text_of(response)
    assert not Invitation.objects.exists()
