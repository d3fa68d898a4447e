"""Everything that is known of one customer, as a document to hand out."""

from django.utils import timezone

from surveys.models import AccessRecord, Choice, Complaint, Delivery, Question
from surveys.texts import text_in

from .customers import attributes_of


def person_file(customer):
    """A document (dicts, lists, texts and numbers) with every row about this customer.

    Anonymous answers are nobody's, so none is in it.
    """
    return {
        "written_at": timezone.now().isoformat(),
        "customer": _particulars(customer),
        "events": [_event(event) for event in customer.events.select_related("kind", "unit")],
        "invitations": [
            _invitation(one) for one in customer.invitations.select_related("survey", "wave")
        ],
        "not_asked": [
            {"survey": str(one.survey), "reason": one.reason, "at": _iso(one.skipped_at)}
            for one in customer.skipped.select_related("survey")
        ],
        "answers": [
            _response(one) for one in customer.responses.select_related("survey", "placement__unit")
        ],
        "complaints": [_complaint(one) for one in Complaint.objects.filter(customer=customer)],
        "looked_at_by_staff": [
            {"at": _iso(at), "what": what}
            for at, what in AccessRecord.objects.filter(customer=customer).values_list("at", "what")
        ],
    }


def _particulars(customer):
    return {
        "number": customer.external_id,
        "earlier_numbers": list(customer.aliases.values_list("external_id", flat=True)),
        "name": customer.name,
        "email": customer.email,
        "phone": customer.phone,
        "language": customer.language,
        "time_zone": customer.time_zone,
        "unit": customer.unit and customer.unit.name,
        "segment": customer.segment and text_in(customer.segment.name, "en"),
        "stage": customer.stage and text_in(customer.stage.name, "en"),
        "answers_as": customer.respondent_type and text_in(customer.respondent_type.name, "en"),
        "account": customer.account and customer.account.external_id,
        "role_in_the_account": customer.account_role,
        "attributes": {one.code: shown for one, shown in attributes_of(customer)},
        "panels": list(customer.panels.values_list("name", flat=True)),
        "asked_not_to_be_surveyed_at": _iso(customer.opted_out_at),
        "mail_comes_back_since": _iso(customer.email_bounced_at),
        "last_asked_at": _iso(customer.asked_at),
        "known_since": _iso(customer.created_at),
        "stages": [
            {
                "stage": one.stage and text_in(one.stage.name, "en"),
                "since": one.changed_on.isoformat(),
            }
            for one in customer.stage_changes.select_related("stage")
        ],
    }


def _event(event):
    return {
        "number": event.external_id,
        "kind": text_in(event.kind.name, "en"),
        "at": _iso(event.occurred_at),
        "unit": event.unit and event.unit.name,
        "amount": None if event.amount is None else str(event.amount),
        "staff": event.staff,
    }


def _invitation(invitation):
    return {
        "survey": str(invitation.survey),
        "wave": invitation.wave and invitation.wave.name,
        "channel": invitation.channel,
        "state": invitation.state,
        "made_at": _iso(invitation.created_at),
        "answered_at": _iso(invitation.answered_at),
        "refused_at": _iso(invitation.declined_at),
        "messages": [
            {"number": one.number, "channel": one.channel, "state": one.state}
            | {"at": _iso(one.finished_at or one.due_at)}
            for one in Delivery.objects.filter(invitation=invitation).order_by("number")
        ],
    }


def _response(response):
    return {
        "survey": str(response.survey),
        "at": _iso(response.submitted_at),
        "unit": response.placement and response.placement.unit.name,
        "language": response.language,
        "channel": response.channel,
        "traits": response.traits,
        "answers": _answers(response.version_id, response.answers),
        "earlier_answers": [
            {"at": _iso(one.submitted_at), "answers": _answers(one.version_id, one.answers)}
            for one in response.revisions.all()
        ],
    }


def _answers(version_id, answers):
    """Each answer beside its question, a picked one by its words."""
    questions = {one.key: one for one in Question.objects.filter(version=version_id)}
    labels = {
        (choice.question.key, choice.code): text_in(choice.label, "en")
        for choice in Choice.objects.filter(question__version=version_id).select_related("question")
    }
    told = []
    for key, answer in answers.items():
        stem = key.partition(".")[0]
        question = questions.get(stem)
        codes = answer if isinstance(answer, list) else [answer]
        told.append(
            {
                "key": key,
                "question": text_in(question.text, "en") if question else "",
                "answer": answer,
                "in_words": [labels[stem, code] for code in codes if (stem, code) in labels],
            }
        )
    return told


def _complaint(complaint):
    return {
        "survey": str(complaint.survey),
        "received_on": complaint.received_on and complaint.received_on.isoformat(),
        "state": complaint.state,
        "words": complaint.words,
        "contact": complaint.contact,
        "entries": [
            {"kind": one.kind, "text": one.text, "at": _iso(one.created_at)}
            for one in complaint.entries.all()
        ],
    }


def _iso(moment):
    return moment and moment.isoformat()
