"""The web sites that may show a public link in a frame, as origins for `frame-ancestors`."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_ORIGINS = 20
HOST = re.compile(r"(?=.{1,253}\Z)(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*")


def read_origins(text):
    """The origins in a list, one in a line; raises `ValidationError` for the first wrong one."""
    found = list(dict.fromkeys(_origin(line.strip()) for line in text.split() if line.strip()))
    if len(found) > MOST_ORIGINS:
        raise ValidationError(_("Please name at most %(number)d sites.") % {"number": MOST_ORIGINS})
    return found


def _origin(text):
    """``www.example.org`` or a whole address as scheme, host and port."""
    wrong = ValidationError(
        _("“%(text)s” is not a web site. Write it like https://www.example.org.")
        % {"text": text[:100]}
    )
    try:
        parts = urlsplit(text if "//" in text else f"https://{text}")
        host = (parts.hostname or "").encode("idna").decode().lower()
        port = parts.port
    except ValueError:
        raise wrong from None
    is_plain = parts.username is None and parts.password is None and "\\" not in text
    if parts.scheme not in ("http", "https") or not is_plain or not HOST.fullmatch(host):
        raise wrong
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")
