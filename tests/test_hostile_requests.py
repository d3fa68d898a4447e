"""R19: hostile values in every parameter of every address; nothing breaks, whoever sends them."""

import random
import re
from html import unescape
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from .every_url import addresses, things_to_show
from .hostile import bodies, payloads

pytestmark = pytest.mark.django_db

FIELD = re.compile(r"<(?:input|select|textarea|button)\b[^>]*\bname=\"([^\"]+)\"[^>]*>")
VALUE = re.compile(r"\bvalue=\"([^\"]*)\"")
QUERY = re.compile(r"[?&](?:amp;)?([a-z_]+)=")
COMMON = ["q", "page", "lang", "unit", "period", "segment", "sort", "version", "next", "a", "at"]
SIGNING_OUT = ("/accounts/logout/",)


def careless_view(request):
    """What must be caught: a number is taken for granted."""
    return HttpResponse(int(request.GET.get("page", "1")))


urlpatterns = [path("", include("config.urls")), path("careless/", careless_view, name="careless")]


@pytest.fixture
def every_address(settings, tmp_path, administrator):
    settings.MEDIA_ROOT = tmp_path
    return addresses(things_to_show(tmp_path, administrator))


def parameters_of(client, address):
    """What a page's forms would send, and the names that its links and many pages use."""
    text = b"".join(client.get(address)).decode(errors="replace")
    form = {}
    for field in FIELD.finditer(text):
        value = VALUE.search(field[0])
        form.setdefault(unescape(field[1]), unescape(value[1]) if value else "")
    form.pop("csrfmiddlewaretoken", None)
    return form, sorted({*form, *QUERY.findall(text), *COMMON})


def requests_to(client, address, texts):
    """One request for every parameter and text: asked for, sent, and in the address itself."""
    form, names = parameters_of(client, address)
    for name in names:
        for text in texts:
            yield "get", address, {name: text}
            yield "post", address, form | {name: text}
    for text in texts:
        yield "get", f"{address.rstrip('/')}{quote(text[:500], errors='replace')}/", {}


def broken(client, staff, every_address, *, count, most):
    """What answered with 5xx or raised, out of `most` requests chosen by a seed; and how many."""
    dice, texts, failures, sent = random.Random(19), payloads(count), [], 0
    for address in every_address.values():
        if address.startswith(SIGNING_OUT):
            continue
        one = staff if not address.startswith(("/s/", "/r/", "/c/", "/u/")) else client
        wanted = list(requests_to(one, address, dice.sample(texts, min(len(texts), most))))
        for method, target, values in dice.sample(wanted, min(len(wanted), most)):
            sent += 1
            try:
                reply = getattr(one, method)(target, values)
            except Exception as error:
                failures.append((method, target, values, repr(error)[:200]))
                continue
            b"".join(reply)  # closes a file that is sent
            if reply.status_code >= 500:
                failures.append((method, target, values, reply.status_code))
    return failures, sent


def visitors(administrator):
    staff = Client()
    staff.force_login(administrator)
    return Client(), staff


@pytest.mark.parametrize(
    ("count", "most"),
    [(300, 5), pytest.param(2000, 2000, marks=pytest.mark.long)],
    ids=["short", "long"],
)
def test_hostile_values_break_no_page(every_address, administrator, count, most):
    failures, sent = broken(*visitors(administrator), every_address, count=count, most=most)

    assert failures == []
    print(f"R19: {sent} requests, {count} hostile texts, {len(every_address)} addresses, 0 broken")


@pytest.mark.urls(__name__)
def test_careless_page_is_caught(every_address, administrator):
    """Control: one page among all takes its parameter for granted."""
    only = {"careless": every_address["careless"]}

    failures, _sent = broken(*visitors(administrator), only, count=300, most=300)

    assert failures
    assert {target for _method, target, _values, _why in failures} == {"/careless/"}


def test_bodies_that_are_no_form_break_no_page(every_address, administrator):
    client, staff = visitors(administrator)
    worst = {}

    for address in every_address.values():
        one = staff if not address.startswith(("/s/", "/r/", "/c/", "/u/")) else client
        for kind, body in bodies() if address.startswith(("/s/", "/r/")) else bodies()[:3]:
            reply = one.generic("POST", address, body, content_type=kind)
            if reply.status_code >= 500:
                worst[address] = (reply.status_code, kind, body[:40])

    assert worst == {}
