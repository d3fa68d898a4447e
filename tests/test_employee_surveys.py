"""Employee surveys are kept apart: no page, list or file names them to who must not see them."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.models import Edition, PublishedPage
from surveys.enums import Role, SurveyKind
from surveys.models import Complaint, Survey
from surveys.permissions import surveys_for
from tests import factories
from tests.every_url import addresses, things_to_show

TITLE = "How it is to work here"
KEPT_OUT = (Role.MANAGER, Role.ANALYST, Role.VIEWER, Role.DESIGNER)
ABOUT_ONE = ("/reports/", "/manage/surveys/", "/manage/complaints/")


@pytest.fixture
def own_media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def staff_pages(own_media, administrator):
    """Every page of staff, with a survey of employees and one of everything that belongs to it."""
    found = addresses(things_to_show(own_media, administrator))
    Survey.objects.update(kind=SurveyKind.EMPLOYEE, title={"en": TITLE}, created_by=administrator)
    survey = Survey.objects.get()
    survey.versions.update(title={"en": TITLE})
    return {
        name: address
        for name, address in found.items()
        if address.startswith(("/manage/", "/reports/")) or address == "/"
    }


def somebody(role):
    unit = factories.make_unit("Their unit") if role == Role.MANAGER else None
    client = Client()
    client.force_login(factories.make_user(role, unit=unit))
    return client


def pages_with_the_title(client, pages):
    return {
        name
        for name, address in pages.items()
        if TITLE.encode() in b"".join(client.get(address, follow=True))
    }


@pytest.mark.parametrize("role", KEPT_OUT)
def test_no_page_names_the_survey_to_who_must_not_see_it(staff_pages, role):
    assert pages_with_the_title(somebody(role), staff_pages) == set()


@pytest.mark.parametrize("role", KEPT_OUT)
def test_control_the_same_pages_name_a_survey_of_customers(staff_pages, role):
    Survey.objects.update(kind=SurveyKind.RELATIONSHIP)

    assert "reports:home" in pages_with_the_title(somebody(role), staff_pages)


@pytest.mark.parametrize("role", KEPT_OUT)
def test_every_address_of_the_survey_leads_nowhere(staff_pages, role):
    client, slug = somebody(role), Survey.objects.get().slug
    of_survey = {name: url for name, url in staff_pages.items() if f"/{slug}/" in url}

    statuses = {name: client.get(url).status_code for name, url in of_survey.items()}

    assert len(statuses) > 60
    assert set(statuses.values()) <= {404, 405}
    assert {client.post(url).status_code for url in of_survey.values()} <= {404, 405}


@pytest.mark.parametrize("role", KEPT_OUT)
def test_bulletin_and_complaint_lead_nowhere(staff_pages, role):
    client = somebody(role)
    edition, complaint = Edition.objects.get(), Complaint.objects.get()

    for name, pk in (
        ("reports:edition_detail", edition.pk),
        ("reports:edition_download", edition.pk),
        ("surveys:complaint_detail", complaint.pk),
    ):
        assert client.get(reverse(name, args=[pk])).status_code == 404


def test_administrator_sees_it_on_every_list(staff_pages, staff_client):
    seen = pages_with_the_title(staff_client, staff_pages)

    assert {"reports:home", "surveys:survey_list", "surveys:survey_detail"} <= seen
    assert {"reports:results", "reports:questions", "surveys:complaint_detail"} <= seen


def test_designer_sees_the_survey_that_is_her_own(db):
    mine, other = factories.make_user(Role.DESIGNER), factories.make_user(Role.DESIGNER)
    survey = factories.make_survey(kind=SurveyKind.EMPLOYEE, created_by=mine)

    assert list(surveys_for(mine)) == [survey]
    assert list(surveys_for(other)) == []
    mine.role_assignments.update(role=Role.VIEWER)
    del mine._topbox_assignments
    assert list(surveys_for(mine)) == []


def test_figures_are_published_to_no_unit(staff_pages, staff_client):
    survey, published = Survey.objects.get(), PublishedPage.objects.get()
    publish = reverse("reports:page_publish", args=[survey.slug])

    assert Client().get(reverse("published_page", args=[published.token])).status_code == 404
    assert staff_client.post(publish, {"unit": published.unit.code}).status_code == 403
    listed = staff_client.get(reverse("reports:edition_list", args=[survey.slug]))
    assert publish not in listed.content.decode()


def settings_of(survey, **values):
    given = {
        "title__en": "Us",
        "kind": survey.kind,
        "mode": survey.mode,
        "languages": ["en"],
        "default_language": "en",
        "time_zone": "UTC",
    }
    return given | values


def test_nobody_shuts_themselves_out(db):
    maker, other = factories.make_user(Role.DESIGNER), factories.make_user(Role.DESIGNER)
    survey = factories.make_survey(created_by=maker)
    factories.make_draft(survey)
    address = reverse("surveys:survey_settings", args=[survey.slug])

    def save(user):
        client = Client()
        client.force_login(user)
        return client.post(address, settings_of(survey, kind="employee"))

    assert "Only an administrator" in save(other).content.decode()
    assert save(maker).status_code == 302
    survey.refresh_from_db()
    assert survey.kind == SurveyKind.EMPLOYEE


def test_template_makes_an_employee_survey(db):
    designer = factories.make_user(Role.DESIGNER)
    client = Client()
    client.force_login(designer)
    new = reverse("surveys:survey_create") + "?template=employee"

    page = client.get(new)
    client.post(
        new,
        {
            "title__en": "Us",
            "kind": "employee",
            "mode": "anonymous",
            "languages": ["en"],
            "default_language": "en",
            "time_zone": "UTC",
        },
    )

    assert "seen only by administrators" in page.content.decode()
    survey = Survey.objects.get()
    assert (survey.kind, survey.created_by) == (SurveyKind.EMPLOYEE, designer)
