"""What is known of a visit: how it came, and for a named survey of whom it is."""

from zoneinfo import ZoneInfo

from surveys.models import Unit
from surveys.rules.circumstances import ATTRIBUTE, EVENT_DAY, Circumstances, day_number


def circumstances_of(*, language, public_link=None, invitation=None):
    """The circumstances of answering by one of the two kinds of link."""
    codes, words = {}, {}
    if public_link is not None:
        codes["link.channel"] = _one(public_link.channel)
        codes["link.touchpoint"] = _one(public_link.touchpoint)
        codes["link.unit"] = _lineage(public_link.unit)
        words["link.touchpoint"] = public_link.touchpoint
        words["link.unit"] = public_link.unit.name if public_link.unit else ""
    else:
        codes["link.channel"] = _one(invitation.channel)
        if not invitation.survey.is_anonymous:
            _add_customer(codes, words, invitation)
    return Circumstances(language=language, codes=codes, words=words)


def _add_customer(codes, words, invitation):
    customer = invitation.customer
    unit = (invitation.event and invitation.event.unit) or customer.unit
    codes["customer.language"] = _one(customer.language)
    codes["customer.unit"] = _lineage(unit)
    codes["customer.segment"] = (customer.segment.code,) if customer.segment_id else ()
    codes["customer.stage"] = (customer.stage.code,) if customer.stage_id else ()
    codes["customer.type"] = (customer.respondent_type.code,) if customer.respondent_type_id else ()
    codes["customer.role"] = _one(customer.account_role)
    for code, value in customer.attributes.items():
        codes[f"{ATTRIBUTE}{code}"] = _one(str(value))
    if invitation.event:
        zone = ZoneInfo(invitation.survey.time_zone)
        day = invitation.event.occurred_at.astimezone(zone).date()
        codes["event.kind"] = (invitation.event.kind.code,)
        codes[EVENT_DAY] = (str(day_number(day)),)
    words["customer.name"] = customer.name
    words["customer.unit"] = unit.name if unit else ""


def _one(code):
    return (code,) if code else ()


def _lineage(unit):
    """The codes of a unit and of everything above it."""
    if unit is None:
        return ()
    return (unit.code, *(above.code for above in Unit.objects.get_ancestors(unit)))
