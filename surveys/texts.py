"""Texts that staff write in several languages, kept as ``{"en": ..., "zh-hans": ...}``."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def text_in(texts, language, default_language="en"):
    """The text in `language`, else in the survey's default language, else in any."""
    for wanted in (language, default_language):
        if texts.get(wanted):
            return texts[wanted]
    return next((text for text in texts.values() if text), "")


def is_translated(texts, language):
    """Whether there is a text in just this language."""
    return bool(texts.get(language, "").strip())


def validate_texts(texts):
    """Refuse anything but a mapping of language codes to texts."""
    if not isinstance(texts, dict) or not all(
        isinstance(key, str) and isinstance(value, str) for key, value in texts.items()
    ):
        raise ValidationError(_("A text must be given for each language."), code="texts")
