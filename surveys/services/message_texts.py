"""Writing the texts of messages; what was sent stays as it was.

A text by which something was sent, or may just be leaving, is never changed:
the change makes the next text, and whatever waits or is planned takes that.
"""

from django.db import transaction
from django.db.models import Q

from surveys.enums import DeliveryState
from surveys.messages.checks import refuse_mistakes
from surveys.messages.ready import ready_text
from surveys.models import Delivery, EventRule, MessageText, Wave, WaveSeries
from surveys.selectors.message_texts import texts_for

from .rows import checked

CHANGEABLE = ("name", "subject", "body", "sms", "asks_first_question")
PLANS = (Wave, WaveSeries, EventRule)
LONGEST_NAME = 100


def default_text(*, survey, kind):
    """The text of this kind that a survey has, else the ready wording in its languages."""
    found = texts_for(survey, kind).first()
    return found or add_text(survey=survey, kind=kind, **ready_text(survey, kind))


def add_text(*, survey, kind, user=None, **fields):
    """A new text; raises `SurveyError` with a sentence for what cannot be sent."""
    text = MessageText(survey=survey, kind=kind, created_by=user, **fields)
    refuse_mistakes(text)
    with transaction.atomic():
        checked(text, exclude=["created_by"]).save()
    return text


def change_text(*, text, user=None, **fields):
    """Change a text; when it was used, the next one takes its place. Gives the one that counts."""
    unknown = set(fields) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"These fields of a text cannot be changed: {sorted(unknown)}")
    with transaction.atomic():
        # Nobody can use the text for a new message while it is held.
        held = MessageText.objects.select_for_update().get(pk=text.pk)
        held = _newest(held)
        for name, value in fields.items():
            setattr(held, name, value)
        refuse_mistakes(held)
        if not was_used(held):
            checked(held, exclude=["created_by"]).save(update_fields=list(fields))
            return held
        return _replace(held.pk, held, user)


def copy_text(*, text, survey, name, user=None):
    """A text like another one, in the same survey or in another."""
    fields = {field: getattr(text, field) for field in CHANGEABLE}
    return add_text(
        survey=survey, kind=text.kind, user=user, **fields | {"name": name[:LONGEST_NAME]}
    )


def was_used(text):
    """Whether a message was sent by this text, or may be on its way."""
    return text.deliveries.filter(
        ~Q(state__in=(DeliveryState.QUEUED, DeliveryState.CANCELLED)) | Q(attempts__gt=0)
    ).exists()


def _newest(text):
    while text.replaced_by_id:
        text = MessageText.objects.select_for_update().get(pk=text.replaced_by_id)
    return text


def _replace(old_pk, changed, user):
    changed.pk, changed._state.adding = None, True
    changed.created_by, changed.replaced_by = user, None
    checked(changed, exclude=["created_by"]).save(force_insert=True)
    MessageText.objects.filter(pk=old_pk).update(replaced_by=changed)
    for plan in PLANS:
        plan.objects.filter(text=old_pk).update(text=changed)
        plan.objects.filter(reminder_text=old_pk).update(reminder_text=changed)
    Delivery.objects.filter(text=old_pk, state=DeliveryState.QUEUED).update(text=changed)
    return changed
