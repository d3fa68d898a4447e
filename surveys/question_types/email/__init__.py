"""An e-mail address."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.question_types.writing import Writing

LONGEST = 254


class Email(Writing):
    """An address that a mail could be sent to."""

    label = gettext_lazy("E-mail address")
    place = 50
    seconds = 12
    roles = ()
    longest = LONGEST

    def read(self, question, form_values):
        """The address without the spaces around it, or None."""
        return form_values.get(question.key, "").strip() or None

    def error_in(self, question, answer):
        """A sentence when the answer cannot be taken, else None."""
        if sentence := super().error_in(question, answer):
            return sentence
        try:
            if answer is not None:
                validate_email(answer)
        except ValidationError:
            return _("Please write an e-mail address such as name@example.org.")
        return None


handler = Email()
