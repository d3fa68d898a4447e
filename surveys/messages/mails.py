"""Composing the mail of a delivery: two parts, a fixed Message-ID, and a way to say no."""

from dataclasses import dataclass, replace
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from surveys.delivery_keys import delivery_key
from surveys.emails import message_id
from surveys.enums import Channel
from surveys.errors import NotAccepted
from surveys.recipients import address_of

from .asking import asking_of
from .fields import clean_words, values_for
from .filling import button_to, filled, paragraphs_of
from .first_question import first_question
from .languages import language_for

LONGEST_SUBJECT = 250
NO_ADDRESS = gettext_noop("There is no e-mail address that can be written to")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it will read, before it is addressed."""

    subject: str
    plain: str
    html: str
    language: str


def asking_mail(delivery):
    """The mail of a delivery; raises `NotAccepted` when it cannot be addressed."""
    to = _valid_address(address_of(delivery.invitation.customer, Channel.EMAIL))
    asking = asking_of(delivery)
    return addressed(
        letter_for(delivery.text, asking),
        to=to,
        key=delivery_key(delivery),
        unsubscribe=asking.unsubscribe_link,
    )


def letter_for(text, asking):
    """How a text reads to one customer."""
    language = language_for(asking.customer, asking.survey, text, ("subject", "body"))
    asking = _with_language(asking, language)
    values = values_for(asking, language)
    question = first_question(asking, language) if text.asks_first_question else None
    paragraphs = paragraphs_of(text.body.get(language, ""), values)
    if question and not any(paragraph.is_button for paragraph in paragraphs):
        paragraphs.append(button_to(asking.link))
    words = {
        "language": language,
        "organisation_name": settings.ORGANISATION_NAME,
        "contact_email": parseaddr(settings.CONTACT_EMAIL)[1],
        "paragraphs": paragraphs,
        "question": question,
        "link": asking.link,
        "unsubscribe": asking.unsubscribe_link,
    }
    subject = clean_words(filled(text.subject.get(language, ""), values))[:LONGEST_SUBJECT]
    with translation.override(language):
        return Letter(
            subject=subject,
            plain=render_to_string("emails/asking.txt", words).strip() + "\n",
            html=render_to_string("emails/asking.html", words | {"subject": subject}),
            language=language,
        )


def _with_language(asking, language):
    """The page opens in the language of its mail, whatever the browser prefers."""
    if len(asking.survey.languages) < 2:
        return asking
    return replace(asking, link=f"{asking.link}?lang={language}")


def addressed(letter, *, to, key, unsubscribe):
    """The letter as a mail with its headers; `key` makes its name the same each time."""
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.plain,
        from_email=_return_address(key),
        to=[to],
        headers={
            "From": sender(),
            "Message-ID": message_id("asking", key),
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    if parseaddr(settings.CONTACT_EMAIL)[1] != parseaddr(sender())[1]:
        mail.reply_to = [settings.CONTACT_EMAIL]
    mail.attach_alternative(letter.html, "text/html")
    return mail


def mail_for_trying(text, asking, *, to):
    """The mail as a customer would get it, sent to a member of staff: its links lead nowhere."""
    letter = letter_for(text, asking)
    mail = EmailMultiAlternatives(
        subject=f"[{_('Test')}] {letter.subject}",
        body=letter.plain,
        from_email=sender(),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(letter.html, "text/html")
    return mail


def sender():
    """The sender with a real name: the one in the setting, else the organisation's."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or clean_words(settings.ORGANISATION_NAME), address))


def _return_address(key):
    """Where the mail comes back to: its own address where there is a mailbox for that."""
    if not settings.BOUNCE_EMAIL:
        return sender()
    local, _at, host = parseaddr(settings.BOUNCE_EMAIL)[1].partition("@")
    return f"{local}+{key}@{host}"


def _valid_address(address):
    try:
        validate_email(address)
    except ValidationError:
        raise NotAccepted(NO_ADDRESS, is_final=True) from None
    return address
