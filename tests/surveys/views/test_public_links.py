"""What a public link may be given: an end, a maximum, a frame, a trap."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.errors import Full
from surveys.models import Response
from surveys.questionnaire import questionnaire_of
from surveys.services.complaints import begin_complaint
from surveys.services.submit_response import submit_response
from surveys.tokens import new_token
from tests import factories

from .conftest import answer_all, hidden_fields, send

pytestmark = pytest.mark.django_db


def test_link_with_a_maximum_takes_so_many_and_says_why_no_more(client, single_page):
    link = factories.make_public_link(single_page, maximum_answers=2)
    address = f"/s/{link.slug}/"
    pages = [hidden_fields(client.get(address)) | {"overall": "5"} for _ in range(3)]

    replies = [client.post(address, page) for page in pages]

    assert [reply.status_code for reply in replies] == [303, 303, 410]
    assert "has all the answers it needs" in replies[2].content.decode()
    assert Response.objects.count() == 2


def test_last_answer_of_a_full_link_can_be_repeated(client, single_page):
    link = factories.make_public_link(single_page, maximum_answers=1)
    page = hidden_fields(client.get(f"/s/{link.slug}/")) | {"overall": "5"}
    first = client.post(f"/s/{link.slug}/", page)

    again = client.post(f"/s/{link.slug}/", page)

    assert (again.status_code, again["Location"]) == (303, first["Location"])
    assert client.get(first["Location"]).status_code == 200


def test_answer_in_hand_is_refused_once_another_took_the_last_place(single_page):
    link = factories.make_public_link(single_page, maximum_answers=1)
    sent = {
        "questionnaire": questionnaire_of(single_page.versions.get()),
        "answers": {"overall": "5"},
        "language": "en",
        "public_link": link,
    }
    submit_response(submission_id=uuid.uuid4(), **sent)

    with pytest.raises(Full):
        submit_response(submission_id=uuid.uuid4(), **sent)

    assert Response.objects.count() == 1


def test_test_answers_and_programs_take_no_place(client, single_page):
    link = factories.make_public_link(single_page, maximum_answers=1)
    address = f"/s/{link.slug}/"
    send(client, address, {"overall": "1"}, _website="http://spam.example")

    person = send(client, address, {"overall": "5"})

    assert person.status_code == 303
    assert Response.objects.filter(is_suspected_bot=False).count() == 1


def test_program_that_fills_in_everything_is_thanked_and_marked(client, public):
    kept = send(client, public.address, {"overall": "5"})

    reply = send(client, kept["Location"], {"comment": "Buy now"}, _website="http://spam.example")

    assert "thanks" in reply["Location"]
    assert Response.objects.get().is_suspected_bot


def test_person_is_not_marked(client, door):
    answer_all(client, door.address)

    assert not Response.objects.get().is_suspected_bot


def test_trap_is_hidden_from_screen_readers_and_keyboards(client, public):
    html = client.get(public.address).content.decode()

    assert '<div class="trap" aria-hidden="true">' in html
    assert 'name="_website" value="" tabindex="-1" autocomplete="off"' in html


def test_personal_link_has_no_trap(client, personal):
    assert "_website" not in client.get(personal.address).content.decode()


def frame_rules(reply):
    """Who may show a page in a frame, by both headers."""
    parts = dict(
        part.strip().partition(" ")[::2] for part in reply["Content-Security-Policy"].split(";")
    )
    return parts["frame-ancestors"], reply.get("X-Frame-Options")


def test_only_the_named_sites_may_show_the_link(client, survey):
    site = "https://www.example.org"
    link = factories.make_public_link(survey, embed_hosts=[site, "https://shop.example"])
    address = f"/s/{link.slug}/"
    token = new_token()
    begin_complaint(token=token, language="en", public_link=link)
    kept = send(client, address, {"overall": "5"})
    thanks = send(client, kept["Location"], {"comment": "x"})["Location"]

    rules = {frame_rules(client.get(page)) for page in (address, thanks, f"/c/{token}/")}
    wrong = client.post(address, hidden_fields(client.get(address)))

    assert rules == {(f"{site} https://shop.example", None)}
    assert wrong.status_code == 422
    assert frame_rules(wrong)[0] == f"{site} https://shop.example"


def test_frame_is_allowed_when_the_link_is_paused(client, survey):
    link = factories.make_public_link(survey, embed_hosts=["https://a.example"], is_active=False)

    page = client.get(f"/s/{link.slug}/")

    assert page.status_code == 403
    assert frame_rules(page) == ("https://a.example", None)


@pytest.mark.parametrize("address", ["/s/nowhere/", "/r/nowhere/", "/accounts/login/", "{other}"])
def test_no_other_page_may_be_framed(client, survey, address):
    factories.make_public_link(survey, embed_hosts=["https://www.example.org"])
    other = factories.make_public_link(survey)

    page = client.get(address.format(other=f"/s/{other.slug}/"))

    assert frame_rules(page) == ("'none'", "DENY")


def form_of(**values):
    return {"name": "Poster", "channel": "qr"} | values


def test_designer_sets_times_in_the_zone_of_the_survey(staff_client, survey):
    survey.time_zone = "Asia/Shanghai"
    survey.save()
    times = {"opens_at": "2026-12-01T09:00", "closes_at": "2026-12-24T18:00"}

    staff_client.post(f"/manage/surveys/{survey.slug}/links/add/", form_of(**times))
    page = staff_client.get(f"/manage/surveys/{survey.slug}/links/").content.decode()

    link = survey.public_links.get()
    assert link.opens_at.isoformat() == "2026-12-01T01:00:00+00:00"
    assert "Opens: Dec. 1, 2026, 9 a.m." in page
    assert "Times are times in Asia/Shanghai." in page


def test_designer_sets_everything_else(staff_client, survey):
    values = {
        "maximum_answers": "500",
        "is_kiosk": "on",
        "embed_hosts": "www.Example.org\nhttp://127.0.0.1:8080/page\nhttps://www.example.org",
    }

    staff_client.post(f"/manage/surveys/{survey.slug}/links/add/", form_of(**values))

    link = survey.public_links.get()
    assert (link.maximum_answers, link.is_kiosk) == (500, True)
    assert link.embed_hosts == ["https://www.example.org", "http://127.0.0.1:8080"]
    page = staff_client.get(f"/manage/surveys/{survey.slug}/links/{link.pk}/").content.decode()
    assert f'&lt;iframe src="http://127.0.0.1:8000/s/{link.slug}/" title="{survey}"' in page


@pytest.mark.parametrize(
    "site",
    [
        "*",
        "https://*.example.org",
        "javascript:alert(1)",
        "https://a.example;script-src",
        "https://user@a.example",
        "https://a.example\\@b.example",
        "'self'",
        "data:text/html,x",
        "https://",
        "https://a.example:99999",
    ],
)
def test_what_is_no_web_site_is_refused(staff_client, survey, site):
    page = staff_client.post(f"/manage/surveys/{survey.slug}/links/add/", form_of(embed_hosts=site))

    assert page.status_code == 200
    assert "is not a web site" in page.content.decode()
    assert not survey.public_links.exists()


@pytest.mark.parametrize("number", ["0", "-1", "1000001", "many"])
def test_impossible_maximum_is_refused(staff_client, survey, number):
    page = staff_client.post(
        f"/manage/surveys/{survey.slug}/links/add/", form_of(maximum_answers=number)
    )

    assert "invalid-feedback" in page.content.decode()
    assert not survey.public_links.exists()


def test_list_says_how_many_of_how_many(staff_client, client, single_page):
    link = factories.make_public_link(single_page, maximum_answers=1)
    send(client, f"/s/{link.slug}/", {"overall": "5"})
    send(client, f"/s/{link.slug}/", {"overall": "5"}, _website="x")

    page = staff_client.get(f"/manage/surveys/{single_page.slug}/links/").content.decode()

    assert "1 response of at most 1" in page
    assert "Takes no answers" in page


def test_paused_link_is_resumed(staff_client, client, public):
    pages = f"/manage/surveys/{public.survey.slug}/links/{public.link.pk}"

    staff_client.post(f"{pages}/close/")
    assert client.get(public.address).status_code == 403
    staff_client.post(f"{pages}/open/")

    assert client.get(public.address).status_code == 200


@pytest.mark.parametrize(
    ("times", "status"),
    [
        ({"opens_at": timedelta(hours=1)}, 403),
        ({"opens_at": timedelta(hours=-1)}, 200),
        ({"closes_at": timedelta(hours=1)}, 200),
        ({"closes_at": timedelta(hours=-1)}, 410),
    ],
)
def test_link_opens_and_closes_by_itself(client, survey, times, status):
    moments = {name: timezone.now() + shift for name, shift in times.items()}
    link = factories.make_public_link(survey, **moments)

    assert client.get(f"/s/{link.slug}/").status_code == status


def test_qr_codes_come_as_drawing_and_as_bitmap(staff_client, public):
    pages = f"/manage/surveys/{public.survey.slug}/links/{public.link.pk}"

    drawing, bitmap = (staff_client.get(f"{pages}/qr.{kind}") for kind in ("svg", "png"))

    assert drawing["Content-Type"] == "image/svg+xml"
    assert drawing.content.startswith(b"<?xml")
    assert bitmap["Content-Type"] == "image/png"
    assert bitmap.content.startswith(b"\x89PNG\r\n")


def test_poster_is_there_in_each_language(staff_client, db):
    survey = factories.make_published_survey(
        title={"en": "Your visit", "zh-hans": "您的到访"}, languages=["en", "zh-hans"]
    )
    link = factories.make_public_link(survey)
    address = f"/manage/surveys/{survey.slug}/links/{link.pk}/poster/"

    english, chinese = (
        staff_client.get(address, {"lang": lang}).content.decode() for lang in ("en", "zh-hans")
    )

    assert '<html lang="en">' in english
    assert "Your visit" in english
    assert f"http://127.0.0.1:8000/s/{link.slug}/" in english
    assert '<html lang="zh-hans">' in chinese
    assert "您的到访" in chinese
    assert "<script" not in english
