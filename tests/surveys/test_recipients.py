"""One person in two spellings of an address is written to once."""

import pytest

from surveys.enums import Channel
from surveys.models import Customer
from surveys.recipients import address_of, recipient_key

ANN = Customer(email=" ann@example.org ", phone="+49 (30) 123-456")


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        (Channel.EMAIL, "ann@example.org"),
        (Channel.SMS, "+4930123456"),
        (Channel.PHONE, ""),
        (Channel.FACE_TO_FACE, ""),
    ],
)
def test_address_belongs_to_the_channel(channel, address):
    assert address_of(ANN, channel) == address


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ann@Example.org", " ann@example.org"), ("+49 30 123456", "+49(30)123-456")],
)
def test_spelling_of_an_address_makes_no_second_recipient(one, other):
    assert recipient_key(one) == recipient_key(other)


def test_key_tells_no_address_and_differs_by_secret_key(settings):
    before = recipient_key("ann@example.org")
    settings.SECRET_KEY = "another-secret-key-of-more-than-32-signs"

    assert "ann" not in before
    assert recipient_key("ann@example.org") != before


def test_no_address_has_no_key():
    assert recipient_key("  ") == ""
