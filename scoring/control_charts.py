"""Control charts: their points, their limits, and the chart of single values.

A chart answers one question: is this period further from the usual level than
periods commonly are? Where the business has seasons, compare a wave with the
same wave of last year (`scoring.comparison`) instead.
"""

from dataclasses import dataclass

import numpy as np

from .argument_types import takes
from .errors import ArgumentError
from .measure import Measure
from .nelson import Signal, nelson_rules
from .results import Reason, Status
from .series import D2, as_series, baseline_mask, mean_moving_range, none_if_gap

D4 = 3.267  # upper limit of the moving range of two, in mean moving ranges
PROVISIONAL_BELOW = 10


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One period of a control chart.

    Parameters
    ----------
    index : int
        Number of the period, from 1.
    label : object
        What the caller calls the period; its number when nothing was given.
    value : float or None
        The figure of the period; ``None`` is a gap.
    base : float or None
        What the figure was computed on; ``None`` where the chart was not told.
    low, high, centre : float or None
        The control limits and the centre line; ``None`` where there are none.
    sigma : float or None
        Standard deviation that the limits are multiples of.
    z : float or None
        Distance from the centre line in `sigma`.
    signals : tuple of Signal
        What was noticed here.
    smoothed : float or None
        The plotted moving average of an EWMA chart, which its limits belong to.
    """

    index: int
    label: object
    value: float | None
    base: float | None
    low: float | None
    high: float | None
    centre: float | None
    sigma: float | None
    z: float | None
    signals: tuple[Signal, ...] = ()
    smoothed: float | None = None


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A control chart.

    Parameters
    ----------
    kind : str
        ``"p"``, ``"laney"``, ``"laney_raw"``, ``"individuals"`` or ``"ewma"``.
    points : tuple of ChartPoint
        Every period, gaps included.
    centre : float or None
        The centre line.
    sigma : float or None
        Standard deviation of one period; ``None`` on a chart of shares, where
        each period has its own.
    sigma_z : float or None
        Spread between periods as a multiple of the binomial spread (charts of
        shares only), before any lower bound of 1.
    baseline_periods : int
        Periods with a value that the centre and spread were computed from; 0
        where both were given.
    status : Status
        `Status.UNDEFINED` when no limits can be drawn.
    reasons : tuple of Reason
        `Reason.PROVISIONAL` under ten baseline periods, `Reason.UNSTABLE` for
        Laney's chart under fifteen, or why there are no limits.
    mean_moving_range, moving_range_high : float or None
        Of an individuals chart: mean and upper limit of the moving range.
    """

    kind: str
    points: tuple[ChartPoint, ...]
    centre: float | None
    sigma: float | None = None
    sigma_z: float | None = None
    baseline_periods: int = 0
    status: Status = Status.OK
    reasons: tuple[Reason, ...] = ()
    mean_moving_range: float | None = None
    moving_range_high: float | None = None

    def periods_with(self, signal):
        """Numbers of the periods that carry one signal.

        Parameters
        ----------
        signal : Signal
            The signal looked for.

        Returns
        -------
        tuple of int
            Period numbers, from 1.

        Raises
        ------
        ArgumentError
            `signal` is not a `Signal`.
        """
        if signal not in tuple(Signal):
            raise ArgumentError(f"Expected a Signal; got {signal!r}.")
        return tuple(point.index for point in self.points if signal in point.signals)


@takes(numbers=("sigmas",))
def individuals_chart(
    values, *, bases=None, sigmas=3.0, baseline=None, centre=None, sigma=None, labels=None
):
    """Individuals and moving range chart (XmR), for a mean or an NPS per period.

    Parameters
    ----------
    values : sequence of float or None, shape (periods,)
        The figure of each period, oldest first; ``None`` is a gap.
    bases : sequence of float, optional
        Respondents behind each figure, passed through to the points.
    sigmas : float, default 3.0
        Distance of the limits.
    baseline : tuple of (int, int), optional
        First and last period, from 1, that centre and spread are computed from.
    centre, sigma : float, optional
        Centre line and standard deviation from an earlier baseline.
    labels : sequence, optional
        Names of the periods.

    Returns
    -------
    ControlChart
        With `mean_moving_range` and `moving_range_high`. Status "undefined"
        and no limits under two neighbouring periods, or when all are equal.

    Raises
    ------
    ArgumentError
        A value is not finite, lengths differ, or an option is impossible.

    Notes
    -----
    ``σ = mean moving range / 1.128``, so the limits stand 2.66 mean moving
    ranges from the centre; the moving range has the upper limit 3.267 times
    its mean. Equals ``qcc(type = "xbar.one")`` of R.

    References
    ----------
    .. [1] Montgomery, D. C. (2009). Introduction to Statistical Quality
       Control, 6th edition.

    Examples
    --------
    >>> individuals_chart([30, 32, 30, 32]).mean_moving_range
    2.0
    """
    check_limits(sigmas, sigma)
    series = as_series(values)
    labels = period_labels(labels, len(series))
    shown_bases = _shown_bases(bases, len(series))
    inside = baseline_mask(baseline, len(series)) & np.isfinite(series)
    given = centre is not None and sigma is not None
    centre, sigma, moving_range = level_and_spread(series, inside, centre, sigma)
    if not sigma:
        reason = Reason.TOO_FEW_POINTS if sigma is None else Reason.ZERO_VARIANCE
        return ControlChart(
            "individuals",
            bare_points(series, shown_bases, centre, labels),
            centre,
            sigma=sigma,
            status=Status.UNDEFINED,
            reasons=(reason if inside.any() else Reason.EMPTY_BASE,),
            mean_moving_range=moving_range,
        )
    used = 0 if given else int(inside.sum())
    return ControlChart(
        "individuals",
        chart_points(
            series,
            shown_bases,
            centre=centre,
            sigma=np.full(len(series), sigma),
            sigmas=sigmas,
            labels=labels,
        ),
        centre,
        sigma=sigma,
        baseline_periods=used,
        reasons=() if given else few_periods(used),
        mean_moving_range=moving_range,
        moving_range_high=None if moving_range is None else D4 * moving_range,
    )


def level_and_spread(series, inside, centre, sigma):
    """Centre and standard deviation of a series of single values.

    Parameters
    ----------
    series : numpy.ndarray of float, shape (periods,)
        As `series.as_series` returns it.
    inside : numpy.ndarray of bool, shape (periods,)
        Baseline periods that have a value.
    centre, sigma : float or None
        Given values, kept as they are.

    Returns
    -------
    tuple of (float or None, float or None, float or None)
        Centre, standard deviation and mean moving range; ``None`` for what
        the periods cannot tell.

    Raises
    ------
    ArgumentError
        The arrays differ in length.
    """
    moving_range = mean_moving_range(series, inside)
    if centre is None and inside.any():
        centre = float(series[inside].mean())
    if sigma is None and moving_range is not None:
        sigma = moving_range / D2
    return centre, sigma, moving_range


def check_limits(sigmas, spread):
    """Refuse limits or a given spread that cannot be.

    Parameters
    ----------
    sigmas : float
        Distance of the limits.
    spread : float or None
        Spread given by the caller, if any.

    Returns
    -------
    None
        Both can be used.

    Raises
    ------
    ArgumentError
        One of them is not above 0 and finite.
    """
    if not 0 < sigmas < np.inf:
        raise ArgumentError(f"Limits must stand more than 0 sigmas away; got {sigmas!r}.")
    if spread is not None and not 0 < spread < np.inf:
        raise ArgumentError(f"A given spread must be above 0; got {spread!r}.")


def period_labels(labels, periods):
    """Names of the periods: the caller's, or their numbers.

    Parameters
    ----------
    labels : sequence or None
        One for each period.
    periods : int
        How many there are.

    Returns
    -------
    tuple
        As many as periods.

    Raises
    ------
    ArgumentError
        There are more or fewer labels than periods.
    """
    if labels is None:
        return tuple(range(1, periods + 1))
    labels = tuple(labels)
    if len(labels) != periods:
        raise ArgumentError(f"{periods} periods need as many labels; got {len(labels)}.")
    return labels


def _shown_bases(bases, periods):
    if bases is None:
        return np.full(periods, np.nan)
    bases = as_series(bases, name="bases")
    if len(bases) != periods:
        raise ArgumentError(f"{periods} periods need as many bases; got {len(bases)}.")
    return bases


def few_periods(used):
    """Whether limits from so few periods are only provisional.

    Parameters
    ----------
    used : int
        Periods that centre and spread were computed from.

    Returns
    -------
    tuple of Reason
        `Reason.PROVISIONAL` under ten, else empty.

    Raises
    ------
    ArgumentError
        `used` is negative.
    """
    if used < 0:
        raise ArgumentError(f"A number of periods cannot be negative; got {used!r}.")
    return (Reason.PROVISIONAL,) if used < PROVISIONAL_BELOW else ()


def bare_points(series, bases, centre, labels):
    """Points of a chart that has no limits.

    Parameters
    ----------
    series, bases : numpy.ndarray of float, shape (periods,)
        Values and bases, NaN for what is not known.
    centre : float or None
        Centre line, if there is one.
    labels : tuple
        Names of the periods.

    Returns
    -------
    tuple of ChartPoint
        Without limits and signals.

    Raises
    ------
    ArgumentError
        An entry is not a number.
    """
    return tuple(
        ChartPoint(
            i + 1,
            labels[i],
            none_if_gap(series[i]),
            none_if_gap(bases[i]),
            None,
            None,
            centre,
            None,
            None,
        )
        for i in range(len(series))
    )


def chart_points(series, bases, *, centre, sigma, sigmas, labels, bounds=(-np.inf, np.inf)):
    """Points of a Shewhart chart, with rules 1 and 2.

    Parameters
    ----------
    series, bases : numpy.ndarray of float, shape (periods,)
        Values and bases, NaN for what is not known.
    centre : float
        The centre line.
    sigma : numpy.ndarray of float, shape (periods,)
        Standard deviation of each period, above 0.
    sigmas : float
        Distance of the limits.
    labels : tuple
        Names of the periods.
    bounds : tuple of (float, float), default unbounded
        What the limits never pass, such as 0 and 1.

    Returns
    -------
    tuple of ChartPoint
        With limits and signals.

    Raises
    ------
    ArgumentError
        A value is infinite.
    """
    z = [none_if_gap(distance) for distance in (series - centre) / sigma]
    runs = nelson_rules(z, rules=(2,))[2]
    points = []
    for i, distance in enumerate(z):
        signals = []
        if distance is not None and abs(distance) > sigmas:
            signals.append(Signal.RULE_1)
        if i + 1 in runs:
            signals.append(Signal.RULE_2)
        points.append(
            ChartPoint(
                index=i + 1,
                label=labels[i],
                value=none_if_gap(series[i]),
                base=none_if_gap(bases[i]),
                low=none_if_gap(np.maximum(bounds[0], centre - sigmas * sigma[i])),
                high=none_if_gap(np.minimum(bounds[1], centre + sigmas * sigma[i])),
                centre=centre,
                sigma=none_if_gap(sigma[i]),
                z=distance,
                signals=tuple(signals),
            )
        )
    return tuple(points)


MEASURES = (
    Measure(
        key="individuals_chart",
        name="Individuals chart (XmR)",
        definition="The figure of each period against limits from its moving range.",
        formula="mean ± 3 · (mean moving range)/1.128",
        denominator="Periods with a figure",
        scale="any",
        unit="score",
        interval="control limits",
        source="Montgomery (2009), Introduction to Statistical Quality Control",
    ),
)
