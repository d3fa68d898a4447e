"""Composing mails to customers, in the language in which they answered."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from .texts import text_in


def thank_you_mail(message):
    """The mail that thanks for an answer, or None when there is nobody to write to.

    Its Message-ID belongs to the row: should it ever be sent again, mail
    programs can tell that it is the same.
    """
    response = message.response
    customer = response.customer
    if customer is None or not customer.email or not customer.may_be_asked:
        return None
    survey = response.survey
    with translation.override(response.language):
        words = {
            "organisation_name": survey.sender,
            "customer_name": customer.name,
            "language": response.language,
            "survey_title": text_in(survey.title, response.language, survey.default_language),
            "thanks": text_in(response.version.thanks, response.language, survey.default_language),
        }
        subject = render_to_string("emails/thank_you.subject.txt", words)
        mail = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string("emails/thank_you.txt", words),
            to=[customer.email],
            headers={
                "Message-ID": message_id("thank-you", message.pk, response.pk.hex),
                "Auto-Submitted": "auto-generated",
            },
        )
        mail.attach_alternative(render_to_string("emails/thank_you.html", words), "text/html")
    return mail


def message_id(kind, *parts):
    """A Message-ID that is the same each time."""
    name = ".".join([kind, *map(str, parts)])
    return f"<{name}@{urlsplit(settings.BASE_URL).hostname}>"
