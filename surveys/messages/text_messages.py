"""Text messages: their words, and into how many parts a network cuts them."""

from dataclasses import dataclass

from django.conf import settings

from surveys.languages import language_name

from .fields import values_for
from .filling import filled
from .languages import language_for

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = frozenset("^{}\\[~]|€\f")  # each takes the room of two
GSM_ROOM, GSM_PART = 160, 153
WIDE_ROOM, WIDE_PART = 70, 67
LINK_SIGNS, UNSUBSCRIBE_SIGNS = 27, 50


@dataclass(frozen=True, slots=True)
class Length:
    """How much room a text message takes."""

    units: int
    parts: int
    is_wide: bool


def words_of_text_message(text, asking):
    """The text message as one customer reads it."""
    language = language_for(asking.customer, asking.survey, text, ("sms",))
    return filled(text.sms.get(language, ""), values_for(asking, language)).strip()


def length_of(words):
    """Room and number of parts: signs outside GSM 03.38 make the whole message UCS-2."""
    is_wide = any(sign not in GSM and sign not in GSM_TWICE for sign in words)
    if is_wide:
        units, room, part = len(words.encode("utf-16-be")) // 2, WIDE_ROOM, WIDE_PART
    else:
        units = len(words) + sum(sign in GSM_TWICE for sign in words)
        room, part = GSM_ROOM, GSM_PART
    return Length(units, 1 if units <= room else -(-units // part), is_wide)


def room_of_texts(text):
    """In each language, how many parts the text message has at least: a link of ours is long."""
    return [
        (language_name(code), length_of(filled(words, longest_links())))
        for code, words in text.sms.items()
        if words
    ]


def longest_links():
    """Links of ours, as long as they are in a message."""
    return {
        "link": f"{settings.BASE_URL}/r/{'x' * LINK_SIGNS}/",
        "unsubscribe": f"{settings.BASE_URL}/u/{'x' * UNSUBSCRIBE_SIGNS}/",
    }


def rule_of_room():
    """What the page needs to count the parts while somebody writes."""
    return longest_links() | {
        "gsm": "".join(sorted(GSM)),
        "gsm-twice": "".join(sorted(GSM_TWICE)),
        "gsm-room": f"{GSM_ROOM} {GSM_PART}",
        "wide-room": f"{WIDE_ROOM} {WIDE_PART}",
    }
