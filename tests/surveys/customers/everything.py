"""One customer of whom everything is known, and the search for what is left of them."""

import uuid
from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps
from django.db import connection, models

from reports.models import AnswerExport, CommentTag, LastTagging, TaggedComment
from surveys.enums import AttributeKind, Channel, ImportKind, MessageKind, QuestionType, SkipReason
from surveys.models import (
    Account,
    Complaint,
    Customer,
    Delivery,
    ExclusionDecision,
    ImportRun,
    MessageText,
    OutboxMessage,
    Panel,
    Question,
    Response,
    ResponseDraft,
    ResponseRevision,
    SkippedCustomer,
    Stage,
    User,
)
from surveys.services import customer_lists
from surveys.services.access_log import note_access
from surveys.services.complaints import add_entry, begin_complaint, send_complaint
from surveys.services.customers import change_customer
from surveys.services.merging import merge_customers
from surveys.services.panels import add_to_panel
from surveys.tokens import new_token
from tests import factories

CANARY = "Canary7Bird"
# Rows of others that name a customer without telling anything about them.
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def make_known_customer(media):
    """A customer with a row in every table that can hold one, and a file of their answers."""
    factory = factories.make_customer
    customer = factory(name=CANARY, email=f"{CANARY}@example.org", phone="+1 555 0100 77")
    customer_lists.add_entry(
        model=apps.get_model("surveys.CustomerAttribute"),
        name={"en": "Hobby"},
        code="hobby",
        kind=AttributeKind.TEXT,
    )
    customer = change_customer(
        customer=customer,
        stage=Stage.objects.first(),
        account=Account.objects.create(external_id="A-1", name="Works"),
        attributes={"hobby": CANARY},
    )
    survey = _survey()
    event = factories.make_event(customer, staff=CANARY)
    response = _response(survey, customer)
    _further_invitations(survey, customer, event)
    _about_the_answer(survey, response, media)
    _complaint(survey, customer)
    _import(media)
    panel = Panel.objects.create(name="Voices")
    add_to_panel(panel=panel, customers=[customer])
    user = factories.make_user()
    note_access(user=user, customer=customer, what="page")
    merge_customers(kept=customer, merged=factory(), user=user)
    return Customer.objects.get(pk=customer.pk)


def _survey():
    survey = factories.make_published_survey(sends_thanks=True, takes_complaints=True)
    version = survey.versions.get()
    section = version.sections.first()
    for number, kind in enumerate(
        (QuestionType.SHORT_TEXT, QuestionType.EMAIL, QuestionType.SINGLE_CHOICE), 20
    ):
        Question.objects.create(
            version=version,
            section=section,
            key=f"own_{kind}",
            type=kind,
            text={"en": "And?"},
            position=number,
        )
    return survey


def _response(survey, customer):
    response = factories.make_response(survey, {"overall": "4"}, customer=customer)
    words = {
        "comment": CANARY,
        "own_short_text": CANARY,
        "own_email": f"{CANARY}@example.org",
        "own_single_choice": "c1",
        "own_single_choice.other": CANARY,
    }
    Response.objects.filter(pk=response.pk).update(
        answers=response.answers | words, account=customer.account, fingerprint=CANARY
    )
    ResponseRevision.objects.create(
        response=response,
        submission_id=uuid.uuid4(),
        fingerprint="0" * 64,
        version=response.version,
        answers=words,
        language="en",
        submitted_at=NOON,
        replaced_at=NOON,
    )
    return response


def _further_invitations(survey, customer, event):
    invitation, _token = factories.make_invitation(survey, customer, event=event)
    ResponseDraft.objects.create(
        submission_id=uuid.uuid4(),
        version=survey.versions.get(),
        invitation=invitation,
        answers={"comment": CANARY},
        unsent={"comment": CANARY},
        language="en",
    )
    text = MessageText.objects.create(survey=survey, name="Ask", kind=MessageKind.INVITATION)
    delivery = Delivery.objects.create(
        invitation=invitation, channel=Channel.EMAIL, text=text, due_at=NOON, last_error=CANARY
    )
    delivery.decisions.create(choice="leave", state_before="uncertain", reason_before=CANARY)
    SkippedCustomer.objects.create(
        survey=survey, customer=customer, event=event, reason=SkipReason.ASKED_RECENTLY
    )


def _about_the_answer(survey, response, media):
    ExclusionDecision.objects.create(response=response, excludes=True, reason=CANARY)
    OutboxMessage.objects.filter(response=response).update(last_error=CANARY)
    tag = CommentTag.objects.create(survey=survey, name="price")
    TaggedComment.objects.create(tag=tag, response=response, key="comment")
    LastTagging.objects.create(
        survey=survey,
        user=User.objects.first() or factories.make_user(),
        tag_name="price",
        is_removal=False,
        comments={"comment": [str(response.pk)]},
    )
    export = AnswerExport.objects.create(survey=survey, language="en", format="csv")
    folder = Path(media) / "exports" / str(export.pk) / "1"
    folder.mkdir(parents=True)
    (folder / "answers.csv").write_text(f"comment\n{CANARY}\n", encoding="utf-8")


def _import(media):
    ImportRun.objects.create(
        kind=ImportKind.CUSTOMERS,
        name=f"{CANARY}.csv",
        folder="one",
        language="en",
        findings={"examples": [CANARY]},
    )
    folder = Path(media) / "imports" / "one"
    folder.mkdir(parents=True)
    (folder / "refused.csv").write_text(CANARY, encoding="utf-8")


def _complaint(survey, customer):
    invitation, _token = factories.make_invitation(survey, customer)
    complaint = begin_complaint(token=new_token(), language="en", invitation=invitation)
    send_complaint(complaint=complaint, words=CANARY, contact=CANARY)
    add_entry(complaint=complaint, kind="note", text=CANARY, author=None)


def is_whole(number):
    """Whether nothing of the customer is gone: none of what erasing takes away."""
    customer = Customer.objects.get(external_id=number)
    return (
        customer.events.count() == 1
        and customer.invitations.count() == 3
        and customer.aliases.count() == 1
        and Response.objects.filter(customer=customer, revisions__isnull=False).count() == 1
        and Complaint.objects.get().entries.count() == 1
        and AnswerExport.objects.count() == 1
    )


def mark_every_text(customer):
    """Write the marked word into every free text of every row that leads to this customer."""
    for model, keys in rows_about(customer).items():
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField)
            if is_text and not (field.choices or field.primary_key or field.remote_field):
                _mark(model, keys, field)


def _mark(model, keys, field):
    for number, key in enumerate(keys):
        longest = field.max_length or 100
        if longest < len(CANARY) + 3:
            continue
        row = model._base_manager.filter(pk=key)
        if field.unique or not row.filter(**{field.name: ""}).exists():
            row.update(**{field.name: f"{CANARY}{number}"})


def rows_about(customer):
    """Keys of all rows, by table, from which foreign keys lead to this customer."""
    found, edge = {Customer: {customer.pk}}, [(Customer, {customer.pk})]
    while edge:
        model, keys = edge.pop()
        for other in apps.get_models(include_auto_created=True):
            for field in other._meta.concrete_fields:
                if field.remote_field and field.related_model is model:
                    rows = other._base_manager.filter(**{f"{field.name}__in": keys})
                    new = set(rows.values_list("pk", flat=True)) - found.get(other, set())
                    if new:
                        found.setdefault(other, set()).update(new)
                        edge.append((other, new))
    return found


def left_of(word, media):
    """The tables and files in which a word stands."""
    tables = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(word.lower() in repr(row).lower() for row in cursor.fetchall()):
                tables.append(table)
    files = [
        path
        for path in Path(media).rglob("*")
        if path.is_file() and word.lower().encode() in path.read_bytes().lower()
    ]
    return tables, files
