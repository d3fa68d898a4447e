"""Keeping links out of the logs: who holds one may answer with it, or read a published page."""

import logging
import re

LINK = re.compile(r"(/(?:r|s|c|p|u)/)[^\s\"'?#]+")


def hide_links(text):
    """The text with everything behind /r/, /s/, /c/, /p/ and /u/ left out."""
    return LINK.sub(r"\1…", text)


class HideLinks(logging.Filter):
    """Rewrites each record so that no survey link is written."""

    def filter(self, record):
        """Let every record pass, without its links."""
        message = record.getMessage()
        record.msg, record.args = hide_links(message), ()
        return True
