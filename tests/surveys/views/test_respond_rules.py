"""Answering a survey with rules, as a browser without scripts does."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from surveys.models import Response, ResponseDraft, Segment, Stage, Visit
from tests import factories
from tests.surveys.rules.surveys import (
    condition,
    make_draft,
    make_link,
    question,
    questions_on,
    section,
    send_page,
    walk,
    when,
)

from .conftest import hidden_fields

pytestmark = pytest.mark.django_db

BY_QR_CODE = when("link.channel", "is", "qr")
LOW = when("answer.overall", "is_at_most", 3)
BRANCH = (
    section(question("overall", is_required=True)),
    section(question("why", "long_text", is_required=True), rule=LOW),
    section(question("last", "short_text")),
)


def text_of(response):
    return response.content.decode()


def test_low_score_is_asked_why_and_a_high_one_is_not(client):
    address = make_link(*BRANCH)

    low, unhappy = walk(client, address, {"overall": "2", "why": "Slow."})
    high, happy = walk(Client(), address, {"overall": "5", "why": "Never shown."})

    assert low == [["overall"], ["why"], ["last"]]
    assert high == [["overall"], ["last"]]
    assert unhappy.answers == {"overall": "2", "why": "Slow.", "last": None}
    assert happy.answers == {"overall": "5", "last": None}


def test_page_passed_over_is_noted_until_the_answers_are_sent(client):
    _asked, last = send_page(client, make_link(*BRANCH), {"overall": "5"})
    unsent = Visit.objects.get()
    send_page(client, last["Location"], {})
    sent = Visit.objects.get()

    assert (unsent.reached, unsent.passed_over) == (3, [2])
    assert (sent.reached, sent.passed_over) == (3, None)


def test_going_back_for_another_answer_notes_the_new_way(client):
    address = make_link(*BRANCH)
    _asked, last = send_page(client, address, {"overall": "5"})
    _asked, first = send_page(client, last["Location"], {}, _back="1")
    way_back = Visit.objects.get()
    _asked, why = send_page(client, first["Location"], {"overall": "2"})
    send_page(client, why["Location"], {"why": "Slow."})
    anew = Visit.objects.get()

    assert (way_back.reached, way_back.passed_over) == (3, [2])
    assert (anew.reached, anew.passed_over) == (3, [])


def test_required_counts_only_where_it_is_shown(client):
    _asked, reply = send_page(client, make_link(*BRANCH), {"overall": "2"})
    _asked, refused = send_page(client, reply["Location"], {})

    assert refused.status_code == 422
    assert "Please write an answer." in text_of(refused)


@pytest.mark.parametrize("layout", ["single", "section"])
def test_page_is_cut_before_what_rests_on_it(client, layout):
    one_section = section(question("overall"), question("why", "long_text", rule=LOW))
    address = make_link(one_section, page_layout=layout)

    seen, _response = walk(client, address, {"overall": "1", "why": "Slow."})

    assert seen == [["overall"], ["why"]]


def test_answer_that_became_unreachable_is_kept_until_the_end_and_not_stored(client):
    address = make_link(*BRANCH)
    _asked, second = send_page(client, address, {"overall": "2"})
    _asked, third = send_page(client, second["Location"], {"why": "Slow."})
    first = send_page(
        client,
        send_page(client, third["Location"], {}, _back="1")[1]["Location"],
        {"why": "Slow."},
        _back="1",
    )[1]["Location"]
    send_page(client, first, {"overall": "5"})

    assert ResponseDraft.objects.get().answers["why"] == "Slow."
    send_page(client, third["Location"], {"last": "Bye."})
    assert Response.objects.get().answers == {"overall": "5", "last": "Bye."}


def test_back_passes_over_what_is_not_asked(client):
    _asked, last = send_page(client, make_link(*BRANCH), {"overall": "5"})

    back = send_page(client, last["Location"], {}, _back="1")[1]

    assert questions_on(client.get(back["Location"])) == ["overall"]


def test_address_of_a_page_that_is_not_asked_leads_on(client):
    address = make_link(*BRANCH)
    _asked, last = send_page(client, address, {"overall": "5"})

    hidden = client.get(last["Location"].replace("/3/", "/2/"))

    assert (hidden.status_code, hidden["Location"]) == (302, last["Location"])


def test_answers_smuggled_into_a_page_are_not_stored(client):
    address = make_link(
        section(
            question("overall"),
            question("vip", "short_text", rule=BY_QR_CODE),
        )
    )
    form = hidden_fields(client.get(address)) | {"overall": "4", "vip": "me"}

    replies = [client.post(address, form) for _ in range(2)]

    assert {reply.status_code for reply in replies} == {303}
    assert Response.objects.get().answers == {"overall": "4"}


def test_repeating_every_page_stores_once(client):
    address = make_link(*BRANCH)
    first = hidden_fields(client.get(address)) | {"overall": "2"}
    second_page = client.post(address, first)["Location"]
    second = hidden_fields(client.get(second_page)) | {"why": "Slow."}
    last_page = client.post(second_page, second)["Location"]
    last = hidden_fields(client.get(last_page)) | {"last": "Bye."}
    thanks = client.post(last_page, last)["Location"]

    again = [
        client.post(page, form)["Location"]
        for page, form in [(address, first), (second_page, second), (last_page, last)]
    ]

    assert again == [thanks] * 3
    assert Response.objects.count() == 1


def test_progress_says_what_is_not_settled_yet(client):
    address = make_link(*BRANCH)

    opening = text_of(client.get(address))
    low = text_of(client.get(send_page(client, address, {"overall": "1"})[1]["Location"]))
    high = text_of(client.get(send_page(Client(), address, {"overall": "5"})[1]["Location"]))

    assert "Page 1 of 2 to 3, depending on your answers" in opening
    assert "Page 2 of 3" in low
    assert "Page 2 of 2" in text_of(
        Client().get(send_page(Client(), address, {"overall": "5"})[1]["Location"])
    )
    assert "Send answers" in high
    assert "Send answers" not in low


def test_page_that_may_be_the_last_does_not_promise_more(client):
    address = make_link(
        section(question("overall")), section(question("why", "long_text", rule=LOW))
    )

    assert "Page 1 of 1 to 2" in text_of(client.get(address))
    assert walk(client, address, {"overall": "5"})[0] == [["overall"]]


def test_first_page_can_be_passed_over(client):
    address = make_link(
        section(question("qr", rule=BY_QR_CODE)),
        section(question("overall")),
        introduction={"en": "Good day."},
    )

    page = client.get(address)

    assert questions_on(page) == ["overall"]
    assert "Good day." in text_of(page)
    assert walk(Client(), address, {"overall": "4"})[1].answers == {"overall": "4"}


def test_nothing_to_ask_is_said_in_a_sentence(client):
    address = make_link(section(question("qr", rule=BY_QR_CODE)))

    assert "There is nothing to ask you" in text_of(client.get(address))


def test_switching_the_language_changes_what_is_asked(client):
    address = make_link(
        section(question("overall"), question("zh", rule=when("language", "is", "zh-hans"))),
        languages=["en", "zh-hans"],
    )
    form = hidden_fields(client.get(address)) | {"overall": "4", "_language": "zh-hans"}

    switched = client.post(address, form)

    assert questions_on(switched) == ["overall", "zh"]
    assert 'value="4" checked' in text_of(switched)


def make_personal_link(customer, *sections, **members):
    version = factories.publish(make_draft(*sections, **members))
    _invitation, token = factories.make_invitation(version.survey, customer)
    return f"/r/{token}/"


def test_customer_decides_and_is_named(client):
    north = factories.make_unit("North")
    shop = factories.make_unit("Shop", parent=north)
    prime = Segment.objects.get(code="prime")
    customer = factories.make_customer(name="Ada <b>", unit=shop, segment=prime)
    rule = {
        "all": [
            condition("customer.unit", "is", north.code),
            condition("customer.segment", "is_one_of", "prime", "main"),
        ]
    }
    parts = section(
        question("overall", text={"en": "Dear {{customer.name|you}}, how is {{customer.unit}}?"}),
        question("vip", rule=rule),
    )

    asked = client.get(make_personal_link(customer, parts))
    other = client.get(make_personal_link(factories.make_customer(), parts))

    assert questions_on(asked) == ["overall", "vip"]
    assert "Dear Ada &lt;b&gt;, how is Shop?" in text_of(asked)
    assert questions_on(other) == ["overall"]
    assert "Dear you, how is ?" in text_of(other)


def test_what_staff_note_of_a_customer_decides(client):
    growth = Stage.objects.get(code="growth")
    known = factories.make_customer(stage=growth, attributes={"tier": "gold"})
    rule = {
        "all": [
            condition("customer.stage", "is", "growth"),
            condition("customer.attribute.tier", "is_one_of", "gold", "silver"),
        ]
    }
    parts = section(question("overall"), question("vip", rule=rule))

    asked = client.get(make_personal_link(known, parts))
    other = client.get(make_personal_link(factories.make_customer(stage=growth), parts))

    assert questions_on(asked) == ["overall", "vip"]
    assert questions_on(other) == ["overall"]


def test_anonymous_survey_knows_no_customer(client):
    version = factories.publish(
        make_draft(section(question("q", text={"en": "{{customer.name|Hello}}"})), mode="anonymous")
    )
    link = factories.make_public_link(version.survey)

    assert "Hello" in text_of(client.get(f"/s/{link.slug}/"))


HOSTILE = [
    "<script>alert(1)</script>",
    "{{answer.name|again}}{{customer.name}}",
    "{% load i18n %}{{ settings.SECRET_KEY }}",
    "${7*7} %(x)s {0}",
    "\u202eevil",
    "a\r\nb",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_piped_words_stay_words(client, words):
    address = make_link(
        section(question("name", "short_text")),
        section(question("q", text={"en": "So {{answer.name|nobody}} it is?"})),
    )

    page = client.get(send_page(client, address, {"name": words})[1]["Location"])

    shown = text_of(page)
    assert "<script" not in shown.partition("<main")[2]
    assert "\u202e" not in shown
    assert "SECRET_KEY" not in shown or "settings.SECRET_KEY" in shown
    assert "again" not in shown or "{{answer.name|again}}" in shown


def test_piped_answer_is_its_label_in_the_language_of_the_page(client):
    parts = (
        section(question("overall")),
        section(
            question(
                "q",
                text={
                    "en": "Why {{answer.overall|so}}?",
                    "zh-hans": "为何{{answer.overall|如此}}?",
                },
            )
        ),
    )
    address = make_link(*parts, languages=["en", "zh-hans"])

    english = send_page(client, address, {"overall": "1"})[1]["Location"]
    chinese = send_page(Client(), address, {"overall": "1", "language": "zh-hans"})[1]["Location"]
    skipped = send_page(Client(), address, {})[1]["Location"]

    assert "Why Very dissatisfied?" in text_of(client.get(english))
    assert "为何非常不满意?" in text_of(client.get(chinese))
    assert "Why so?" in text_of(client.get(skipped))
    assert "None" not in text_of(client.get(skipped))


def test_thanks_name_the_answer_again_and_again(client):
    address = make_link(section(question("overall")), thanks={"en": "{{answer.overall|Noted}}!"})
    form = hidden_fields(client.get(address)) | {"overall": "5"}

    thanks = client.post(address, form)["Location"]

    assert ["Very satisfied!" in text_of(client.get(thanks)) for _ in range(2)] == [True, True]


def test_opening_a_survey_with_rules_takes_few_queries(client):
    address = make_link(*BRANCH)
    client.get(address)

    with CaptureQueriesContext(connection) as captured:
        client.get(address)

    assert len(captured) <= 4


def test_row_of_a_matrix_decides_and_can_be_filled_in(client):
    rows = [
        {"code": "speed", "label": {"en": "Speed of {{answer.what|it all}}"}},
        {"code": "price", "label": {"en": "Price"}},
    ]
    matrix = question("care", "matrix", choices=question("q")["choices"], settings={"rows": rows})
    address = make_link(
        section(question("what", "short_text")),
        section(matrix),
        section(question("why", "long_text", rule=when("answer.care.speed", "is_at_most", 2))),
    )
    second = send_page(client, address, {"what": "delivery"})[1]["Location"]
    page = client.get(second)

    slow = client.post(second, hidden_fields(page) | {"care.speed": "1", "care.price": "5"})

    assert "Speed of delivery" in text_of(page)
    assert questions_on(client.get(slow["Location"])) == ["why"]
