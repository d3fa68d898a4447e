"""Builders of count tables for the tests of the library."""

import numpy as np

from scoring.counts import CountTable
from scoring.scales import FIVE_POINT


def score_table(counts, weight=1.0, scale=FIVE_POINT):
    """Table of scores in which everybody has the same weight."""
    n = np.asarray(counts)
    axes = CountTable.from_counts([("score", scale.points)], n).axes
    return CountTable(axes, n, n * weight, n * weight**2)


def loyalty_table(n, loyal, weight=1.0, scale=FIVE_POINT):
    """Table of scores by loyalty in which everybody has the same weight."""
    cells = np.stack([np.subtract(n, loyal), loyal], axis=1)
    axes = CountTable.from_counts([("score", scale.points), ("loyal", (False, True))], cells).axes
    return CountTable(axes, cells, cells * weight, cells * weight**2)
