"""What customers are sent: hostile words change nothing, and mails are well made."""

import email
import email.policy
import re
from datetime import UTC, datetime

import pytest
from django.core import mail

from surveys.errors import SurveyError
from surveys.messages.mails import asking_mail
from surveys.messages.text_messages import length_of
from surveys.models import Delivery
from surveys.services.message_texts import add_text, change_text, default_text
from surveys.services.sending import send_next_delivery
from tests import factories
from tests.deliveries import make_delivery, make_text, make_wave

INJECTIONS = [
    "Ann\r\nBcc: victim@example.net",
    "Ann\nBcc: victim@example.net",
    "Ann\rBcc: victim@example.net",
    "Ann\x0bBcc: victim@example.net",
    "Ann\x85Bcc: victim@example.net",
    "Ann\u2028Bcc: victim@example.net",
    "Ann\u2029Cc: victim@example.net",
    "Ann\r\n\r\n<script>alert(1)</script>",
    "Ann\r\nContent-Type: text/html",
    "Ann\r\nTo: victim@example.net",
    "=?utf-8?q?Ann=0d=0aBcc:_victim@example.net?=",
    "=?utf-8?b?QW5uDQpCY2M6IHZpY3RpbUBleGFtcGxlLm5ldA==?=",
    "Ann, victim@example.net",
    "<victim@example.net>",
    '"Ann" <victim@example.net>, Bob',
    "A" * 5000,
    "安" * 5000,
    "Ann\x00Bob",
    "Ann\u202eboB",
    "\x1b[31mAnn",
]
TEMPLATES = [
    "{{7*7}}",
    "{% now 'Y' %}",
    "{%include 'emails/asking.html'%}",
    "%(organisation)s",
    "%s",
    "{0.__class__}",
    "{organisation}",
    "${7*7}",
    "#{7*7}",
    "{{link}}",
    "{{customer.name|{{link}}}}",
    "{{organisation}}",
    "<%= 7*7 %>",
    "`id`",
    "$(id)",
    "\\{\\{link\\}\\}",
    "{{ settings.SECRET_KEY }}",
    "{{unsubscribe}}",
    "{#comment#}",
    "<b>Ann</b>",
]
PLACES = ["name", "unit", "staff", "title", "organisation"]
SUBJECT = (
    "{{customer.name|you}} {{customer.unit|us}} {{event.staff|us}} "
    "{{survey.title}} {{organisation}}"
)
BODY = "{{greeting}}\n\n" + SUBJECT + "\n\n{{link}}\n"
HEADERS = {
    "subject",
    "from",
    "to",
    "reply-to",
    "message-id",
    "date",
    "auto-submitted",
    "content-language",
    "content-type",
    "mime-version",
    "list-unsubscribe",
    "list-unsubscribe-post",
}


def hostile_delivery(place, words, settings):
    """A message with these words in one of its places."""
    known = {"name": "Ann", "unit": "Shop", "staff": "Bob", "title": "T", "organisation": "We"}
    known[place] = words
    settings.ORGANISATION_NAME = known["organisation"]
    survey = factories.make_published_survey(title={"en": known["title"].replace("\x00", " ")})
    unit = factories.make_unit(known["unit"][:150].replace("\x00", " "))
    name = known["name"][:200].replace("\x00", " ")
    customer = factories.make_customer(email="ann@example.org", name=name, unit=unit)
    event = factories.make_event(customer, staff=known["staff"][:100].replace("\x00", " "))
    text = make_text(survey, subject={"en": SUBJECT}, body={"en": BODY})
    return make_delivery(survey, customer, text=text, event=event)


@pytest.mark.django_db
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("words", INJECTIONS + TEMPLATES, ids=lambda words: repr(words)[:30])
def test_hostile_words_add_no_header_no_recipient_and_are_not_evaluated(place, words, settings):
    """S15: 200 messages."""
    composed = asking_mail(hostile_delivery(place, words, settings))
    parsed = email.message_from_bytes(
        composed.message().as_bytes(linesep="\r\n"), policy=email.policy.default
    )

    assert {name.lower() for name in parsed} <= HEADERS
    assert len(parsed.items()) == len(set(parsed.keys()))
    assert composed.recipients() == [parsed["To"]] == ["ann@example.org"]
    assert [part.get_content_type() for part in parsed.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    plain = parsed.get_body(("plain",)).get_content()
    everything = parsed["Subject"] + plain + parsed.get_body(("html",)).get_content()
    assert "49" not in re.sub(r"\S*/[ru]/\S*|#\w+", "", everything)
    assert settings.SECRET_KEY not in everything
    assert plain.count("/r/") == 1
    assert plain.count("/u/") == 1
    assert "<script>" not in parsed.get_body(("html",)).get_content()
    assert "<b>" not in parsed.get_body(("html",)).get_content()


def test_there_are_two_hundred_hostile_messages():
    assert len(PLACES) * len(INJECTIONS + TEMPLATES) == 200


@pytest.mark.django_db
def test_missing_words_leave_the_neutral_ones_and_never_none():
    survey = factories.make_published_survey()
    body = "{{greeting}}\n\n{{customer.unit|us}}, {{event.kind|your visit}}\n\n{{link}}"
    text = make_text(survey, body={"en": body})
    customer = factories.make_customer(email="a@example.org")

    composed = asking_mail(make_delivery(survey, customer, text=text, expires_at=None))

    assert "Good day,\n\nus, your visit\n" in composed.body
    assert composed.subject == "How satisfied are you, dear customer?"
    assert "None" not in composed.body + composed.alternatives[0][0]


@pytest.mark.django_db
def test_event_and_last_day_are_in_the_message():
    survey = factories.make_published_survey(time_zone="Pacific/Apia")
    customer = factories.make_customer(email="a@example.org", name="Ann")
    event = factories.make_event(
        customer, occurred_at=datetime(2026, 1, 1, 12, tzinfo=UTC), staff="Bob"
    )
    body = "{{event.kind|x}} {{event.date|x}} {{event.staff|x}} {{last_day|x}}\n\n{{link}}"
    text = make_text(survey, body={"en": body})
    until = datetime(2027, 3, 1, 23, tzinfo=UTC)

    composed = asking_mail(
        make_delivery(survey, customer, text=text, event=event, expires_at=until)
    )

    assert composed.body.startswith("Purchase Jan. 2, 2026 Bob March 2, 2027\n")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "greeting"), [("zh-hans", "您好"), ("zh-tw", "Good"), ("de", "Good"), ("", "Good")]
)
def test_customer_is_written_to_in_their_language_or_the_first_one(language, greeting):
    survey = factories.make_published_survey(languages=["en", "zh-hans"])
    customer = factories.make_customer(email="a@example.org", language=language)

    text = default_text(survey=survey, kind="invitation")
    composed = asking_mail(make_delivery(survey, customer, text=text))

    is_chinese = language == "zh-hans"
    assert ("满意" in composed.subject) == is_chinese
    assert (composed.extra_headers["Content-Language"] == "zh-hans") == is_chinese


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["invitation", "reminder"])
@pytest.mark.parametrize("survey_kind", ["relationship", "transactional"])
def test_ready_wording_is_there_in_three_languages_and_short(kind, survey_kind):
    survey = factories.make_published_survey(
        languages=["en", "zh-hans", "zh-hant"], kind=survey_kind
    )

    text = default_text(survey=survey, kind=kind)

    assert set(text.subject) == set(text.body) == set(text.sms) == {"en", "zh-hans", "zh-hant"}
    assert max(map(len, text.subject.values())) <= 60
    assert default_text(survey=survey, kind=kind) == text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"body": {"en": "{{customer.nmae|x}} {{link}}"}}, "customer.nmae"),
        ({"body": {"en": "Dear {{customer.name}} {{link}}"}}, "{{customer.name|these words}}"),
        ({"body": {"en": "{{7*7}} {{link}}"}}, "Double braces"),
        ({"body": {"en": "No way to answer"}}, "no {{link}}"),
        ({"sms": {"en": "No way to answer"}}, "no {{link}}"),
        ({"body": {"en": "{{link}}", "de": "{{link}}"}}, "no subject"),
        ({"subject": {}, "body": {}, "sms": {}}, "at least one language"),
        ({"body": {"en": "{{link}}" + "x" * 6000}}, "longer than"),
    ],
)
def test_text_that_cannot_be_sent_cannot_be_saved(fields, sentence):
    survey = factories.make_survey()
    values = {"name": "A", "subject": {"en": "Hello"}, "body": {"en": "{{link}}"}, "sms": {}}

    with pytest.raises(SurveyError, match=re.escape(sentence)):
        add_text(survey=survey, kind="invitation", **values | fields)


@pytest.mark.django_db
def test_mail_is_as_mail_programs_and_readers_like_it(settings):
    """U20."""
    settings.ORGANISATION_NAME = "Bäckerei Müller, GmbH"
    settings.DEFAULT_FROM_EMAIL = "survey@example.org"
    settings.CONTACT_EMAIL = "help@example.org"
    survey = factories.make_published_survey(languages=["en", "zh-hans", "zh-hant"])
    text = default_text(survey=survey, kind="invitation")
    change_text(text=text, asks_first_question=True)
    text.refresh_from_db()
    composed = asking_mail(make_delivery(survey, text=text))
    parsed = email.message_from_bytes(composed.message().as_bytes(), policy=email.policy.default)
    html = parsed.get_body(("html",)).get_content()

    assert parsed["From"].addresses[0].display_name == "Bäckerei Müller, GmbH"
    assert parsed["Reply-To"] == "help@example.org"
    assert len(parsed["Subject"]) <= 60
    assert len(composed.message().as_bytes()) <= 60_000
    assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<https?://[^ <>]+/u/[^ <>]+/>", parsed["List-Unsubscribe"].strip())
    assert "/r/" in parsed.get_body(("plain",)).get_content()
    assert "prefers-color-scheme: dark" in html
    assert 'name="color-scheme"' in html
    assert "<img" not in html
    assert "url(" not in html
    assert html.count('class="choice"') == 5
    assert "padding:10px" in html
    assert "line-height:24px" in html  # 24 + 2 × 10 = 44 px


@pytest.mark.django_db
def test_first_question_in_the_mail_chooses_and_stores_nothing(client):
    survey = factories.make_published_survey()
    text = make_text(survey, asks_first_question=True)
    composed = asking_mail(make_delivery(survey, text=text))
    addresses = re.findall(r"http://[^/]+(/r/\S+\?a=overall%3A4)", composed.body)

    page = client.get(addresses[0]).content.decode()

    assert re.search(r'value="4"[^>]*checked', page)
    assert not survey.responses.exists()


@pytest.mark.django_db
def test_first_question_is_there_also_where_the_link_stands_in_a_sentence():
    survey = factories.make_published_survey(languages=["en", "zh-hans"])
    body = {"en": "Please open {{link}} today"}
    text = make_text(survey, asks_first_question=True, body=body)

    composed = asking_mail(make_delivery(survey, text=text))

    assert "?lang=en&a=overall%3A4" in composed.body
    assert "?lang=en&amp;a=overall%3A4" in composed.alternatives[0][0]


@pytest.mark.django_db
def test_message_id_and_link_are_the_same_each_time():
    delivery = make_delivery()

    first, again = asking_mail(delivery), asking_mail(Delivery.objects.get())

    assert first.extra_headers == again.extra_headers
    assert first.body == again.body


@pytest.mark.django_db
def test_each_mail_has_its_own_return_address_where_there_is_a_mailbox(settings):
    settings.BOUNCE_EMAIL = "bounces@example.org"

    composed = asking_mail(make_delivery())

    assert re.fullmatch(r"bounces\+\d+-[0-9a-f]{20}@example\.org", composed.from_email)
    assert "bounces" not in composed.message()["From"]


@pytest.mark.django_db
def test_unsent_text_is_changed_and_sent_text_is_replaced():
    delivery = make_delivery(wave=None)
    text = delivery.text
    assert change_text(text=text, subject={"en": "Before sending"}) == text

    send_next_delivery()
    following = change_text(text=text, subject={"en": "After sending"})

    text.refresh_from_db()
    assert following != text
    assert text.subject == {"en": "Before sending"}
    assert text.replaced_by == following
    assert mail.outbox[0].subject == "Before sending"


@pytest.mark.django_db
def test_what_waits_and_what_is_planned_takes_the_next_text():
    sent = make_delivery()
    survey, text = sent.invitation.survey, sent.text
    send_next_delivery()
    wave = make_wave(survey, text=text, reminder_text=text)
    waiting = make_delivery(survey, factories.make_customer(email="b@example.org"), text=text)

    following = change_text(text=text, subject={"en": "Better"})

    wave.refresh_from_db()
    waiting.refresh_from_db()
    sent.refresh_from_db()
    assert (wave.text, wave.reminder_text, waiting.text) == (following,) * 3
    assert sent.text == text


@pytest.mark.parametrize(
    ("words", "units", "parts", "is_wide"),
    [
        ("a" * 160, 160, 1, False),
        ("a" * 161, 161, 2, False),
        ("€" * 80, 160, 1, False),
        ("a" * 159 + "€", 161, 2, False),
        ("中" * 70, 70, 1, True),
        ("中" * 71, 71, 2, True),
        ("😀" * 35, 70, 1, True),
        ("", 0, 1, False),
    ],
)
def test_text_message_is_measured_as_networks_do(words, units, parts, is_wide):
    length = length_of(words)

    assert (length.units, length.parts, length.is_wide) == (units, parts, is_wide)
