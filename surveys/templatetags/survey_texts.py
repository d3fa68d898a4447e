"""Showing texts that are kept by language."""

from django import template
from django.utils.translation import get_language

from surveys import languages
from surveys.texts import text_in

register = template.Library()


@register.filter
def in_language(texts, language=None):
    """The text in `language`, or in the language of the page."""
    return text_in(texts or {}, language or get_language())


@register.filter
def language_name(code):
    """A language's name in that language."""
    return languages.language_name(code)


@register.simple_tag
def survey_text(texts, questionnaire, language):
    """A text of a questionnaire in `language`, or in the questionnaire's first language."""
    return questionnaire.text(texts, language)
