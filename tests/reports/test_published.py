"""The page for the staff of a unit: by its link, of that unit alone, until it is withdrawn."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.editions.publishing import publish_page, withdraw_page
from reports.models import PublishedPage
from surveys.models import Unit
from tests import factories


@pytest.fixture
def page(random_survey, administrator):
    unit = Unit.objects.filter(depth=2).first()
    return publish_page(survey=random_survey, unit=unit, user=administrator)


def read(page):
    return Client().get(reverse("published_page", args=[page.token]))


def test_link_shows_the_figures_of_its_unit_to_anybody(page):
    response = read(page)

    content = response.content.decode()
    assert response.status_code == 200
    assert page.unit.name in content
    assert "95% interval" in content
    assert "Shop 1" not in content
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.cookies


def test_comment_is_not_on_the_page(page):
    factories.make_response(
        page.survey, {"overall": "1", "comment": "Ms Lin was rude"}, unit=page.unit
    )

    assert "Ms Lin" not in read(page).content.decode()


def test_few_answers_show_nothing(survey, administrator):
    unit = factories.make_unit("Kiosk")
    for _ in range(4):
        factories.make_response(survey, {"overall": "5"}, unit=unit)
    page = publish_page(survey=survey, unit=unit, user=administrator)

    hidden = read(page).content.decode()
    factories.make_response(survey, {"overall": "5"}, unit=unit)
    shown = read(page).content.decode()

    assert "95% interval" not in hidden
    assert "95% interval" in shown  # control


def test_withdrawn_link_leads_nowhere_and_a_new_one_is_another(page, administrator):
    withdraw_page(page)
    again = publish_page(survey=page.survey, unit=page.unit, user=administrator)

    assert read(page).status_code == 404
    assert read(again).status_code == 200
    assert again.token != page.token


def test_publishing_twice_gives_the_same_link(page, administrator):
    again = publish_page(survey=page.survey, unit=page.unit, user=administrator)

    assert again == page
    assert len(page.token) >= 27


def test_manager_publishes_and_withdraws_own_units_only(random_survey, administrator):
    own, other, _third = Unit.objects.filter(depth=2)
    manager = Client()
    manager.force_login(factories.make_user("manager", unit=own))
    foreign = publish_page(survey=random_survey, unit=other, user=administrator)
    address = reverse("reports:page_publish", args=[random_survey.slug])

    refused = manager.post(address, {"unit": other.code})
    manager.post(address, {"unit": own.code})
    kept = manager.post(reverse("reports:page_withdraw", args=[foreign.pk]))
    listed = manager.get(reverse("reports:edition_list", args=[random_survey.slug]))

    assert (refused.status_code, kept.status_code) == (404, 404)
    assert PublishedPage.objects.filter(unit=own, withdrawn_at=None).exists()
    assert read(foreign).status_code == 200
    assert foreign.token not in listed.content.decode()


def test_viewer_and_stranger_publish_nothing(survey):
    unit = factories.make_unit("Shop")
    address = reverse("reports:page_publish", args=[survey.slug])
    viewer = Client()
    viewer.force_login(factories.make_user("viewer"))

    assert viewer.post(address, {"unit": unit.code}).status_code == 403
    assert Client().post(address, {"unit": unit.code}).status_code == 302
    assert not PublishedPage.objects.exists()
