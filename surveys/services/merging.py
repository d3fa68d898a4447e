"""Making one customer of two: everything of the second becomes the first one's.

The number of the second stays as an alias, under which imports find the
first. Whoever of the two asked not to be surveyed, the one customer did. It
cannot be undone: nobody could tell afterwards whose an answer was.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from surveys.enums import InvitationState
from surveys.errors import SurveyError
from surveys.models import (
    Customer,
    CustomerAlias,
    Erasure,
    Invitation,
    PanelMember,
    SkippedCustomer,
)

from .customers import CHANGEABLE
from .rows import checked

# Fields that stand or fall together: a role is one in its account.
TOGETHER = {"account": ("account", "account_role")}


def merge_customers(*, kept, merged, taken=(), user=None):
    """Move everything of `merged` to `kept` and forget the row of `merged`.

    `taken` names the fields in which the value of `merged` counts; elsewhere
    that of `kept` does, and where it has none that of `merged`. Raises
    `SurveyError` for one customer given twice, or one that is being erased.
    """
    if kept.pk == merged.pk:
        raise SurveyError(_("These are one customer already."))
    with transaction.atomic():
        both = Customer.objects.select_for_update(of=("self",)).order_by("pk")
        found = {one.pk: one for one in both.filter(pk__in=[kept.pk, merged.pk])}
        if len(found) < 2:
            raise SurveyError(_("One of these customers is not here any more."))
        kept, merged = found[kept.pk], found[merged.pk]
        if Erasure.objects.filter(customer__in=found).exists():
            raise SurveyError(_("One of these customers is being erased."))
        _move_rows(kept, merged)
        number = merged.external_id
        merged.delete()
        _take_values(kept, merged, set(taken))
        CustomerAlias.objects.create(external_id=number, customer=kept, merged_by=user)
    return kept


def _take_values(kept, merged, taken):
    bounced = merged.email_bounced_at if "email" in taken or not kept.email else None
    if bounced or "email" in taken:
        kept.email_bounced_at = bounced
    for name in CHANGEABLE:
        if name in ("attributes", "account_role"):
            continue
        if name in taken or not getattr(kept, name):
            for part in TOGETHER.get(name, (name,)):
                setattr(kept, part, getattr(merged, part))
    first, second = (kept, merged) if "attributes" not in taken else (merged, kept)
    kept.attributes = second.attributes | first.attributes
    kept.opted_out_at = _earlier(kept.opted_out_at, merged.opted_out_at)
    kept.asked_at = _later(kept.asked_at, merged.asked_at)
    kept.created_at = _earlier(kept.created_at, merged.created_at)
    checked(kept).save()


def _move_rows(kept, merged):
    """Let every row that names `merged` name `kept`, whichever table it is in."""
    _settle_waves(kept, merged)
    own_panels = list(kept.panels.values_list("pk", flat=True))
    PanelMember.objects.filter(customer=merged, panel__in=own_panels).delete()
    for relation in Customer._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: merged})
            rows.update(**{relation.field.name: kept})


def _settle_waves(kept, merged):
    """A customer is asked, or skipped, once per wave: what is doubled gives way.

    The invitation that gives way leaves the wave, and is withdrawn unless it
    was answered; its answer keeps its wave.
    """
    waves = set(kept.invitations.exclude(wave=None).values_list("wave", flat=True))
    for theirs in merged.invitations.filter(wave__in=waves):
        own = kept.invitations.get(wave=theirs.wave_id)
        loses = theirs if own.state == InvitationState.ANSWERED else own
        if theirs.state != InvitationState.ANSWERED:
            loses = theirs
        _leave_wave(loses)
    invited = waves | set(merged.invitations.exclude(wave=None).values_list("wave", flat=True))
    skipped = SkippedCustomer.objects.filter(customer__in=[kept, merged])
    skipped.filter(wave__in=invited).delete()
    own_skips = kept.skipped.exclude(wave=None).values_list("wave", flat=True)
    merged.skipped.filter(wave__in=list(own_skips)).delete()


def _leave_wave(invitation):
    rows = Invitation.objects.filter(pk=invitation.pk)
    rows.update(wave=None, recipient_key="")
    rows.filter(state=InvitationState.OPEN).update(state=InvitationState.REVOKED)


def _earlier(one, other):
    return min(filter(None, (one, other)), default=None)


def _later(one, other):
    return max(filter(None, (one, other)), default=None)
