"""Which language a customer is written to in."""

from surveys.languages import matching_language
from surveys.texts import is_translated


def language_for(customer, survey, text, channel_texts):
    """The customer's language where the survey and the whole text have it, else the survey's own.

    `channel_texts` names what of the text the channel needs, so that subject
    and body never come in two languages.
    """
    parts = [getattr(text, name) for name in channel_texts]
    whole = [code for code in parts[0] if all(is_translated(part, code) for part in parts)]
    offered = [code for code in survey.languages if code in whole]
    wished = matching_language(customer.language, offered) if customer.language else None
    if wished:
        return wished
    if survey.default_language in whole:
        return survey.default_language
    return next(iter(offered or whole), survey.default_language)
