"""The thank-you page: rewards, where it leads, and what staff set."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from surveys.enums import SurveyMode
from surveys.models import RewardCode
from tests import factories

from .conftest import answer_all, hidden_fields, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def rewarding(single_page):
    """A survey on one page with three codes to give."""
    single_page.gives_reward_codes = True
    single_page.save()
    for number in range(3):
        single_page.reward_codes.create(code=f"TEA-{number}")
    return single_page


def thanks_of(client, survey, overall="5"):
    link = factories.make_public_link(survey)
    return send(client, f"/s/{link.slug}/", {"overall": overall})["Location"]


def test_thank_you_page_says_saved_what_is_next_and_whom_to_ask(client, door, settings):
    settings.CONTACT_EMAIL = "ask@example.org"

    page = client.get(answer_all(client, door.address)["Location"]).content.decode()

    assert "Your answers are saved" in page
    assert "What happens next" in page
    assert "mailto:ask@example.org" in page
    assert "Its address will show it again" in page


def test_anonymous_survey_says_that_nobody_can_tell(client, db):
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)
    link = factories.make_public_link(survey)

    page = client.get(answer_all(client, f"/s/{link.slug}/")["Location"]).content.decode()

    assert "Nobody can tell which ones are yours" in page


def test_code_is_given_and_shown_again_on_reload(client, rewarding, new_browser):
    thanks = thanks_of(client, rewarding)

    pages = [browser.get(thanks).content.decode() for browser in (client, client, new_browser())]

    assert all("TEA-0" in page for page in pages)
    assert RewardCode.objects.filter(claim__isnull=False).count() == 1


def test_same_answers_sent_again_get_no_second_code(client, rewarding):
    link = factories.make_public_link(rewarding)
    page = hidden_fields(client.get(f"/s/{link.slug}/")) | {"overall": "5"}

    for _ in range(3):
        client.post(f"/s/{link.slug}/", page)

    assert RewardCode.objects.filter(claim__isnull=False).count() == 1


def test_everybody_gets_another_code_whatever_they_answer(client, rewarding):
    pages = [client.get(thanks_of(client, rewarding, score)).content.decode() for score in "135"]

    assert ["TEA-0" in pages[0], "TEA-1" in pages[1], "TEA-2" in pages[2]] == [True] * 3


def test_customer_and_staff_are_told_when_no_code_is_left(client, staff_client, rewarding):
    for _ in range(3):
        thanks_of(client, rewarding)

    late = client.get(thanks_of(client, rewarding)).content.decode()
    links = staff_client.get(f"/manage/surveys/{rewarding.slug}/links/").content.decode()

    assert "all codes have been given out" in late
    assert "All reward codes have been given out" in links


def test_program_gets_no_code(client, rewarding):
    link = factories.make_public_link(rewarding)

    send(client, f"/s/{link.slug}/", {"overall": "5"}, _website="x")

    assert not RewardCode.objects.filter(claim__isnull=False).exists()


def test_code_survives_a_new_secret_key(client, rewarding, settings):
    thanks = thanks_of(client, rewarding)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-one-that-is-longer-than-thirty-two-signs"

    assert "TEA-0" in client.get(thanks).content.decode()


def test_code_has_no_key_to_the_response(client, rewarding):
    """A copy of the database alone does not tell which answers a code was given for."""
    thanks_of(client, rewarding)
    response, code = rewarding.responses.get(), RewardCode.objects.get(claim__isnull=False)

    relations = {
        field.related_model.__name__ for field in code._meta.get_fields() if field.is_relation
    }
    assert relations == {"Survey"}
    assert code.claim not in (str(response.submission_id), response.submission_id.hex)


def test_designer_brings_in_codes_pasted_and_as_a_file(staff_client, survey):
    address = f"/manage/surveys/{survey.slug}/after-answering/"
    file = SimpleUploadedFile("codes.csv", "Code;note\n张三-1;x\nB-2;y\n".encode())

    staff_client.post(f"{address}codes/", {"pasted": "A-1\n\n A-1 \nB-2", "file": file})
    page = staff_client.get(address).content.decode()

    survey.refresh_from_db()
    codes = set(survey.reward_codes.values_list("code", flat=True))
    assert survey.gives_reward_codes
    assert codes == {"A-1", "B-2", "张三-1"}
    assert re.findall(r"<dd>(\d+)</dd>", page) == ["0", "3"]


def test_first_column_of_a_table_is_taken(staff_client, survey):
    file = SimpleUploadedFile("codes.csv", b"code,worth\nA-1,5\nA-2,5\n")

    staff_client.post(f"/manage/surveys/{survey.slug}/after-answering/codes/", {"file": file})

    assert list(survey.reward_codes.values_list("code", flat=True)) == ["A-1", "A-2"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"pasted": " \n"}, "There is no code in the list."),
        ({"pasted": "x" * 101}, "is too long"),
        ({"pasted": "A\x07B"}, "cannot be shown"),
    ],
)
def test_list_that_cannot_be_taken_is_kept_on_the_page(staff_client, survey, given, sentence):
    page = staff_client.post(f"/manage/surveys/{survey.slug}/after-answering/codes/", given)

    assert sentence in page.content.decode()
    assert not survey.reward_codes.exists()


def test_file_that_is_no_list_is_refused_in_words(staff_client, survey):
    file = SimpleUploadedFile("codes.csv", bytes(range(256)) * 50)

    page = staff_client.post(
        f"/manage/surveys/{survey.slug}/after-answering/codes/", {"file": file}
    )

    assert page.status_code == 200
    assert not survey.reward_codes.exists()


def test_giving_no_more_codes_leaves_those_that_were_given(client, staff_client, rewarding):
    thanks = thanks_of(client, rewarding)

    staff_client.post(f"/manage/surveys/{rewarding.slug}/after-answering/codes/remove/")

    assert "TEA-0" in client.get(thanks).content.decode()
    assert RewardCode.objects.count() == 1


HOSTILE_URLS = [
    "javascript:alert(1)",
    "//evil.example",
    "https:\\\\evil.example",
    "https:/\\evil.example",
    "https://evil.example",
    "https://www.example.org.evil.example",
    "https://www.example.org@evil.example",
    "https://evil.example\\@www.example.org",
    "https://evil.example#@www.example.org",
    "https://www.example.org:80@evil.example/",
    "https://www.example.org\r\nLocation: https://evil.example",
    "https://www.example.org\tx",
    "data:text/html,x",
    "ftp://www.example.org/",
    "www.example.org",
    " https://evil.example",
    "https://www.example.org%2eevil.example",
    "https://ｗｗｗ.example.org",
    "https://",
]


@pytest.mark.parametrize("url", HOSTILE_URLS, ids=range(len(HOSTILE_URLS)))
def test_end_url_off_the_list_is_neither_taken_nor_shown(client, staff_client, door, settings, url):
    settings.END_URL_HOSTS = ["www.example.org"]
    address = f"/manage/surveys/{door.survey.slug}/after-answering/"

    refused = staff_client.post(address, {"end_url": url})
    type(door.survey).objects.update(end_url=url)  # as if the list had been longer once
    page = client.get(answer_all(client, door.address)["Location"])

    assert refused.status_code == 200
    assert "Go on to" not in page.content.decode()
    assert "Location" not in page.headers


def test_listed_end_url_is_a_link_and_no_redirection(client, staff_client, door, settings):
    settings.END_URL_HOSTS = ["www.example.org"]
    url = "https://www.example.org/thanks?a=1&b=2"
    address = f"/manage/surveys/{door.survey.slug}/after-answering/"

    saved = staff_client.post(address, {"end_url": url})
    page = client.get(answer_all(client, door.address)["Location"])

    assert saved.status_code == 302
    assert page.status_code == 200
    assert 'href="https://www.example.org/thanks?a=1&amp;b=2" rel="noopener noreferrer"' in (
        page.content.decode()
    )


def test_page_says_which_hosts_there_are(staff_client, survey, settings):
    settings.END_URL_HOSTS = ["www.example.org", "shop.example.org"]

    page = staff_client.post(
        f"/manage/surveys/{survey.slug}/after-answering/", {"end_url": "https://x.example"}
    )

    assert "www.example.org, shop.example.org" in page.content.decode()


ELSEWHERE = [
    "//evil.example",
    "https://evil.example",
    "https:\\\\evil.example",
    "javascript:alert(1)",
    "/\\evil.example",
    "\t//evil.example",
    "/\r\nLocation: https://evil.example",
]


@pytest.mark.parametrize("address", ["/accounts/login/", "/language/", "/accounts/logout/"])
@pytest.mark.parametrize("target", ELSEWHERE, ids=range(len(ELSEWHERE)))
def test_no_page_leads_to_another_host(client, address, target):
    factories.make_user(username="ada")
    fields = {"login": "ada", "password": "a-long-password", "language": "en", "next": target}

    replies = [client.get(address, {"next": target}), client.post(address, fields)]

    for reply in replies:
        led_to = reply.get("Location", "/")
        assert re.match(r"/(?![/\\])", led_to)
        assert led_to.isprintable()


def test_anonymous_customer_by_invitation_finds_the_code_again(client, db):
    """Nobody can find the answers by the link any more, but the code is there."""
    survey = factories.make_published_survey(
        mode=SurveyMode.ANONYMOUS_INVITED, gives_reward_codes=True
    )
    survey.reward_codes.create(code="TEA-0")
    _invitation, token = factories.make_invitation(survey)

    thanks = answer_all(client, f"/r/{token}/")["Location"]

    assert "TEA-0" in client.get(thanks).content.decode()
