"""Importance–performance map: where an item is important, and where it does badly."""

from dataclasses import dataclass, replace
from enum import StrEnum

from .errors import ArgumentError
from .estimating import mean_estimate
from .measure import Measure
from .results import Estimate, Reason, Status


class Quadrant(StrEnum):
    """A corner of the map."""

    CONCENTRATE_HERE = "concentrate_here"
    KEEP_UP = "keep_up"
    LOW_PRIORITY = "low_priority"
    POSSIBLE_OVERKILL = "possible_overkill"


@dataclass(frozen=True, slots=True)
class MapPoint:
    """One item on the map.

    Parameters
    ----------
    name : str
        Name of the item.
    performance : Estimate
        Mean on 0 to 100 with its interval: the horizontal whisker.
    importance : Estimate
        Share of explained variance with its interval: the vertical whisker.
    quadrant : Quadrant or None
        ``None`` where a whisker is unknown or reaches over a line.
    """

    name: str
    performance: Estimate
    importance: Estimate
    quadrant: Quadrant | None


@dataclass(frozen=True, slots=True)
class PerformanceMap:
    """The points and the two lines.

    Parameters
    ----------
    points : tuple of MapPoint
        In the order of the drivers.
    performance_line, importance_line : float or None
        Means over the items shown.
    status, reasons : Status, tuple of Reason
        Those of the driver model.
    """

    points: tuple[MapPoint, ...]
    performance_line: float | None
    importance_line: float | None
    status: Status
    reasons: tuple[Reason, ...]


def performance_map(drivers, *, scale):
    """Place the drivers of a model on importance and performance.

    Parameters
    ----------
    drivers : KeyDrivers
        A model; with a bootstrap, or no item gets a quadrant.
    scale : Scale
        The scale of every driver.

    Returns
    -------
    PerformanceMap
        Without points where the model was refused.

    Raises
    ------
    ScaleError
        A mean lies outside the scale.
    ArgumentError
        `drivers` is not a driver model.

    Notes
    -----
    The lines stand at the means of the items shown, so that they say which
    items are above the others, not which are good. An item whose whisker
    reaches over a line is in no quadrant.

    References
    ----------
    .. [1] Martilla, J. A. and James, J. C. (1977). Importance-performance
       analysis. J Marketing 41(1), 77-79.

    Examples
    --------
    >>> from scoring.drivers import key_drivers
    >>> from scoring.scales import FIVE_POINT
    >>> rows = [[1, 3], [2, 4], [3, 3], [4, 5], [5, 4]] * 10
    >>> model = key_drivers(rows, [1, 2, 3, 5, 5] * 10)
    >>> performance_map(model, scale=FIVE_POINT).performance_line
    60.0
    """
    try:
        shown = [driver for driver in drivers.drivers if driver.share.is_defined]
    except AttributeError:
        raise ArgumentError(f"A driver model is needed; got {drivers!r}.") from None
    if not shown:
        return PerformanceMap((), None, None, drivers.status, drivers.reasons)
    performances = [_on_hundred(driver.performance, scale) for driver in shown]
    x_line = mean_estimate([performance.value for performance in performances]).value
    y_line = mean_estimate([driver.share.value for driver in shown]).value
    points = tuple(
        MapPoint(
            driver.name,
            performance,
            driver.share,
            _quadrant(performance, driver.share, x_line, y_line),
        )
        for driver, performance in zip(shown, performances, strict=True)
    )
    return PerformanceMap(points, x_line, y_line, drivers.status, drivers.reasons)


def _on_hundred(mean, scale):
    value = scale.rescale(mean.value)
    if not mean.has_interval:
        return replace(mean, value=value)
    inside = [min(max(end, scale.lowest), scale.highest) for end in (mean.low, mean.high)]
    low, high = sorted(scale.rescale(end) for end in inside)
    return replace(mean, value=value, low=low, high=high)


def _quadrant(performance, importance, x_line, y_line):
    sides = [_side(performance, x_line), _side(importance, y_line)]
    return {
        ("below", "above"): Quadrant.CONCENTRATE_HERE,
        ("above", "above"): Quadrant.KEEP_UP,
        ("below", "below"): Quadrant.LOW_PRIORITY,
        ("above", "below"): Quadrant.POSSIBLE_OVERKILL,
    }.get(tuple(sides))


def _side(estimate, line):
    if not estimate.has_interval or estimate.low <= line <= estimate.high:
        return None
    return "above" if estimate.low > line else "below"


MEASURES = (
    Measure(
        key="importance_performance",
        name="Importance–performance map",
        definition="Each item by how well it does and by its share in explaining overall "
        "satisfaction, against the means of the items shown.",
        formula="x: mean on 0–100; y: driver share of explained variance",
        denominator="Respondents of the driver model",
        scale="any, the same for all items",
        unit="score and share",
        interval="t interval across, bootstrap percentiles upright",
        source="Martilla & James (1977), J Marketing 41(1), 77-79",
    ),
)
