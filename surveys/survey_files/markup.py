"""Texts of other tools, which are HTML, as the plain texts that ours are."""

import html
import re

from django.utils.html import strip_tags

BREAKS = re.compile(r"<\s*(?:br\s*/?|/\s*(?:p|div|li|h[1-6]|tr))\s*>", re.IGNORECASE)
UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"<\s*([a-zA-Z][a-zA-Z0-9]*)")
HARMLESS = {"p", "br", "div", "span"}
LONGEST_EXCERPT = 120
LONGEST_MARKUP = 10_000


def plain_text(markup):
    """The text that a reader of the page sees."""
    text = UNSEEN.sub("", str(markup or "")[:LONGEST_MARKUP])
    text = html.unescape(strip_tags(BREAKS.sub("\n", text))).replace("\xa0", " ")
    lines = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def has_formatting(markup):
    """Whether there is more in it than paragraphs: bold words, pictures, headings."""
    return any(tag.lower() not in HARMLESS for tag in TAG.findall(str(markup or "")))


def excerpt(text):
    """The beginning of a text, on one line."""
    line = " ".join(str(text or "").split())
    return line if len(line) <= LONGEST_EXCERPT else line[: LONGEST_EXCERPT - 1] + "…"
