"""Telling the recipients of a report that an edition is there, by a link or with the file."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from reports.models import Delivery, EditionMail
from reports.words import formatting
from surveys.emails import message_id
from surveys.services.outbox import Outbox
from surveys.texts import text_in


def edition_mail(message):
    """The mail about an edition, or None when its report is gone.

    Its Message-ID belongs to the row: should it ever be sent again, mail
    programs can tell that it is the same.
    """
    edition = message.edition
    if edition.run is None:
        return None
    report = edition.run.report
    attaches = report.delivery == Delivery.ATTACHMENT
    with translation.override(edition.language):
        words = {
            "organisation_name": settings.ORGANISATION_NAME,
            "language": edition.language,
            "report_name": report.name,
            "survey_title": text_in(
                edition.survey.title, edition.language, edition.survey.default_language
            ),
            "unit_name": edition.unit.name if edition.unit else "",
            "answers": formatting.answers(edition.responses_counted),
            "link": settings.BASE_URL + reverse("reports:edition_detail", args=[edition.pk]),
            "attaches": attaches,
        }
        subject = render_to_string("emails/edition.subject.txt", words)
        mail = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string("emails/edition.txt", words),
            to=[message.address],
            headers={
                "Message-ID": message_id("edition", message.pk, edition.digest[:16]),
                "Auto-Submitted": "auto-generated",
            },
        )
        mail.attach_alternative(render_to_string("emails/edition.html", words), "text/html")
    if attaches:
        name = edition.file.name.rsplit("/", 1)[-1]
        with edition.file.open("rb") as file:
            mail.attach(name, file.read(), "application/pdf")
    return mail


EDITIONS = Outbox(
    EditionMail,
    compose=edition_mail,
    related=("edition__survey", "edition__unit", "edition__run__report"),
)


def send_next_edition_mail():
    """Send what has been owed to a recipient for longest; whether there was any."""
    return EDITIONS.send_next()
