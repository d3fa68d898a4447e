"""The parts of a text message are counted while it is written, as the server counts them."""

import pytest
from django.urls import reverse

from surveys.messages.filling import filled
from surveys.messages.text_messages import length_of, longest_links
from tests import factories
from tests.deliveries import make_text

from .conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = [
    "a" * 160,
    "a" * 161,
    "€" * 80 + "\n",
    "Öl – {{customer.name|}} {{link}}",
    "How was it, {{ customer.name | dear customer }}? {{link}} {{unsubscribe}}",
    "😀" * 36,
    "您好！{{link}}",
]


def test_room_is_told_while_one_writes(open_as_staff):
    survey = factories.make_published_survey()
    text = make_text(survey)
    address = reverse("surveys:message_edit", args=[survey.slug, text.pk])
    page, said = open_as_staff(address, **PHONE)

    for words in WORDS:
        page.fill("#id_sms__en", words)
        told = page.inner_text("#id_sms__en + p[role=status]")
        expected = length_of(filled(words, longest_links()))

        assert f"Parts: {expected.parts} (signs with links: {expected.units})." in told
        assert ("GSM alphabet" in told) == expected.is_wide
    assert said == []
