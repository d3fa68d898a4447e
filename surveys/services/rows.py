"""Checking rows before they are stored."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from surveys.errors import SurveyError


def checked(row, *, exclude=()):
    """The row, when every rule of its model holds; else `SurveyError` with the sentences."""
    try:
        row.full_clean(exclude=set(exclude))
    except ValidationError as error:
        raise SurveyError(" ".join(_sentences(row, error.message_dict))) from error
    return row


def _sentences(row, messages):
    for name, sentences in messages.items():
        for sentence in sentences:
            if name == NON_FIELD_ERRORS:
                yield sentence
            else:
                yield f"{row._meta.get_field(name).verbose_name}: {sentence}"
