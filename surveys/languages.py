"""Choosing the language of a page among those that its survey has."""

import re

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info

PART = re.compile(
    r"\s*([A-Za-z0-9-]{1,35}|\*)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?\s*"
)
CHINESE = {
    "zh": "zh-hans",
    "zh-cn": "zh-hans",
    "zh-sg": "zh-hans",
    "zh-tw": "zh-hant",
    "zh-hk": "zh-hant",
    "zh-mo": "zh-hant",
}
LONGEST_HEADER = 500
SHAPE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
LONGEST_CODE = 10


def accepted_languages(header):
    """Language codes of an Accept-Language header, the most wanted first."""
    wanted = []
    for place, part in enumerate(header[:LONGEST_HEADER].split(",")):
        match = PART.fullmatch(part)
        if match and match[1] != "*":
            wanted.append((-float(match[2] or 1), place, match[1].lower()))
    return [code for weight, _place, code in sorted(wanted) if weight]


def matching_language(code, languages):
    """The one of `languages` that serves a reader of `code`, or None."""
    code = code.lower()
    candidates = [code, CHINESE.get(code), *_shorter(code)]
    return next((candidate for candidate in candidates if candidate in languages), None)


def _shorter(code):
    """``zh-hant-tw`` without its last parts: ``zh-hant``, then ``zh``."""
    while "-" in code:
        code = code.rpartition("-")[0]
        yield code


def choose_language(*, wishes, header, languages, default_language):
    """The language of a page: the first wish that the survey has, else the browser's, else its own.

    `wishes` are codes or None, the strongest first: what the person picked,
    what they answered in so far.
    """
    for code in [*filter(None, wishes), *accepted_languages(header)]:
        found = matching_language(code, languages)
        if found:
            return found
    return default_language


def language_name(code):
    """A language's name in that language, or its code when nobody knows it."""
    try:
        return get_language_info(code)["name_local"]
    except KeyError:
        return code


def language_code(name):
    """The code of a language that a file calls "Deutsch", "German (de)" or "zh-CN", or None."""
    name = name.strip()
    inner = re.search(r"\(([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\)$", name)
    code = (inner[1] if inner else name).lower().replace("_", "-")
    if len(code) <= LONGEST_CODE and SHAPE.fullmatch(code) and code not in NAMES:
        return CHINESE.get(code, code)
    return NAMES.get(name.lower())


NAMES = {
    info[key].lower(): CHINESE.get(code, code)
    for code, info in LANG_INFO.items()
    for key in ("name", "name_local")
    if key in info
}
