"""The name by which a message is known outside: in its Message-ID and its return address.

Both come back in bounces and complaints. The key cannot be guessed, so that
nobody who did not get the message can say that it came back.
"""

import hashlib
import hmac
import re

from .models import Delivery

KEY = re.compile(r"\b(\d{1,18})-([0-9a-f]{20})\b", re.IGNORECASE)


def delivery_key(delivery):
    """The key of one message, the same each time it is sent."""
    return f"{delivery.pk}-{_mark(delivery)}"


def delivery_of(text):
    """The message whose key stands in a text, or None."""
    for number, mark in KEY.findall(text):
        found = Delivery.objects.select_related("invitation__customer").filter(pk=number).first()
        if found and hmac.compare_digest(_mark(found), mark.lower()):
            return found
    return None


def _mark(delivery):
    invitation = delivery.invitation
    secret = f"{invitation.token_seed}:{invitation.token_hash}"
    words = f"topbox.delivery:{delivery.pk}:{secret}"
    return hashlib.sha256(words.encode()).hexdigest()[:20]
