"""The editor of rules over HTTP, by its plain buttons."""

import pytest
from django.test import Client
from django.urls import reverse

from surveys.enums import AttributeKind
from surveys.models import CustomerAttribute
from tests import factories
from tests.surveys.rules.surveys import condition, make_draft, question, section, when

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return make_draft(
        section(question("overall", text={"en": "How was it?"}), question("words", "short_text")),
        section(question("asked"), title="More"),
        languages=["en", "zh-hans"],
    )


def address(draft, name="question_edit", *arguments):
    return reverse(f"surveys:{name}", args=[draft.survey.slug, *(arguments or ["asked"])])


def text_of(response):
    return response.content.decode()


def rule_of(draft, key="asked"):
    return draft.questions.get(key=key).rule


def row(number, subject, operator="", values=(), block=None):
    """What a browser sends for one row."""
    stem = f"row-{number}"
    return {
        f"{stem}-block": number if block is None else block,
        f"{stem}-subject": subject,
        f"{stem}-operator": operator,
        f"{stem}-values": values,
    }


def filled(client, page):
    """What a browser would send for the rest of the page."""
    context = client.get(page).context
    if not context or "form" not in context:
        return {"revision": 0}
    fields = [*context["form"]]
    for table in context.get("tables") or []:
        fields += [*table.management_form, *(field for row in table for field in row)]
    given = {field.html_name: field.value() for field in fields}
    found = {name: value for name, value in given.items() if value not in (None, False)}
    return found | {"revision": context["draft"].revision}


def send(client, draft, *rows, action="", page=None, join="all", revision=None):
    page = page or address(draft)
    data = filled(client, page) | {"join": join, "rows": len(rows)}
    if revision is not None:
        data["revision"] = revision
    for one in rows:
        data |= one
    return client.post(page, data | ({"_act": action} if action else {}))


def test_rule_is_saved_and_said_in_words(staff_client, draft):
    reply = send(staff_client, draft, row(0, "answer.overall", "is_one_of", ["1", "2"]))

    assert reply.status_code == 302
    assert rule_of(draft) == when("answer.overall", "is_one_of", "1", "2")
    shown = text_of(staff_client.get(reply["Location"]))
    assert "Shown if “How was it?” is Very dissatisfied or Dissatisfied." in shown


def test_blocks_become_a_rule_that_is_nested_once(staff_client, draft):
    send(
        staff_client,
        draft,
        row(0, "answer.overall", "is_at_most", ["3"], block=0),
        row(1, "language", "is", ["en"], block=0),
        row(2, "answer.words", "is_answered", block=1),
    )

    assert rule_of(draft) == {
        "all": [
            {
                "any": [
                    condition("answer.overall", "is_at_most", 3),
                    condition("language", "is", "en"),
                ]
            },
            condition("answer.words", "is_answered"),
        ]
    }


STORED = [
    when("answer.overall", "is", "1"),
    {"any": [condition("answer.overall", "is_at_least", 4), condition("language", "is", "en")]},
    {
        "any": [
            {"all": [condition("answer.words", "is_answered"), condition("language", "is", "en")]},
            condition("customer.segment", "is_one_of", "prime", "main"),
            condition("link.touchpoint", "is", "Till 3"),
        ]
    },
]


@pytest.mark.parametrize("rule", STORED)
def test_rule_saved_untouched_stays_as_it_was(staff_client, draft, rule):
    question = draft.questions.get(key="asked")
    question.rule = rule
    question.save()
    editor = staff_client.get(address(draft)).context["rule"]
    rows = [
        row(number, form.row.subject, form.row.operator, form.row.values, block=block)
        for block, found in editor.blocks
        for number, form in found
    ]

    send(staff_client, draft, *rows, join=editor.join)

    assert rule_of(draft) == rule


def test_section_has_a_rule_too(staff_client, draft):
    more = draft.sections.last()
    page = address(draft, "section_edit", more.pk)

    send(staff_client, draft, row(0, "answer.overall", "is", ["1"]), page=page)

    more.refresh_from_db()
    assert more.rule == when("answer.overall", "is", "1")
    shown = text_of(staff_client.get(address(draft, "section_edit", more.pk)))
    assert "Shown if “How was it?” is Very dissatisfied." in shown


def test_only_what_comes_before_is_offered(staff_client, draft):
    offered = staff_client.get(address(draft, "question_edit", "words")).context["rule"].subjects

    assert "answer.overall" in offered
    assert not {"answer.words", "answer.asked"} & set(offered)


def test_anonymous_survey_offers_no_customer(staff_client):
    draft = make_draft(section(question("asked")), mode="anonymous")

    offered = staff_client.get(address(draft)).context["rule"].subjects

    assert offered
    assert not [code for code in offered if code.startswith("customer.")]


@pytest.mark.parametrize(
    ("action", "subjects"),
    [
        ("refresh", ["answer.overall", "language"]),
        ("add", ["answer.overall", "language", ""]),
        ("beside-0", ["answer.overall", "", "language"]),
        ("remove-0", ["language"]),
        ("remove-7", ["answer.overall", "language"]),
        ("nonsense", ["answer.overall", "language"]),
    ],
)
def test_buttons_change_the_rows_and_store_nothing(staff_client, draft, action, subjects):
    rows = [row(0, "answer.overall", "is", ["1"]), row(1, "language", "is", ["en"])]

    reply = send(staff_client, draft, *rows, action=action)

    assert [one.subject for one in reply.context["rule"].rows] == subjects
    assert rule_of(draft) == {}


def test_chosen_subject_brings_its_values(staff_client, draft):
    reply = send(staff_client, draft, row(0, "answer.overall", "is_one_of"), action="refresh")

    assert 'value="na"' in text_of(reply)
    assert "Does not apply" in text_of(reply)


@pytest.mark.parametrize(
    "wrong",
    [
        row(0, "answer.overall", "is", [""]),
        row(0, "answer.overall", "is", ["77"]),
        row(0, "answer.overall", "is_one_of", []),
        row(0, "answer.overall", "is_at_least", ["x"]),
        row(0, "answer.overall", "matches", ["1"]),
    ],
)
def test_incomplete_row_is_not_stored(staff_client, draft, wrong):
    reply = send(staff_client, draft, wrong)

    assert reply.status_code == 200
    assert "is-invalid" in text_of(reply)
    assert rule_of(draft) == {}


@pytest.mark.parametrize("data", [{}, {"rows": "9" * 9}, {"rows": "2", "row-0-block": "x" * 99}])
def test_damaged_form_stores_no_half_rule(staff_client, draft, data):
    reply = staff_client.post(address(draft), {"revision": draft.revision, **data})

    assert reply.status_code in {200, 302}
    assert rule_of(draft) == {}


def test_always_show_takes_the_rule_away(staff_client, draft):
    question = draft.questions.get(key="asked")
    question.rule = when("language", "is", "en")
    question.save()

    send(staff_client, draft, row(0, "language", "is", ["en"]), action="clear")

    assert rule_of(draft) == {}


def test_second_editor_is_told_and_keeps_what_was_chosen(staff_client, draft):
    old = draft.revision
    send(staff_client, draft, row(0, "language", "is", ["en"]))

    reply = send(staff_client, draft, row(0, "answer.words", "is_answered"), revision=old)

    assert reply.status_code == 409
    assert "Somebody changed this draft" in text_of(reply)
    assert rule_of(draft) == when("language", "is", "en")
    assert [one.subject for one in reply.context["rule"].rows] == ["answer.words"]


def test_removing_what_others_rest_on_says_so_and_can_be_undone(staff_client, draft):
    send(staff_client, draft, row(0, "answer.overall", "is", ["1"]))
    draft.refresh_from_db()
    before = text_of(staff_client.get(address(draft, "question_edit", "overall")))

    removed = staff_client.post(
        address(draft, "question_remove", "overall"), {"revision": draft.revision}, follow=True
    )

    assert "If it is removed, these rest on nothing: asked" in " ".join(before.split())
    assert "This rests on what was removed: asked." in text_of(removed)
    assert "overall, which is not there" in text_of(removed)
    draft.refresh_from_db()
    staff_client.post(
        address(draft, "put_back", draft.removed_parts.get().pk), {"revision": draft.revision}
    )
    assert "which is not there" not in text_of(staff_client.get(address(draft)))


def test_rules_are_for_designers(draft):
    viewer = Client()
    viewer.force_login(factories.make_user("viewer"))
    conditions = row(0, "language", "is", ["en"])

    replies = [viewer.get(address(draft)), send(viewer, draft, conditions)]

    assert {reply.status_code for reply in replies} == {403}
    assert Client().get(address(draft)).status_code == 302
    assert rule_of(draft) == {}


def test_preview_shows_every_page_with_its_rule_and_no_placeholder(staff_client):
    text = {"en": "You said {{answer.overall|little}}. Why?"}
    draft = make_draft(
        section(question("overall")),
        section(question("why", text=text, rule=when("answer.overall", "is", "1"))),
    )

    preview = reverse("surveys:preview_page", args=[draft.survey.slug])
    page = text_of(staff_client.get(f"{preview}?page=2"))

    assert "You said little. Why?" in page
    assert "Shown if “What about overall?” is Very dissatisfied." in page
    assert "Page 2 of 2" in page


def test_texts_that_can_be_filled_in_are_listed(staff_client, draft):
    page = text_of(staff_client.get(address(draft, "question_edit", "asked")))

    assert "{{answer.overall|otherwise}}" in page
    assert "{{customer.name|otherwise}}" in page
    assert "{{answer.asked|otherwise}}" not in page


def test_attributes_of_customers_are_offered_under_their_name(staff_client, draft):
    attribute = CustomerAttribute.objects.create(
        code="tier", name={"en": "Card"}, kind=AttributeKind.CHOICE
    )
    attribute.choices.create(code="gold", name={"en": "Gold card"})

    editor = staff_client.get(address(draft)).context["rule"]

    offered = editor.subjects["customer.attribute.tier"]
    assert offered.name == "the customer's “Card”"
    assert offered.options == (("gold", "Gold card"),)
