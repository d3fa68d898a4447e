"""R14–R16: what happens to a page that stands open, and that no answer is lost or doubled.

Each group ends with a control that loses, doubles or leaks once the protection is off.
"""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect

from surveys.enums import QuestionType
from surveys.models import Question, Response, ResponseDraft, Section
from surveys.questionnaire import frozen_questionnaire
from surveys.views.respond import answering as respond
from surveys.views.respond import doors
from surveys.views.respond.pages import blank_questions, page_with_slots
from tests import factories

from .conftest import answer_all, hidden_fields, send

FIRST = {"overall": "5", "again": "4", "recommend": "9"}
LAST = {"staff": "na", "comment": "Good."}
OPENED = datetime(2026, 3, 27, 12, tzinfo=UTC)


# R14: a page that stays open while things change around it ---------------------


def seventy_two_hours(client, settings, clock):
    clock.shift(timedelta(hours=72))


def cookies_deleted(client, settings, clock):
    client.cookies.clear()


def server_restarted(client, settings, clock):
    for cache in (frozen_questionnaire, blank_questions, page_with_slots):
        cache.cache_clear()


def key_rotated_with_fallback(client, settings, clock):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-that-is-longer-than-thirty-two-signs"


def key_rotated(client, settings, clock):
    settings.SECRET_KEY = "another-key-that-is-longer-than-thirty-two-signs"


CHANGES = [
    seventy_two_hours,
    cookies_deleted,
    server_restarted,
    key_rotated_with_fallback,
    key_rotated,
]


@pytest.fixture
def clock():
    """A clock that the test moves."""
    with time_machine.travel(OPENED, tick=False) as moved:
        yield moved


@pytest.fixture
def careful_client(new_browser):
    """A browser whose requests meet the checks against forged ones."""
    return new_browser(enforce_csrf_checks=True)


@pytest.mark.parametrize("change", CHANGES)
def test_open_page_can_be_sent_after(careful_client, settings, clock, door, change):
    """R14, 10 of 20 paths."""
    second = send(careful_client, door.address, FIRST)["Location"]
    form = hidden_fields(careful_client.get(second)) | LAST

    change(careful_client, settings, clock)
    careful_client.post(second, form)

    assert Response.objects.get().answers == FIRST | LAST


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_filled_in_is_shown_again_after(careful_client, settings, clock, door, change):
    """R14, the other 10: what was sent and what was only typed."""
    second = send(careful_client, door.address, FIRST)["Location"]
    send(careful_client, second, LAST, _typed="1")

    change(careful_client, settings, clock)
    page = careful_client.get(second)
    send(careful_client, second, LAST)

    assert ">\nGood.</textarea>" in page.text
    assert Response.objects.get().answers == FIRST | LAST


def guarded(view):
    """A customer's view as it would be with a token in a cookie."""
    return csrf_protect(view.__wrapped__)


urlpatterns = [
    path("s/<str:slug>/", guarded(respond.respond_public)),
    path("s/<str:slug>/<str:submission_id>/<str:page>/", guarded(respond.respond_public)),
    path("", include("config.urls")),
]


@pytest.mark.urls(__name__)
def test_answers_are_lost_where_a_page_depends_on_a_cookie(careful_client, public):
    """Control of R14."""
    reply = send(careful_client, public.address, FIRST)

    assert reply.status_code == 403
    assert not ResponseDraft.objects.exists()


# R15: two of everything --------------------------------------------------------


def back(browser, other, address):
    second = send(browser, address, {"overall": "1"})["Location"]
    send(browser, second, {}, _back="1")
    send(browser, address, FIRST)
    send(browser, second, LAST)


def refresh(browser, other, address):
    first = hidden_fields(browser.get(address)) | FIRST
    second = [browser.post(address, first) for _ in range(2)][1]["Location"]
    last = hidden_fields(browser.get(second)) | LAST
    thanks = [browser.post(second, last) for _ in range(3)][2]["Location"]
    browser.get(thanks)


def two_tabs(browser, other, address):
    kept = send(browser, address, {"overall": "1"})
    opened_later = hidden_fields(browser.get(address))
    tabs = [hidden_fields(browser.get(kept["Location"])) for _ in range(2)]
    browser.post(address, opened_later | FIRST)
    for tab in tabs:
        browser.post(kept["Location"], tab | LAST)


def two_devices(browser, other, address):
    second = send(browser, address, FIRST)["Location"]
    other.get(address)
    form = hidden_fields(other.get(second)) | LAST
    other.post(second, form)
    send(browser, second, LAST)


def without_javascript(browser, other, address):
    answer_all(browser, address, first=FIRST, second=LAST)


def page_from_the_cache_of_the_browser(browser, other, address):
    first = hidden_fields(browser.get(address))
    second = browser.post(address, first | FIRST)["Location"]
    last = hidden_fields(browser.get(second)) | LAST
    browser.post(second, last)
    browser.post(address, first | FIRST)
    browser.post(second, last)


HABITS = [
    back,
    refresh,
    two_tabs,
    two_devices,
    without_javascript,
    page_from_the_cache_of_the_browser,
]


@pytest.mark.parametrize("habit", HABITS)
def test_one_person_is_one_response_with_all_answers(new_browser, door, habit):
    """R15, 12 paths."""
    habit(new_browser(), new_browser(), door.address)

    assert [one.answers for one in Response.objects.all()] == [FIRST | LAST]
    assert not ResponseDraft.objects.filter(answers__overall="5").exists()


def test_page_without_its_id_is_counted_twice(client, public):
    """Control of R15: the count sees a double."""
    for _ in range(2):
        answer_all(client, public.address, first=FIRST, second=LAST)

    assert Response.objects.count() == 2


# R16: resuming one's own answers, and nobody else's ----------------------------

PAGES = 5


@pytest.fixture
def long_survey(db):
    """A survey of five pages with a text on each."""
    survey = factories.make_survey()
    version = survey.versions.create(number=1)
    for number in range(PAGES):
        section = Section.objects.create(version=version, position=number)
        Question.objects.create(
            version=version,
            section=section,
            key=f"words{number}",
            type=QuestionType.SHORT_TEXT,
            text={"en": "Your words?"},
        )
    factories.publish(version)
    return survey


@pytest.mark.parametrize("kind", ["public", "personal"])
def test_each_page_that_was_sent_is_there_after_the_browser_was_killed(
    new_browser, long_survey, kind
):
    start = f"/s/{factories.make_public_link(long_survey).slug}/"
    if kind == "personal":
        start = f"/r/{factories.make_invitation(long_survey)[1]}/"
    address, browser, restored = start, new_browser(), 0
    for number in range(PAGES - 1):
        address = send(browser, address, {f"words{number}": f"written {number}"})["Location"]
        killed, browser = browser, new_browser()
        if kind == "public":  # an anonymous link goes on in the same browser
            browser.cookies = killed.cookies
        assert f"Go on with page {number + 2}" in browser.get(start).text
        pages = [
            start,
            *(address.replace(f"/{number + 2}/", f"/{n + 1}/") for n in range(1, number + 1)),
        ]
        restored += sum(
            f'value="written {n}"' in browser.get(page).text for n, page in enumerate(pages)
        )

    assert restored == 1 + 2 + 3 + 4


def cross_read(browser, survey, size):
    """Try to read each draft by each link; gives how many pairs were tried and how many leaked."""
    public = [factories.make_public_link(survey) for _ in range(size // 2)]
    personal = [factories.make_invitation(survey) for _ in range(size - size // 2)]
    doors = [f"/s/{link.slug}/" for link in public] + [f"/r/{token}/" for _one, token in personal]
    drafts = [
        ResponseDraft.objects.create(
            submission_id=f"00000000-0000-4000-8000-{number:012}",
            version=survey.versions.get(),
            answers={"words0": f"written by {number}"},
            language="en",
            public_link=public[number] if number < len(public) else None,
            invitation=None if number < len(public) else personal[number - len(public)][0],
        )
        for number in range(size)
    ]
    leaks = 0
    for own, other in itertools.product(range(size), repeat=2):
        browser.cookies["answers"] = str(drafts[other].pk)
        page = browser.get(doors[own]).text
        leaks += own != other and f'value="written by {other}"' in page
    return size * size, leaks


def test_nobody_reads_what_others_wrote(client, long_survey):
    assert cross_read(client, long_survey, 20) == (400, 0)


@pytest.mark.long
def test_nobody_reads_what_others_wrote_in_10_000_tries(client, long_survey):
    assert cross_read(client, long_survey, 100) == (10_000, 0)


def test_drafts_leak_where_the_link_is_not_asked_for(client, long_survey, monkeypatch):
    """Control of R16: a draft that is found by its id alone."""
    found_by_id = lambda _link, submission_id: ResponseDraft.objects.get(pk=submission_id)  # noqa: E731
    monkeypatch.setattr(doors, "draft_of", found_by_id)

    _pairs, leaks = cross_read(client, long_survey, 6)

    assert leaks > 0
