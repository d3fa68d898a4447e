"""Attributes of customers whose values are put into groups, so that answers can be broken down.

A number is grouped by edges that staff give ("1, 5, 20"), a day by its year or its
month, and a text by itself where there are few. The rule is one line of text on the
attribute; without it such an attribute groups nothing.
"""

import itertools
import math
from bisect import bisect_right

from django.utils.translation import gettext as _

from .enums import AttributeKind
from .errors import SurveyError

MOST_EDGES = 12
LARGEST_WHOLE = 10**15
YEAR, MONTH, EACH = "year", "month", "each"
GROUPED_BY = {AttributeKind.DATE: (YEAR, MONTH), AttributeKind.TEXT: (EACH,)}
SIGNS_OF = {YEAR: 4, MONTH: 7}


def checked_grouping(kind, text):
    """The rule as it is stored; raises `SurveyError` with a sentence about a wrong one."""
    text = text.strip()
    if not text or kind == AttributeKind.CHOICE:
        return ""
    if kind == AttributeKind.NUMBER:
        return ", ".join(_shortest(edge) for edge in edges_of(text))
    if text not in GROUPED_BY[kind]:
        raise SurveyError(_("This is no way to group the values of this attribute."))
    return text


def edges_of(text):
    """The edges of the groups of a number, from the lowest up."""
    refusal = SurveyError(
        _("Edges are up to %(number)d numbers from the lowest up, with commas, such as 1, 5, 20.")
        % {"number": MOST_EDGES}
    )
    try:
        edges = [float(part) for part in text.split(",")]
    except ValueError:
        raise refusal from None
    in_order = all(one < other for one, other in itertools.pairwise(edges))
    if len(edges) > MOST_EDGES or not in_order or not all(map(math.isfinite, edges)):
        raise refusal
    return edges


def group_reader(attribute):
    """A function from the stored value, as text, to the group that it is in; None for none."""
    if attribute.kind == AttributeKind.NUMBER:
        edges = edges_of(attribute.grouping)
        return lambda text: _place(edges, text)
    signs = SIGNS_OF.get(attribute.grouping)
    return lambda text: text[:signs] if text else None


def group_words(attribute, group):
    """What a group is called; of numbers, with its edges."""
    if attribute.kind != AttributeKind.NUMBER:
        return group
    edges = [_shortest(edge) for edge in edges_of(attribute.grouping)]
    place = int(group) if group.isascii() and group.isdigit() else len(edges) + 1
    if place > len(edges):
        return group
    if place == 0:
        return _("under %(edge)s") % {"edge": edges[0]}
    if place == len(edges):
        return _("%(edge)s and more") % {"edge": edges[-1]}
    return _("%(low)s to under %(high)s") % {"low": edges[place - 1], "high": edges[place]}


def _place(edges, text):
    try:
        number = float(text)
    except (TypeError, ValueError):
        return None
    return f"{bisect_right(edges, number):02}"


def _shortest(number):
    """The number as text that is read as the same number again."""
    is_whole = number.is_integer() and abs(number) < LARGEST_WHOLE
    return str(int(number)) if is_whole else repr(number)
