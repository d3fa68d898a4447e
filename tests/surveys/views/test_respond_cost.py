"""What a customer's request costs: few queries, and nothing of a session."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from surveys.views.respond.pages import page_with_slots
from tests import factories

from .conftest import hidden_fields, send

FRAMING = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def statements(captured):
    """What was asked of the database, without the frame of a transaction."""
    return [query["sql"] for query in captured if not query["sql"].startswith(FRAMING)]


@pytest.fixture
def single(client, single_page, request):
    """A one-page survey by a public or a personal link, already shown once by this process."""
    address = f"/s/{factories.make_public_link(single_page).slug}/"
    if request.param == "personal":
        address = f"/r/{factories.make_invitation(single_page)[1]}/"
    client.get(address)
    return address


@pytest.mark.parametrize(
    ("single", "number"), [("public", 1), ("personal", 3)], indirect=["single"]
)
def test_opening_takes_few_queries(client, single, number):
    with CaptureQueriesContext(connection) as captured:
        client.get(single)

    assert len(statements(captured)) == number


@pytest.mark.parametrize(
    ("single", "number"), [("public", 3), ("personal", 6)], indirect=["single"]
)
def test_sending_takes_few_queries(client, single, number):
    form = hidden_fields(client.get(single)) | {"overall": "5"}

    with CaptureQueriesContext(connection) as captured:
        client.post(single, form)

    assert len(statements(captured)) == number


def test_link_and_survey_are_seen_as_they_stand_now(client, single_page):
    link = factories.make_public_link(single_page)
    seen = [client.get(f"/s/{link.slug}/").status_code]

    for values in ({"is_active": False}, {"is_active": True}):
        type(link).objects.filter(pk=link.pk).update(**values)
        seen.append(client.get(f"/s/{link.slug}/").status_code)
    type(single_page).objects.update(archived_at=timezone.now())
    seen.append(client.get(f"/s/{link.slug}/").status_code)

    assert seen == [200, 403, 200, 410]


def test_last_page_takes_nine_queries_at_most(client, door):
    kept = send(client, door.address, {"overall": "5"})
    form = hidden_fields(client.get(kept["Location"])) | {"comment": "Good."}

    with CaptureQueriesContext(connection) as captured:
        client.post(kept["Location"], form)

    assert len(statements(captured)) <= 9


def test_signed_in_staff_answer_like_anybody(staff_client, door):
    with CaptureQueriesContext(connection) as captured:
        page = staff_client.get(door.address)

    assert not [sql for sql in statements(captured) if "session" in sql or "surveys_user" in sql]
    assert not page.cookies
    assert "Cookie" not in page.get("Vary", "")


def test_blank_page_of_another_is_filled_with_ones_own_address_and_id(client, survey):
    addresses = [f"/s/{factories.make_public_link(survey).slug}/" for _ in range(2)]

    pages = [client.get(address) for address in [*addresses, addresses[0]]]

    assert page_with_slots.cache_info().hits == 2
    assert f'action="{addresses[0]}"' in pages[0].text
    assert f'action="{addresses[1]}"' in pages[1].text
    assert addresses[0] not in pages[1].text
    assert len({hidden_fields(page)["_id"] for page in pages}) == 3
