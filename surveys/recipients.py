"""Where a message to a customer goes, and how two addresses are told to be one."""

import hmac
import re

from django.conf import settings

from surveys.enums import Channel

NO_PART_OF_A_NUMBER = re.compile(r"[\s().\-/–]+")


def address_of(customer, channel):
    """The address of a customer on a channel; "" where there is none, or nothing is sent there."""
    if channel == Channel.EMAIL:
        return customer.email.strip()
    if channel == Channel.SMS:
        return NO_PART_OF_A_NUMBER.sub("", customer.phone)
    return ""


def recipient_key(address):
    """A keyed hash of an address, the same however it is written; "" for no address."""
    normal = normal_address(address)
    if not normal:
        return ""
    key = f"topbox.recipient:{settings.SECRET_KEY}".encode()
    return hmac.digest(key, normal.encode("utf-8", "surrogatepass"), "sha256").hex()


def normal_address(address):
    """An address in the one way in which it is compared with others."""
    normal = address.strip().casefold()
    return normal if "@" in normal else NO_PART_OF_A_NUMBER.sub("", normal)
