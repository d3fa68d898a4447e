"""Links by which a customer says no to surveys, each with a key of its own.

The link opens no questionnaire, and the link to the questionnaire does not
say no. It never expires: a mail may be read after years.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer

from .errors import UnknownLink

LONGEST_NUMBER = 18


def unsubscribe_token(invitation):
    """The token of an invitation's link for saying no."""
    return _signer().sign(str(invitation.pk))


def unsubscribe_address(invitation):
    """The whole address."""
    return f"{settings.BASE_URL}/u/{unsubscribe_token(invitation)}/"


def invitation_number(token):
    """The number of the invitation that a token belongs to; raises `UnknownLink`."""
    try:
        number = _signer().unsign(token)
    except BadSignature:
        raise UnknownLink("No invitation has this link.") from None
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        raise UnknownLink("No invitation has this link.")
    return int(number)


def _signer():
    return Signer(salt="topbox.unsubscribe", sep=".")
