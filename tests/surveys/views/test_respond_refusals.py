"""Pages that come back: something is missing, wrong, damaged, or cannot be stored now."""

import re
from urllib.parse import quote, urlencode

import pytest
from django.db import OperationalError, connection

from surveys.models import Response, ResponseDraft
from tests import factories

from .conftest import hidden_fields, send

HOSTILE = [
    "\x00",
    "\ud800",
    "٤",
    "5" * 4400,
    "NaN",
    "<script>alert(1)</script>",
    "'; DROP TABLE surveys_response; --",
    "{{ 7*7 }}",
    "%00",
    "\u202etxt",
    "x" * 70_000,
]


def test_missing_answer_brings_the_page_back(client, door):
    page = send(client, door.address, {"again": "4"})

    text = page.content.decode()
    assert page.status_code == 422
    assert "<title>Error: " in text
    assert re.search(r'class="summary" role="alert" tabindex="-1" autofocus', text)
    assert '<a href="#q-overall-1">' in text
    assert 'aria-describedby="q-overall-error"' in text
    assert 'name="again" value="4" checked' in text


def test_answers_are_shown_again_letter_by_letter(client, single_page):
    link = factories.make_public_link(single_page)
    words = '\n <b>"Good" & 好</b>\n\nso'

    page = send(client, f"/s/{link.slug}/", {"comment": words})
    assert page.status_code == 422
    stored = client.post(
        f"/s/{link.slug}/", hidden_fields(page) | {"comment": words, "overall": "5"}
    )

    assert "&lt;b&gt;&quot;Good&quot; &amp; 好" in page.content.decode()
    assert stored.status_code == 303
    assert Response.objects.get().answers["comment"] == words


def test_page_left_out_comes_back_at_the_end(client, door):
    kept = send(client, door.address, {"overall": "5"})
    ResponseDraft.objects.update(answers={})

    page = send(client, kept["Location"], {"comment": "Kept."})

    assert page.status_code == 422
    assert '<a href="#q-overall-1">' in page.content.decode()
    assert ResponseDraft.objects.get().answers["comment"] == "Kept."
    assert send_again(client, door.address, page, {"overall": "4"})["Location"] == kept["Location"]


def send_again(client, address, page, answers):
    return client.post(address, hidden_fields(page) | answers)


def test_language_button_keeps_what_was_typed(client, db):
    survey = factories.make_published_survey(languages=["en", "zh-hans"])
    address = f"/s/{factories.make_public_link(survey).slug}/"

    page = send(client, address, {"overall": "2"}, _language="zh-hans")

    assert page.status_code == 200
    assert '<html lang="zh-hans" dir="ltr">' in page.content.decode()
    assert 'value="2" checked' in page.content.decode()
    assert hidden_fields(page)["_lang"] == "zh-hans"


def test_language_of_the_answers_is_kept_to_the_end(client, db):
    survey = factories.make_published_survey(languages=["en", "ar"])
    address = f"/s/{factories.make_public_link(survey).slug}/"

    kept = send(client, f"{address}?lang=ar", {"overall": "5"})
    second = client.get(kept["Location"])
    thanks = send(client, kept["Location"], {"comment": "x"})

    assert '<html lang="ar" dir="rtl">' in second.content.decode()
    assert 'lang="ar"' in client.get(thanks["Location"]).content.decode()
    assert Response.objects.get().language == "ar"


@pytest.mark.parametrize("name", ["overall", "comment", "_id", "_version", "_lang", "_language"])
def test_hostile_fields_get_a_page(client, door, name):
    form = hidden_fields(client.get(door.address)) | {"overall": "5"}

    for payload in HOSTILE:
        body = urlencode(form | {name: payload}, errors="surrogatepass")
        reply = client.post(door.address, body, content_type="application/x-www-form-urlencoded")
        assert reply.status_code in (200, 303, 400, 422)

    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "address", ["/s/{}/", "/r/{}/", "{door}{}/", "{door}{}/2/", "{door}{}/thanks/"]
)
def test_hostile_addresses_get_a_page(client, public, address):
    for payload in HOSTILE:
        part = quote(payload[:2000], errors="surrogatepass")
        for query in ["", f"?a=overall:{part}", f"?lang={part}&overall={part}"]:
            reply = client.get(address.format(part, door=public.address) + query)
            assert reply.status_code in (200, 302, 404)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"comment=" + b"x" * 3_000_000),
        ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % n for n in range(6000))),
        ("application/x-www-form-urlencoded; charset=utf-16", b"overall=5"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/json", b'{"overall": 5}'),
        ("text/plain", b"\xff\xfe"),
    ],
)
def test_damaged_bodies_get_a_page(client, door, content_type, body):
    reply = client.post(door.address, body, content_type=content_type)

    assert reply.status_code == 400
    assert "could not read this page" in reply.content.decode()


def test_database_that_does_not_answer_leaves_the_answers_in_the_page(client, door):
    form = hidden_fields(client.get(door.address)) | {"overall": "5", "comment": "Ah & oh"}

    with connection.execute_wrapper(fail):
        page = client.post(door.address, form)

    assert page.status_code == 503
    assert int(page["Retry-After"]) > 0
    assert hidden_fields(page) == form
    assert client.post(door.address, hidden_fields(page)).status_code == 303


def test_database_that_does_not_write_leaves_the_answers_in_the_page(client, door):
    form = hidden_fields(client.get(door.address)) | {"overall": "5"}

    with connection.execute_wrapper(fail_to_write):
        page = client.post(door.address, form)

    assert page.status_code == 503
    assert 'value="5" checked' in page.content.decode()
    assert "They are still on this page" in page.content.decode()
    assert client.post(door.address, form).status_code == 303


def test_database_that_does_not_answer_a_look(client, door):
    with connection.execute_wrapper(fail):
        page = client.get(door.address)

    assert page.status_code == 503
    assert "Try again" in page.content.decode()


def fail(execute, sql, params, many, context):
    raise OperationalError("the database is away")


def fail_to_write(execute, sql, params, many, context):
    if sql.startswith(("INSERT", "UPDATE", "DELETE")):
        raise OperationalError("database is locked")
    return execute(sql, params, many, context)
