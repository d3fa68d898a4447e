"""What a delivery is about, as its words need it."""

from django.utils.translation import gettext_noop

from surveys.errors import NotAccepted
from surveys.selectors.surveys import personal_address
from surveys.tokens import token_of
from surveys.unsubscribe_links import unsubscribe_address

from .fields import Asking

NO_LINK = gettext_noop("The link cannot be made: the secret key was changed")


def asking_of(delivery):
    """Whom a delivery asks; raises `NotAccepted` when its link cannot be made any more."""
    invitation = delivery.invitation
    token = invitation.token_seed and token_of(
        invitation.token_seed, token_hash=invitation.token_hash
    )
    if not token:
        raise NotAccepted(NO_LINK, is_final=True)
    return Asking(
        survey=invitation.survey,
        customer=invitation.customer,
        event=invitation.event,
        expires_at=invitation.expires_at,
        link=personal_address(token),
        unsubscribe_link=unsubscribe_address(invitation),
    )
