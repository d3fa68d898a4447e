"""Where a figure is low: one measure by the units and the segments that are there."""

from .breakdown import breakdown

UNIT, SEGMENT = "unit-", "segment"


def by_place(answered, measure, attributes, conditions=None):
    """Breakdowns by each level of units and by segment.

    `answered` holds the cells of `answered_cube`, `attributes` those of
    `attributes_of`. A breakdown that has one group is none.
    """
    found = [
        breakdown(answered, measure, [attributes[key]], conditions or {})
        for key in sorted(filter(is_place, attributes), key=lambda key: key == SEGMENT)
        if key not in (conditions or {})
    ]
    told = [one for one in found if not one.obstacle and len(one.groups) > 1]
    return tuple(one for place, one in enumerate(told) if _is_new(one, told[:place]))


def clearly_lower(found):
    """The groups that are clearly under all others, those with most at stake first.

    Answers of which the place is not known are no group to go to.
    """
    groups = [
        group
        for one in found
        for group in one.shown
        if group.is_different and group.difference < 0 and group.values[0] is not None
    ]
    return sorted(groups, key=lambda group: -group.at_stake)


def is_place(key):
    """Whether an attribute is a level of units or the segment."""
    return key.startswith(UNIT) or key == SEGMENT


def _is_new(one, earlier):
    """Whether it has other groups than one before: levels of a tree may hold the same answers."""
    sizes = sorted(group.estimate.base for group in one.shown)
    return all(sizes != sorted(g.estimate.base for g in other.shown) for other in earlier)
