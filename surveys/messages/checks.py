"""What a text must have before it is saved: each mistake is a sentence for its writer."""

from django.utils.translation import gettext as _

from surveys.errors import SurveyError
from surveys.languages import language_name
from surveys.rules.piping import has_broken_placeholder, placeholders_in

from .fields import FIELDS, LINK

LONGEST_SUBJECT = 200
LONGEST_BODY = 5000
LONGEST_SMS = 1000
ADVISED_SUBJECT = 60


def refuse_mistakes(text):
    """Raise `SurveyError` with every mistake of a text."""
    if mistakes := list(mistakes_in(text)):
        raise SurveyError(" ".join(mistakes))


def mistakes_in(text):
    """Sentences about what cannot be sent."""
    for words in (text.subject, text.body, text.sms):
        yield from _wrong_fields(words)
    yield from _too_long(text.subject, _("The subject"), LONGEST_SUBJECT)
    yield from _too_long(text.body, _("The text"), LONGEST_BODY)
    yield from _too_long(text.sms, _("The text message"), LONGEST_SMS)
    yield from _incomplete(text)
    yield from _without_link(text.body, _("The text"))
    yield from _without_link(text.sms, _("The text message"))


def _wrong_fields(words):
    if has_broken_placeholder(words):
        yield _("Double braces stand in it that are no field. A field reads {{name|other words}}.")
    for place in placeholders_in(words):
        field = FIELDS.get(place.subject)
        if field is None:
            yield _("There is no field “%(name)s”.") % {"name": place.subject}
        elif field.may_be_missing and not (place.fallback or "").strip():
            yield _(
                "“%(name)s” is not known of everybody: write what stands there instead, "
                "as in {{%(name)s|these words}}."
            ) % {"name": place.subject}


def _too_long(words, part, most):
    if any(len(written) > most for written in words.values()):
        yield _("%(part)s is longer than %(most)s signs.") % {"part": part, "most": most}


def _incomplete(text):
    """A mail needs subject and text in the same languages."""
    subject = {code for code, words in text.subject.items() if words.strip()}
    body = {code for code, words in text.body.items() if words.strip()}
    sms = {code for code, words in text.sms.items() if words.strip()}
    for code in sorted(subject ^ body):
        name = language_name(code)
        if code in subject:
            yield _("In %(language)s there is a subject but no text.") % {"language": name}
        else:
            yield _("In %(language)s there is a text but no subject.") % {"language": name}
    if not (subject | body | sms):
        yield _("Write subject and text in at least one language.")


def _without_link(words, part):
    for code, written in words.items():
        if written.strip() and not any(
            place.subject == LINK for place in placeholders_in({code: written})
        ):
            yield _("%(part)s in %(language)s has no {{link}}: nobody could answer.") % {
                "part": part,
                "language": language_name(code),
            }


def advice_on(text):
    """Sentences about what can be sent but could be better."""
    for code, words in text.subject.items():
        if len(words) > ADVISED_SUBJECT:
            yield _(
                "The subject in %(language)s has %(length)s signs; phones show about %(advised)s."
            ) % {"language": language_name(code), "length": len(words), "advised": ADVISED_SUBJECT}
