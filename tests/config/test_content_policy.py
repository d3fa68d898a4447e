"""The Content-Security-Policy of pages with one of their own, and of all others."""

from csp.constants import HEADER
from csp.decorators import csp_replace
from django.http import HttpResponse
from django.test import RequestFactory

from config.content_policy import ContentPolicyMiddleware


def policies(*views):
    """The directives of each answer, from one process."""
    middleware = [ContentPolicyMiddleware(view) for view in views]
    request = RequestFactory().get("/")
    return [
        dict(part.strip().split(" ", 1) for part in answer(request)[HEADER].split(";"))
        for answer in middleware
    ]


def plain(request):
    """A page like most."""
    return HttpResponse()


@csp_replace({"frame-ancestors": ["https://shop.example"]})
def framed(request):
    """A page that another site may show."""
    return HttpResponse()


def test_policy_of_one_page_stays_its_own():
    first, own, second = policies(plain, framed, plain)

    assert first == second
    assert own == first | {"frame-ancestors": "https://shop.example"}
    assert first["frame-ancestors"] == "'none'"
