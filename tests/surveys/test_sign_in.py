"""Staff sign-in: closed to strangers, slow for guessers, in the user's language."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.enums import Role
from tests import factories

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    """Counted attempts do not reach from one test into the next."""
    cache.clear()


@pytest.fixture
def designer():
    return factories.make_user(Role.DESIGNER, username="dora")


def sign_in(client, password="a-long-password", **fields):
    return client.post(LOGIN, {"login": "dora", "password": password} | fields)


def text_of(response):
    return response.content.decode()


def test_right_password_leads_to_the_results(designer):
    response = sign_in(Client())

    assert response.url == reverse("reports:home")


def test_first_page_leads_to_the_results():
    assert Client().get("/").url == "/reports/"


def test_page_that_was_wanted_is_shown_after_the_sign_in(designer):
    response = sign_in(Client(), next=reverse("surveys:survey_list"))

    assert response.url == reverse("surveys:survey_list")


@pytest.mark.parametrize(
    "place",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "///elsewhere.example/",
        "https:\\\\elsewhere.example/",
        "/\\elsewhere.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "http:elsewhere.example",
        " https://elsewhere.example/",
        "/\r\nLocation: https://elsewhere.example/",
    ],
)
def test_other_hosts_are_no_place_to_go_after_the_sign_in(designer, place):
    for address in (
        sign_in(Client(), next=place)["Location"],
        Client().post("/language/", {"language": "en", "next": place}).get("Location", "/"),
    ):
        assert address.startswith("/")
        assert not address.startswith(("//", "/\\"))
        assert "\n" not in address


def test_wrong_password_keeps_the_name_and_not_the_password(designer):
    page = text_of(sign_in(Client(), "wrong-password"))

    assert 'value="dora"' in page
    assert "wrong-password" not in page


def test_disabled_user_does_not_get_in(designer):
    designer.is_active = False
    designer.save()
    client = Client()
    sign_in(client)

    assert client.get(reverse("surveys:survey_list")).url.startswith(LOGIN)


def test_sixth_guess_is_not_heard_even_when_it_is_right(designer):
    client = Client()
    for number in range(5):
        sign_in(client, f"guess-{number}")

    page = text_of(sign_in(client))

    assert "Too many failed login attempts" in page
    assert client.get(reverse("surveys:survey_list")).status_code == 302


def test_many_sign_ins_from_one_address_meet_the_limit(designer):
    client = Client()
    answers = [sign_in(client, "x", login=f"user-{number}").status_code for number in range(31)]

    assert answers[0] == 200
    assert answers[-1] == 429


def test_guesses_are_counted_where_every_process_sees_them(designer):
    with connection.cursor() as cursor:
        sign_in(Client(), "wrong-password")
        cursor.execute("SELECT count(*) FROM shared_cache")

        assert cursor.fetchone()[0] > 0


@pytest.mark.parametrize(
    "page",
    ["signup/", "email/", "confirm-email/", "confirm-email/abc/", "password/set/"],
)
@pytest.mark.parametrize("who", ["stranger", "staff"])
def test_pages_without_use_do_not_exist(page, who, staff_client):
    client = staff_client if who == "staff" else Client()

    assert client.get(f"/accounts/{page}").status_code == 404
    assert client.post(f"/accounts/{page}", {}).status_code == 404


@pytest.mark.parametrize("page", ["password/change/", "2fa/", "2fa/totp/activate/", "logout/"])
def test_account_pages_are_shown_in_our_layout(staff_client, page):
    staff_client.post("/accounts/reauthenticate/", {"password": "a-long-password"})

    page = text_of(staff_client.get(f"/accounts/{page}", follow=True))

    assert "surveys/site.css" in page
    assert "<h1>" in page


def test_password_is_changed(designer):
    client = Client()
    sign_in(client)

    client.post(
        "/accounts/password/change/",
        {
            "oldpassword": "a-long-password",
            "password1": "another-longer-one",
            "password2": "another-longer-one",
        },
    )

    designer.refresh_from_db()
    assert designer.check_password("another-longer-one")


def test_who_has_a_second_factor_is_asked_for_it(designer):
    Authenticator.objects.create(
        user=designer, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    client = Client()

    assert sign_in(client).url.startswith("/accounts/2fa/authenticate/")
    assert client.get(reverse("surveys:survey_list")).url.startswith(LOGIN)


def test_signing_out_takes_a_post(staff_client):
    staff_client.get("/accounts/logout/")
    assert staff_client.get(reverse("surveys:survey_list")).status_code == 200

    staff_client.post("/accounts/logout/")

    assert staff_client.get(reverse("surveys:survey_list")).status_code == 302


def test_language_is_remembered_for_the_user(designer):
    client = Client()
    client.force_login(designer)
    client.post("/language/", {"language": "zh-hant", "next": "/manage/surveys/"})

    elsewhere = Client()
    elsewhere.force_login(designer)

    assert '<html lang="zh-hant"' in text_of(elsewhere.get(reverse("surveys:survey_list")))


def test_unknown_language_changes_nothing(designer):
    client = Client()
    client.force_login(designer)
    client.post("/language/", {"language": "xx"})

    designer.refresh_from_db()
    assert designer.language == ""


def test_navigation_offers_surveys_only_to_designers(designer):
    client, viewer = Client(), Client()
    client.force_login(designer)
    viewer.force_login(factories.make_user(Role.VIEWER))
    link = f'href="{reverse("surveys:survey_list")}"'

    assert link in text_of(client.get("/accounts/password/change/"))
    assert link not in text_of(viewer.get("/accounts/password/change/"))


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [("/nothing/", 404, "There is nothing here"), ("/manage/surveys/", 403, "You may not open")],
)
def test_refusal_is_a_page_in_plain_words(address, status, words):
    client = Client()
    client.force_login(factories.make_user(Role.VIEWER))

    response = client.get(address)

    assert response.status_code == status
    assert words in text_of(response)


def test_failure_is_a_page_in_plain_words():
    assert "Something went wrong on our side" in render_to_string("500.html")


def test_customers_pages_never_look_at_a_session(designer):
    """Control: a page of staff does look at it, and at the user."""
    designer.language = "zh-hans"
    designer.save()
    client = Client()
    client.force_login(designer)

    with CaptureQueriesContext(connection) as at_the_door:
        client.get("/r/unknown-token/")
    with CaptureQueriesContext(connection) as inside:
        client.get(reverse("surveys:survey_list"))

    assert not [query for query in at_the_door.captured_queries if "session" in query["sql"]]
    assert [query for query in inside.captured_queries if "session" in query["sql"]]
