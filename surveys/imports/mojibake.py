"""Signs that a text was once read in a wrong encoding, and reading it right again."""

import re

WRONG_READINGS = ("cp1252", "gb18030")
LOST = re.compile("[\ufffd\ue000-\uf8ff]|锟斤拷|锘|烫烫烫|屯屯屯")
EUROPEAN = re.compile(
    "[ÂÃ][\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â€[\u0080-\u00bfœ™˜“”¢¦]|[äåæçèé][\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{2}"
)
CHINESE = re.compile("[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]+")


def looks_garbled(text):
    """Whether signs were lost, or UTF-8 was read as something else."""
    return bool(LOST.search(text)) or any(
        repaired(text, reading) != text for reading in WRONG_READINGS
    )


def repaired(text, reading):
    """The text as it was before its UTF-8 was read as `reading`; unchanged when it was not."""
    if text.isascii():
        return text
    try:
        right = text.encode(reading).decode("utf-8")
    except UnicodeError:
        return text
    if reading == "cp1252":
        return right if EUROPEAN.search(text) else text
    foreign = "".join(sign for sign in right if not sign.isascii())
    return right if len(foreign) > 1 and CHINESE.fullmatch(foreign) else text
