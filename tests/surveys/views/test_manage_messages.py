"""The pages of messages: writing, looking at, trying out, and deciding."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from surveys.enums import DeliveryState, Role
from surveys.models import Delivery, MessageText
from surveys.services.sending import send_next_delivery
from tests import factories
from tests.deliveries import make_delivery, make_mailing, make_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    """Signed in."""
    user = factories.make_user(Role.ADMINISTRATOR)
    user.email = "boss@example.org"
    user.save()
    client.force_login(user)
    return user


@pytest.fixture
def survey():
    """A survey in two languages."""
    return factories.make_published_survey(languages=["en", "zh-hans"])


def address(name, survey, *arguments):
    return reverse(f"surveys:{name}", args=[survey.slug, *arguments])


def filled_in(text, **changes):
    """What the form of a text sends when nothing but this is changed."""
    values = {"name": text.name}
    for part in ("subject", "body", "sms"):
        values |= {f"{part}__{code}": words for code, words in getattr(text, part).items()}
    return values | changes


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.ANALYST, Role.VIEWER, Role.MANAGER])
@pytest.mark.parametrize("name", ["message_list", "message_take", "delivery_list"])
def test_only_who_sees_customers_sees_what_they_are_sent(client, survey, role, name):
    unit = factories.make_unit() if role == Role.MANAGER else None
    client.force_login(factories.make_user(role, unit=unit))

    assert client.get(address(name, survey)).status_code == 403


def test_new_text_begins_with_the_ready_wording(client, administrator, survey):
    client.post(address("message_add", survey), {"kind": "invitation"})

    text = MessageText.objects.get()
    assert set(text.body) == {"en", "zh-hans"}
    assert text.created_by == administrator


def test_text_is_changed_in_both_languages(client, administrator, survey):
    client.post(address("message_add", survey), {"kind": "reminder"})
    text = MessageText.objects.get()
    sent = filled_in(text, subject__en="Please", **{"subject__zh-hans": "请"})

    client.post(address("message_edit", survey, text.pk), sent)

    text.refresh_from_db()
    assert text.subject == {"en": "Please", "zh-hans": "请"}


def test_mistake_is_named_and_nothing_typed_is_lost(client, administrator, survey):
    text = make_text(survey)
    sent = filled_in(text, body__en="Dear {{customer.nmae}}, {{link}} long words")

    page = client.post(address("message_edit", survey, text.pk), sent).content.decode()

    assert "There is no field “customer.nmae”." in page
    assert "long words" in page
    text.refresh_from_db()
    assert "nmae" not in text.body["en"]


def test_long_subject_is_saved_with_advice(client, administrator, survey):
    text = make_text(survey)

    page = client.post(
        address("message_edit", survey, text.pk),
        filled_in(text, subject__en="long " * 20),
        follow=True,
    ).content.decode()

    assert "phones show about 60" in page


def test_address_of_a_replaced_text_leads_to_the_next_one(client, administrator, survey):
    text = make_text(survey)
    make_delivery(survey, text=text)
    send_next_delivery()
    client.post(address("message_edit", survey, text.pk), filled_in(text, subject__en="Next"))

    reply = client.get(address("message_edit", survey, text.pk))

    following = MessageText.objects.get(replaces=text)
    assert reply.url == address("message_edit", survey, following.pk)


def test_preview_is_of_the_customer_who_is_named(client, administrator, survey):
    text = make_text(survey)
    customer = factories.make_customer(email="zoe@example.org", name="Zoë")
    factories.make_customer(email="b@example.org", name="Bob")
    query = f"?customer={customer.external_id}"

    page = client.get(address("message_preview", survey, text.pk) + query)
    frame = client.get(address("message_mail", survey, text.pk) + query)

    assert "How satisfied are you, Zoë?" in page.content.decode()
    assert "Dear Zoë," in frame.content.decode()
    assert "frame-ancestors 'self'" in frame["Content-Security-Policy"]
    assert "script-src 'self'" in frame["Content-Security-Policy"]
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("number", ["", "no-such"])
def test_preview_finds_somebody_or_makes_somebody_up(client, administrator, survey, number):
    text = make_text(survey)

    page = client.get(address("message_preview", survey, text.pk) + f"?customer={number}")

    assert page.status_code == 200
    assert "Ann Example" in page.content.decode()


def test_test_mail_goes_to_who_is_signed_in_and_to_nobody_else(client, administrator, survey):
    text = make_text(survey)
    customer = factories.make_customer(email="ann@example.org", name="Ann")

    client.post(address("message_test", survey, text.pk), {"customer": customer.external_id})

    assert [message.recipients() for message in mail.outbox] == [["boss@example.org"]]
    assert mail.outbox[0].subject.startswith("[Test]")


def test_text_is_copied(client, administrator, survey):
    text = make_text(survey, name="N" * 100)

    client.post(address("message_copy", survey, text.pk))

    copy = MessageText.objects.exclude(pk=text.pk).get()
    assert (copy.body, copy.subject) == (text.body, text.subject)


def test_text_of_another_survey_is_taken_over(client, administrator, survey):
    other = factories.make_published_survey()
    text = make_text(other, name="The good one")
    make_text(other, name="The old one", replaced_by=text)

    page = client.get(address("message_take", survey)).content.decode()
    client.post(address("message_take", survey), {"text": text.pk})

    assert "The good one" in page
    assert "The old one" not in page
    copy = survey.message_texts.get()
    assert (copy.name, copy.body, copy.kind) == (text.name, text.body, text.kind)
    assert other.message_texts.count() == 2


def test_text_of_a_survey_that_one_may_not_see_is_neither_listed_nor_taken(
    client, administrator, survey
):
    hidden = make_text(factories.make_survey(archived_at=timezone.now()), name="Hidden")

    page = client.get(address("message_take", survey)).content.decode()
    reply = client.post(address("message_take", survey), {"text": hidden.pk})

    assert "Hidden" not in page
    assert reply.status_code == 400
    assert not survey.message_texts.exists()


def doubtful(number):
    wave = make_mailing(number)
    Delivery.objects.update(state=DeliveryState.UNCERTAIN, last_error="The mail came back: 5.1.1")
    return wave.survey


def test_uncertain_messages_are_listed_and_the_ticked_ones_sent_again(client, administrator):
    survey = doubtful(3)
    page = client.get(address("delivery_list", survey)).content.decode()
    first = Delivery.objects.first()

    client.post(
        address("delivery_decide", survey), {"choice": "resend", "delivery": [str(first.pk)]}
    )

    assert page.count('name="delivery"') == 3
    assert "The mail came back (5.1.1)." in page
    assert list(Delivery.objects.filter(state="queued")) == [first]


def test_all_are_left_at_once(client, administrator):
    survey = doubtful(3)

    client.post(address("delivery_decide", survey), {"choice": "leave", "all": "1"})
    page = client.get(address("delivery_list", survey)).content.decode()

    assert "Nothing to decide" in page


def test_messages_of_another_survey_are_not_touched(client, administrator, survey):
    doubtful(1)
    other = Delivery.objects.get()

    client.post(
        address("delivery_decide", survey), {"choice": "resend", "delivery": [str(other.pk)]}
    )

    other.refresh_from_db()
    assert other.state == DeliveryState.UNCERTAIN


@pytest.mark.parametrize("junk", ["x", "-1", "9" * 30, "²"])
def test_junk_is_not_ticked(client, administrator, junk):
    survey = doubtful(1)

    reply = client.post(
        address("delivery_decide", survey), {"choice": "resend", "delivery": [junk]}
    )

    assert reply.status_code == 302


def test_list_costs_the_same_for_one_message_and_for_many(
    client, administrator, django_assert_max_num_queries
):
    survey = doubtful(40)

    with django_assert_max_num_queries(20):
        client.get(address("delivery_list", survey))
