"""Complaining in one page, and what the customer and staff see of it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from surveys.enums import ComplaintState, Role, SurveyMode
from surveys.models import Complaint
from surveys.services.complaints import begin_complaint, send_complaint
from surveys.tokens import new_token
from tests import factories

from .conftest import answer_all, hidden_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaining(door):
    """Both ways in, to a survey that takes complaints."""
    door.survey.takes_complaints = True
    door.survey.save()
    return door


def begin(client, door):
    """Answer, and press the button of the thank-you page; gives the address of the complaint."""
    page = client.get(answer_all(client, door.address)["Location"])
    reply = client.post(f"{door.address}complaint/", hidden_fields(page))
    assert reply.status_code == 303
    return reply["Location"]


def make_complaint(survey, *, unit=None, words="The soup was cold."):
    token = new_token()
    link = factories.make_public_link(survey, unit=unit)
    complaint = begin_complaint(token=token, language="en", public_link=link)
    return send_complaint(complaint=complaint, words=words), f"/c/{token}/"


def signed_in(role, unit=None):
    client = Client()
    client.force_login(factories.make_user(role, unit=unit))
    return client


def test_customer_complains_in_one_page_and_sees_the_state(client, complaining, new_browser):
    address = begin(client, complaining)
    form = {"words": "The soup was <b>cold</b>.", "contact": "ada@example.org"}

    sent = client.post(address, form)
    page = new_browser().get(address).content.decode()

    assert (sent.status_code, sent["Location"]) == (303, address)
    assert "Your complaint is received" in page
    assert "The soup was &lt;b&gt;cold&lt;/b&gt;." in page
    assert not client.cookies.get("session")


def test_complaint_is_no_part_of_the_response(client, complaining):
    client.post(begin(client, complaining), {"words": "Cold."})

    complaint = Complaint.objects.get()
    related = {field.name for field in Complaint._meta.get_fields() if field.is_relation}
    assert "response" not in related
    assert complaint.customer == (complaining.invitation and complaining.invitation.customer)


def test_token_is_stored_as_a_hash_only(client, complaining):
    token = begin(client, complaining).split("/")[2]

    complaint = Complaint.objects.get()
    assert len(token) == 27
    assert token not in str(complaint.__dict__)


def test_button_pressed_twice_begins_one(client, complaining):
    page = client.get(answer_all(client, complaining.address)["Location"])

    addresses = {
        client.post(f"{complaining.address}complaint/", hidden_fields(page))["Location"]
        for _ in range(2)
    }

    assert len(addresses) == 1
    assert Complaint.objects.count() == 1


def test_form_sent_twice_keeps_what_came_first(client, complaining):
    address = begin(client, complaining)
    client.post(address, {"words": "First."})

    again = client.post(address, {"words": "Second."})

    assert again.status_code == 303
    assert Complaint.objects.get().words == "First."


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"words": " ", "contact": "ada@example.org"}, "Please say what happened."),
        ({"words": "x" * 10_001}, "Please use at most 10000 characters."),
        ({"words": "Cold.", "contact": "x" * 201}, "Please use at most 200 characters."),
        ({"words": "Co\x00ld."}, "cannot be stored"),
    ],
)
def test_mistake_brings_the_words_back(client, complaining, form, sentence):
    page = client.post(begin(client, complaining), form)

    text = page.content.decode()
    assert page.status_code == 422
    assert sentence in text
    assert (form.get("contact") or form["words"].strip()) in text
    assert Complaint.objects.get().state == ComplaintState.BEGUN


def test_no_button_where_no_complaints_are_taken(client, door):
    page = client.get(answer_all(client, door.address)["Location"]).content.decode()

    reply = client.post(f"{door.address}complaint/", {"token": new_token()})

    assert "complaint" not in page
    assert reply.status_code == 404
    assert not Complaint.objects.exists()


def test_opening_the_address_of_the_button_begins_nothing(client, complaining):
    reply = client.get(f"{complaining.address}complaint/")

    assert (reply.status_code, reply["Location"]) == (302, complaining.address)
    assert not Complaint.objects.exists()


@pytest.mark.parametrize("token", ["", "short", "x" * 28, "ä" * 27, "../../../../../../../../a"])
def test_token_that_no_page_made_is_refused(client, complaining, token):
    reply = client.post(f"{complaining.address}complaint/", {"token": token})

    assert reply.status_code == 404
    assert not Complaint.objects.exists()


def test_anonymous_complaint_has_no_time_of_day():
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)

    complaint, _address = make_complaint(survey)

    assert complaint.received_at is None
    assert complaint.received_on is not None


def test_staff_answer_and_the_customer_reads_it_but_no_note(client, staff_client, survey):
    complaint, address = make_complaint(survey)
    page = f"/manage/complaints/{complaint.pk}/"

    staff_client.post(page, {"kind": "note", "text": "Known trouble-maker."})
    staff_client.post(page, {"kind": "answer", "text": "We are sorry."})
    seen = client.get(address).content.decode()

    assert "We are sorry." in seen
    assert "trouble-maker" not in seen
    assert "in progress" in seen
    assert "The soup was cold." in staff_client.get(page).content.decode()


def test_complaint_is_closed_and_opened_again(client, staff_client, survey):
    complaint, address = make_complaint(survey)
    state = f"/manage/complaints/{complaint.pk}/state/"

    staff_client.post(state, {"state": "closed"})
    assert "Your complaint is closed" in client.get(address).content.decode()
    staff_client.post(state, {"state": "in_progress"})

    assert "in progress" in client.get(address).content.decode()


@pytest.mark.parametrize("state", ["", "begun", "received", "x"])
def test_impossible_state_is_refused(staff_client, survey, state):
    complaint, _address = make_complaint(survey)

    staff_client.post(f"/manage/complaints/{complaint.pk}/state/", {"state": state})

    complaint.refresh_from_db()
    assert complaint.state == ComplaintState.RECEIVED


def test_abandoned_forms_are_counted(staff_client, survey):
    link = factories.make_public_link(survey)
    for _ in range(3):
        begin_complaint(token=new_token(), language="en", public_link=link)
    yesterday = timezone.now().date() - timedelta(days=1)
    Complaint.objects.update(begun_on=yesterday)
    make_complaint(survey)
    begin_complaint(token=new_token(), language="en", public_link=link)

    page = staff_client.get("/manage/complaints/").content.decode()

    figures = re.findall(r"<dd>(\d+)</dd>", page)
    assert figures == ["1", "0", "3"]


@pytest.mark.parametrize(
    ("role", "read", "write"),
    [
        (Role.ADMINISTRATOR, 200, 302),
        (Role.ANALYST, 200, 403),
        (Role.DESIGNER, 404, 404),
        (Role.VIEWER, 404, 404),
        (None, 404, 404),
    ],
)
def test_who_reads_and_who_answers(survey, role, read, write):
    complaint, _address = make_complaint(survey)
    client, page = signed_in(role), f"/manage/complaints/{complaint.pk}/"

    statuses = [
        client.get("/manage/complaints/").status_code,
        client.get(page).status_code,
        client.post(page, {"kind": "note", "text": "x"}).status_code,
        client.post(f"{page}state/", {"state": "closed"}).status_code,
    ]

    assert statuses == [read, read, write, write]


def test_manager_has_the_complaints_of_own_units_and_below(survey):
    region = factories.make_unit("Region")
    branch = factories.make_unit("Branch", parent=region)
    region.refresh_from_db()
    other = factories.make_unit("Elsewhere")
    own, _ = make_complaint(survey, unit=branch, words="Own.")
    foreign, _ = make_complaint(survey, unit=other, words="Foreign.")
    client = signed_in(Role.MANAGER, unit=region)

    page = client.get("/manage/complaints/").content.decode()

    assert ("Own." in page, "Foreign." in page) == (True, False)
    assert client.get(f"/manage/complaints/{own.pk}/").status_code == 200
    assert client.get(f"/manage/complaints/{foreign.pk}/").status_code == 404
    assert client.post(f"/manage/complaints/{foreign.pk}/state/").status_code == 404


def test_complaint_that_was_not_sent_is_nobodys_to_read(staff_client, survey):
    link = factories.make_public_link(survey)
    begun = begin_complaint(token=new_token(), language="en", public_link=link)

    assert staff_client.get(f"/manage/complaints/{begun.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_number_of_queries(
    staff_client, survey, count, django_assert_num_queries
):
    for _ in range(count):
        make_complaint(survey, unit=factories.make_unit())

    with django_assert_num_queries(6):
        staff_client.get("/manage/complaints/")


def test_program_that_fills_in_every_field_sends_no_complaint(client, complaining):
    address = begin(client, complaining)
    form = {"words": "Buy now", "contact": "bot@example.org", "_website": "https://spam.example"}

    again = client.post(address, form)

    assert again.status_code == 422
    assert Complaint.objects.get().state == ComplaintState.BEGUN
    assert "Buy now</textarea>" in again.content.decode()
    assert 'name="_website" value=""' in again.content.decode()
    assert client.post(address, form | {"_website": ""}).status_code == 303
