"""The colour and the name that customers see, and the page on which staff choose them."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from surveys.enums import Role
from surveys.models import Survey
from surveys.views.respond.theme import theme_url
from tests import factories

from .conftest import answer_all

pytestmark = pytest.mark.django_db
YELLOW = {"has_own_accent": "on", "accent": "#ffd54f", "sender_name": "Café Blue"}


def address(survey):
    return f"/manage/surveys/{survey.slug}/appearance/"


def test_colour_and_name_reach_every_page_of_the_survey(client, staff_client, door):
    staff_client.post(address(door.survey), YELLOW)

    first = client.get(door.address).content.decode()
    thanks = client.get(answer_all(client, door.address)["Location"]).content.decode()

    for page in (first, thanks):
        assert f'<link rel="stylesheet" href="{theme_url("#ffd54f")}">' in page
        assert '<p class="organisation">Café Blue</p>' in page
        assert "taff of Topbox" not in page


def test_style_sheet_is_small_and_kept_for_a_year(client):
    reply = client.get(theme_url("#ffd54f"))

    assert reply["Content-Type"] == "text/css"
    assert "immutable" in reply["Cache-Control"]
    assert "--accent:#ffd54f" in reply.text.partition("dark")[2]
    assert "--accent:#ffd54f" not in reply.text.partition("dark")[0]
    assert len(reply.content) < 300
    assert not reply.cookies


@pytest.mark.parametrize(
    "path",
    ["/theme/ffd54f-00000000.css", "/theme/red-00000000.css", "/theme/ffd54f.css", "/theme/-.css"],
)
def test_only_addresses_of_our_own_have_a_style_sheet(client, path):
    assert client.get(path).status_code == 404


def test_survey_without_a_colour_asks_for_no_more_than_before(client, door):
    assert "/theme/" not in client.get(door.address).content.decode()


def test_blank_page_of_one_survey_is_never_shown_in_the_colour_of_another(client):
    surveys = [factories.make_published_survey(accent=colour) for colour in ("#aa3300", "")]
    links = [factories.make_public_link(survey).slug for survey in surveys]

    pages = [client.get(f"/s/{slug}/").content.decode() for slug in links]

    assert theme_url("#aa3300") in pages[0]
    assert "/theme/" not in pages[1]


def test_new_colour_holds_at_once(client, staff_client, public):
    client.get(public.address)
    staff_client.post(address(public.survey), YELLOW)

    assert theme_url("#ffd54f") in client.get(public.address).content.decode()


def test_staff_see_what_became_of_a_colour_that_is_hard_to_read(staff_client, survey):
    staff_client.post(address(survey), YELLOW)

    page = " ".join(staff_client.get(address(survey)).content.decode().split())

    assert page.count("corrected, to be readable") == 1
    assert [float(one) for one in re.findall(r"([\d.]+) : 1</td>", page)] >= [4.5, 4.5]


def test_switching_the_own_colour_off_brings_back_that_of_the_house(staff_client, survey):
    staff_client.post(address(survey), YELLOW)
    staff_client.post(address(survey), {"accent": "#ffd54f", "sender_name": ""})

    survey.refresh_from_db()
    assert (survey.accent, survey.sender_name) == ("", "")


@pytest.mark.parametrize("accent", ["red", "#12345", "#1234567", "javascript:", "#12345g"])
def test_what_is_no_colour_is_refused_and_changes_nothing(staff_client, survey, accent):
    page = staff_client.post(address(survey), YELLOW | {"accent": accent})

    survey.refresh_from_db()
    assert page.status_code == 200
    assert survey.accent == ""
    assert "Café Blue" in page.content.decode()


def test_database_refuses_what_is_no_colour(survey):
    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(accent="red")


@pytest.mark.parametrize(
    ("role", "status"), [(Role.DESIGNER, 200), (Role.ANALYST, 403), (Role.MANAGER, 403)]
)
def test_designers_choose_the_colour(survey, role, status):
    unit = factories.make_unit() if role == Role.MANAGER else None
    client = Client()
    client.force_login(factories.make_user(role, unit=unit))

    assert client.get(address(survey)).status_code == status
