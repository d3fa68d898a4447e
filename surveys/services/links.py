"""Public links of a survey and personal links of its customers."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from surveys.contact_rule import Skipped, claim_contact, note_contact
from surveys.enums import Channel, SkipReason
from surveys.errors import AskedRecently, SurveyError
from surveys.models import ContactPolicy, Invitation, PublicLink
from surveys.tokens import hash_token, new_token

from .rows import checked

CHANGEABLE = (
    "name",
    "unit",
    "touchpoint",
    "channel",
    "opens_at",
    "closes_at",
    "maximum_answers",
    "is_kiosk",
    "embed_hosts",
)
OPTED_OUT = gettext_noop("This customer asked not to be surveyed.")
FOR_THE_ACCOUNT = gettext_noop(
    "Somebody of this customer's account was last asked on %(date)s; the contact rule speaks "
    "against asking again so soon."
)
FOR_THE_CUSTOMER = gettext_noop(
    "This customer was last asked on %(date)s; the contact rule speaks against asking again so "
    "soon."
)


def add_public_link(*, survey, name, slug="", **fields):
    """Add a public link; without `slug` its address is made from the survey's."""
    link = PublicLink(survey=survey, name=name, slug=slug or _free_slug(survey, name), **fields)
    return _saved(link)


def change_public_link(*, link, **fields):
    """Change a public link, but not its address: that one is printed somewhere."""
    unknown = set(fields) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"These fields of a link cannot be changed: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(link, name, value)
    return _saved(link, update_fields=list(fields))


def open_public_link(*, link):
    """Let a public link take answers again."""
    link.is_active = True
    link.save(update_fields=["is_active"])
    return link


def close_public_link(*, link):
    """Let a public link take no more answers."""
    link.is_active = False
    link.save(update_fields=["is_active"])
    return link


def invite_customer(
    *,
    survey,
    customer,
    channel=Channel.EMAIL,
    wave=None,
    event=None,
    expires_at=None,
    although_recent=False,
):
    """Make a personal link for one customer; returns the invitation and its token.

    The token is nowhere else: only its hash is stored, so it must be passed
    on now. It counts as asking: raises `AskedRecently` where the contact rule
    speaks against it, unless `although_recent`.
    """
    if not survey.has_personal_links:
        raise SurveyError(
            _("An anonymous survey has no personal links: they would say who answered.")
        )
    if not customer.may_be_asked:
        raise SurveyError(_(OPTED_OUT))
    token = new_token()
    invitation = Invitation(
        survey=survey,
        customer=customer,
        channel=channel,
        wave=wave,
        event=event,
        expires_at=expires_at,
        token_hash=hash_token(token),
    )
    with transaction.atomic():
        _count_as_asking(customer, although_recent)
        return _saved(invitation), token


def _count_as_asking(customer, although_recent):
    now = timezone.now()
    try:
        claim_contact(customer, now, ContactPolicy.current())
    except Skipped as skipped:
        if skipped.reason == SkipReason.OPTED_OUT:  # a moment ago
            raise SurveyError(_(OPTED_OUT)) from skipped
        if not although_recent:
            raise AskedRecently(_asked_when(customer, skipped.reason)) from skipped
        note_contact(customer, now)


def _asked_when(customer, reason):
    if reason == SkipReason.ACCOUNT_RECENTLY:
        sentence, asked = FOR_THE_ACCOUNT, customer.account
    else:
        sentence, asked = FOR_THE_CUSTOMER, customer
    asked.refresh_from_db(fields=["asked_at"])
    return _(sentence) % {"date": date_format(asked.asked_at)}


def _saved(row, **save):
    with transaction.atomic():
        checked(row).save(**save)
    return row


def _free_slug(survey, name):
    stem = survey.slug[:50]
    if PublicLink.objects.filter(slug=stem).exists() and slugify(name):
        stem = f"{survey.slug[:30]}-{slugify(name)[:20]}".strip("-")
    taken = set(PublicLink.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
