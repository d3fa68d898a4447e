"""Reading one cell: a text becomes a value, or a sentence says why it cannot.

Identifiers, numbers and times are brought to one form (full-width digits
become plain ones); names and comments are kept as they were written.
"""

import re
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from .errors import RowRefused

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+|[+-]?\d{1,3}(,\d{3}){2,}")
MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
EARLIEST_YEAR, LATEST_YEAR = 1900, 2999
LONGEST_NUMBER = 15
YES = {"1", "yes", "y", "true", "x", "是", "真", "✓", "退订", "退訂"}
NO = {"", "0", "no", "n", "false", "-", "否", "假"}


def plain(cell):
    """An identifier or number with full-width signs made plain and no space around it."""
    return unicodedata.normalize("NFKC", cell).strip()


def text_cell(cell, column, longest):
    """A text as it was written, without the space around it."""
    text = cell.strip()
    if len(text) > longest:
        raise RowRefused(
            _("%(column)s has %(length)d signs; %(longest)d are the most.")
            % {"column": column, "length": len(text), "longest": longest}
        )
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise RowRefused(_("%(column)s holds a sign that cannot be stored.") % {"column": column})
    return text


def identifier_cell(cell, column, longest=100):
    """A number or code that must be there."""
    identifier = text_cell(plain(cell), column, longest)
    if not identifier:
        raise RowRefused(_("%(column)s is empty.") % {"column": column})
    return identifier


def email_cell(cell, column):
    """An e-mail address, or nothing."""
    address = text_cell(plain(cell), column, 254)
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise RowRefused(
                _("%(column)s is no e-mail address: “%(cell)s”.")
                % {"column": column, "cell": shown(address)}
            ) from None
    return address


def amount_cell(cell, column):
    """An amount with at most two decimals, or None."""
    text = plain(cell).replace(" ", "")
    if not text:
        return None
    if GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not NUMBER.fullmatch(text) or len(text.split(".")[0].lstrip("+-")) > 12:
        raise RowRefused(
            _("%(column)s is no amount such as 1234.50: “%(cell)s”.")
            % {"column": column, "cell": shown(cell)}
        )
    amount = Decimal(text)
    if amount != round(amount, 2):
        raise RowRefused(
            _("%(column)s has more than two decimals: “%(cell)s”.")
            % {"column": column, "cell": shown(cell)}
        )
    return round(amount, 2)


def number_cell(cell, column):
    """A number as JSON keeps it: whole where it is whole."""
    text = plain(cell).replace(" ", "")
    if GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not NUMBER.fullmatch(text) or len(text) > LONGEST_NUMBER:
        raise RowRefused(
            _("%(column)s is no number such as 1234.5: “%(cell)s”.")
            % {"column": column, "cell": shown(cell)}
        )
    return float(text) if float(text) != int(float(text)) else int(float(text))


def time_zone_cell(cell, column):
    """The name of a time zone, or nothing."""
    name = plain(cell)
    if name and name not in _time_zones():
        raise RowRefused(
            _("%(column)s is no time zone such as Asia/Taipei: “%(cell)s”.")
            % {"column": column, "cell": shown(cell)}
        )
    return name


def yes_cell(cell, column):
    """Whether a cell says yes; an empty one says no."""
    word = plain(cell).casefold()
    if word in YES or MOMENT.fullmatch(word):
        return True
    if word in NO:
        return False
    raise RowRefused(
        _("%(column)s says neither yes nor no: “%(cell)s”.")
        % {"column": column, "cell": shown(cell)}
    )


def moment_cell(cell, column, *, time_zone=None):
    """A time; without an offset it is one of the organisation's zone."""
    match = MOMENT.fullmatch(plain(cell))
    if match:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
        try:
            naive = datetime(year, month, day, hour, minute, second)
            if EARLIEST_YEAR <= naive.year <= LATEST_YEAR:
                return _with_zone(naive, match[7], time_zone or settings.TIME_ZONE)
        except ValueError:
            pass
    raise RowRefused(
        _("%(column)s is no date such as 2026-01-31 or 2026-01-31 14:05: “%(cell)s”.")
        % {"column": column, "cell": shown(cell)}
    )


def _with_zone(naive, offset, time_zone):
    if offset is None:
        return naive.replace(tzinfo=ZoneInfo(time_zone)).astimezone(UTC)
    marked = "+00:00" if offset == "Z" else offset
    return datetime.fromisoformat(f"{naive.isoformat()}{marked}").astimezone(UTC)


def known_cell(cell, column, known):
    """The entry of a list (by its code in small letters), or None when the cell is empty."""
    code = plain(cell)
    if not code:
        return None
    if code.lower() not in known:
        raise RowRefused(
            _("%(column)s “%(cell)s” is not known here.") % {"column": column, "cell": shown(code)}
        )
    return known[code.lower()]


@cache
def _time_zones():
    return frozenset(available_timezones())


def shown(cell, longest=60):
    """The beginning of a cell, fit to stand in a sentence."""
    text = "".join(sign if sign.isprintable() else "·" for sign in cell.strip())
    return text if len(text) <= longest else text[: longest - 1] + "…"
