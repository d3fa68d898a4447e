"""A text between questions."""

from django.utils.translation import gettext_lazy as _

from surveys.question_types.answer_type import AnswerType, Group


class TextBlock(AnswerType):
    """Asks nothing: it has no entry in the answers and no place in the results."""

    label = _("Text without a question")
    group = Group.OTHER
    place = 20
    seconds = 6

    def keys(self, question):
        """None."""
        return ()

    def parts(self, question):
        """None."""
        return ()

    def inputs(self, question):
        """None."""
        return 0

    def entries(self, question, form_values):
        """Nothing is read."""
        return {}

    def error_in(self, question, answer):
        """Nothing can be wrong."""
        return None

    def picked(self, question, code):
        """Nothing can be picked."""
        return None


handler = TextBlock()
