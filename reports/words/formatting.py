"""The only place where numbers are rounded.

Halves are rounded up, as readers do; what is not quite all is never "100%"
and what is not quite nothing is never "0.0%". An unknown figure is a dash.
"""

import math
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from scoring.intervals import LOW_BASE

NOTHING = "–"
MINUS = "\u2212"
NO_BREAK = "\u00a0"


def rounded(value, places):
    """The number with so many decimals, halves away from zero."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def number(value, places=0):
    """A plain number: "2,684", "4.13"."""
    if value is None:
        return NOTHING
    exact = rounded(value, places)
    text = _localised(abs(exact), places)
    return f"{MINUS}{text}" if exact < 0 else text


def count(value):
    """Respondents."""
    return number(value)


def percent(share):
    """A share as a percentage with one decimal: "81.9%"."""
    if share is None:
        return NOTHING
    shown = rounded(_hundredfold(share), 1)
    if share < 1 and shown >= 100:
        return f">{_localised(Decimal('99.9'), 1)}%"
    if share > 0 and shown == 0:
        return f"<{_localised(Decimal('0.1'), 1)}%"
    return f"{number(shown, 1)}%"


def percentage_points(difference):
    """A difference of two shares with its sign: "+14.1"."""
    return NOTHING if difference is None else _signed(_hundredfold(difference), 1)


def net_score(points):
    """A Net Promoter Score in whole points with its sign: "+32"."""
    return NOTHING if points is None else _signed(points, 0)


def mean(value):
    """A mean score: "4.13"."""
    return number(value, 2)


def difference_of_means(value):
    """A difference of two means with its sign: "+0.40"."""
    return NOTHING if value is None else _signed(value, 2)


def ratio(value, *, like=None):
    """A ratio: "6.0", and with a second decimal below two: "1.21".

    `like` is the estimate to which an end of an interval belongs, so that
    both show the same decimals.
    """
    if value is None:
        return NOTHING
    if math.isinf(value):
        return "∞"
    return number(value, _ratio_places(value if like is None else like))


def interval(estimate, form=percent):
    """Both ends of an interval: "80.4% to 83.3%"; a dash where there is none."""
    if estimate is None or not estimate.has_interval:
        return NOTHING
    if form is ratio:
        return ratio_interval(estimate)
    return _("%(low)s to %(high)s") % {"low": form(estimate.low), "high": form(estimate.high)}


def ratio_interval(estimate):
    """Both ends of a ratio's interval: "3.9 to 9.9", or "3.2 or more"."""
    if not estimate.has_interval:
        return NOTHING
    if math.isinf(estimate.high):
        return _("%(low)s or more") % {"low": ratio(estimate.low, like=estimate.value)}
    like = estimate.low if estimate.value is None else estimate.value
    return _("%(low)s to %(high)s") % {
        "low": ratio(estimate.low, like=like),
        "high": ratio(estimate.high, like=like),
    }


def confidence_level(confidence):
    """The level of an interval: "95%"."""
    shown = rounded(_hundredfold(confidence), 1).normalize()
    return f"{_localised(shown, max(0, -shown.as_tuple().exponent))}%"


def base(respondents):
    """A base as a number, marked where so few answers carry little: "8 (few)"."""
    shown = count(respondents)
    return _("%(n)s (few)") % {"n": shown} if 0 < respondents < LOW_BASE else shown


def answers(base):
    """A base in words: "1 answer", "2,684 answers"."""
    return ngettext("%(count)s answer", "%(count)s answers", base) % {"count": count(base)}


def more_answers(needed):
    """About how many more would do, to two digits, rounded up: "about 120"."""
    if needed is None:
        return NOTHING
    step = 10 ** max(0, len(str(math.ceil(needed))) - 2)
    return count(math.ceil(needed / step) * step)


def day(value):
    """A day in the language's order: "21 November 2026", "2026年11月21日"."""
    if value is None:
        return NOTHING
    form = "Y年n月j日" if _is_chinese() else "j F Y"
    return date_format(value, form, use_l10n=False)


def moment(value):
    """A day with its time, in the zone of the organisation."""
    here = timezone.localtime(value)
    return f"{day(here)}{' ' if _is_chinese() else ', '}{here:%H:%M}"


def duration(seconds):
    """A time in minutes and seconds: "45 s", "1 min 34 s", "10 min"."""
    if seconds is None:
        return NOTHING
    minutes, rest = divmod(int(rounded(seconds, 0)), 60)
    values = {"minutes": count(minutes), "seconds": rest}
    if not minutes:
        text = _("%(seconds)s s")
    else:
        text = _("%(minutes)s min %(seconds)s s") if rest else _("%(minutes)s min")
    return (text % values).replace(" ", NO_BREAK)


def period(first, last):
    """From one day to another; one day when they are the same."""
    if first is None or last is None:
        return NOTHING
    if first == last:
        return day(first)
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def _signed(value, places):
    exact = rounded(value, places)
    if exact == 0:
        return number(abs(exact), places)
    return number(exact, places) if exact < 0 else f"+{number(exact, places)}"


def _hundredfold(share):
    return Decimal(repr(float(share))) * 100 if not isinstance(share, Decimal) else share * 100


def _ratio_places(value):
    return 2 if abs(rounded(value, 2)) < 2 else 1


def _localised(exact, places):
    """Decimal sign and grouping of the language; Chinese groups by thousands too."""
    if _is_chinese():
        return f"{exact:,.{places}f}"
    return number_format(exact, decimal_pos=places, force_grouping=True)


def _is_chinese():
    return (get_language() or "").startswith("zh")
