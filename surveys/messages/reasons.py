"""Why a message did not go out, in the reader's language.

Stored is the English sentence, and behind a colon what the server said as a
code; sentences are marked for translation where they are written.
"""

from django.utils.translation import gettext


def reason_in_words(stored):
    """A stored reason as a sentence."""
    if not stored:
        return ""
    sentence, colon, code = stored.partition(": ")
    return f"{gettext(sentence)} ({code})." if colon else f"{gettext(sentence)}."
