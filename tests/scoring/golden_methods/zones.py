"""Quadrants of satisfaction by loyalty."""

from scoring.scales import Scale
from scoring.zones import quadrants


def scale_from(label, length):
    """The scale that "satisfaction 1.." announces, with as many points as the table has."""
    first = label.split("..")[0].split()[-1]
    return Scale(int(first), int(first) + length - 1)


def run_quadrants(inputs, load_rows):
    table = inputs["table"]
    found = quadrants(
        table,
        satisfaction_scale=scale_from(inputs.get("rows", "1.."), len(table)),
        loyalty_scale=scale_from(inputs.get("columns", "1.."), len(table[0])),
        satisfied_from=inputs["satisfied_from"],
        loyal_from=inputs["loyal_from"],
    )
    return {
        **{quadrant.name: quadrant.share.value for quadrant in found.four},
        "counts": {quadrant.name: quadrant.n for quadrant in found.four},
        "apostle": found.apostle.share.value,
        "terrorist": found.terrorist.share.value,
    }


METHODS = {"quadrants": run_quadrants}
