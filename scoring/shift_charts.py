"""Charts for small lasting shifts (EWMA, CUSUM), and the rule that raises an alert."""

from dataclasses import dataclass, replace

import numpy as np

from .argument_types import takes
from .control_charts import (
    ControlChart,
    bare_points,
    check_limits,
    few_periods,
    level_and_spread,
    period_labels,
)
from .errors import ArgumentError
from .findings import Direction
from .measure import Measure
from .nelson import Signal
from .results import Reason, Status
from .series import as_series, baseline_mask, none_if_gap


@dataclass(frozen=True, slots=True)
class CusumPoint:
    """One period of a CUSUM chart.

    Parameters
    ----------
    index : int
        Number of the period, from 1.
    label : object
        What the caller calls the period.
    value : float or None
        The figure of the period; ``None`` is a gap.
    upper, lower : float or None
        The two sums, in standard deviations, both counted as positive.
    signals : tuple of Signal
        `Signal.CUSUM_UP` or `Signal.CUSUM_DOWN` where a sum is above `h`.
    shift_start : int or None
        At a signal, the period from which the sum has stayed above 0: the
        estimate of when the shift began.
    """

    index: int
    label: object
    value: float | None
    upper: float | None
    lower: float | None
    signals: tuple[Signal, ...] = ()
    shift_start: int | None = None


@dataclass(frozen=True, slots=True)
class CusumChart:
    """A tabular CUSUM chart.

    Parameters
    ----------
    points : tuple of CusumPoint
        Every period, gaps included.
    centre, sigma : float or None
        Level and standard deviation of one period.
    k, h : float
        Allowance and decision limit, in standard deviations.
    status : Status
        `Status.UNDEFINED` where there is no spread to measure by.
    reasons : tuple of Reason
        Why.
    """

    points: tuple[CusumPoint, ...]
    centre: float | None
    sigma: float | None
    k: float
    h: float
    status: Status = Status.OK
    reasons: tuple[Reason, ...] = ()

    @property
    def periods_with_signal(self):
        """Numbers of the periods with a signal in either direction."""
        return tuple(point.index for point in self.points if point.signals)


@dataclass(frozen=True, slots=True)
class Alert:
    """A period that should be looked at.

    Parameters
    ----------
    index : int
        Number of the period, from 1.
    label : object
        What the caller calls it.
    signal : Signal
        `Signal.RULE_1` for a single far period, `Signal.EWMA` for a lasting shift.
    direction : Direction
        To which side of the centre line.
    """

    index: int
    label: object
    signal: Signal
    direction: Direction


@takes(numbers=("smoothing", "sigmas"))
def ewma_chart(
    values, *, centre=None, sigma=None, smoothing=0.2, sigmas=3.0, baseline=None, labels=None
):
    """Chart of the exponentially weighted moving average, with limits that widen over time.

    Parameters
    ----------
    values : sequence of float or None, shape (periods,)
        The figure of each period, oldest first; ``None`` is a gap, over which
        the average keeps its value.
    centre, sigma : float, optional
        Level and standard deviation of one period; computed from the baseline
        (mean, and mean moving range over 1.128) when not given.
    smoothing : float in (0, 1], default 0.2
        Weight λ of the newest period.
    sigmas : float, default 3.0
        Distance L of the limits.
    baseline : tuple of (int, int), optional
        First and last period, from 1, that level and spread are computed from.
    labels : sequence, optional
        Names of the periods.

    Returns
    -------
    ControlChart
        The points carry the average in `smoothed`, its limits in `low` and
        `high`, and `Signal.EWMA` where it is outside.

    Raises
    ------
    ArgumentError
        A value is not finite or an option lies outside its domain.

    Notes
    -----
    ``E_t = λ x_t + (1 − λ) E_(t−1)``, starting at the centre; limits
    ``centre ± L σ √(λ/(2 − λ) · (1 − (1 − λ)^(2t)))``, where t counts the periods
    with a value. Equals ``qcc::ewma`` of R.

    References
    ----------
    .. [1] Roberts, S. W. (1959). Control chart tests based on geometric moving
       averages. Technometrics 1, 239–250.

    Examples
    --------
    >>> ewma_chart([12, 8], centre=10, sigma=1, smoothing=0.5).points[1].smoothed
    9.5
    """
    if not 0 < smoothing <= 1:
        raise ArgumentError(f"smoothing lies above 0 and up to 1; got {smoothing!r}.")
    check_limits(sigmas, sigma)
    series, labels, inside = _read(values, labels, baseline)
    given = centre is not None and sigma is not None
    centre, sigma, _ = level_and_spread(series, inside, centre, sigma)
    bare = bare_points(series, np.full(len(series), np.nan), centre, labels)
    if not sigma:
        return ControlChart(
            "ewma",
            bare,
            centre,
            sigma=sigma,
            status=Status.UNDEFINED,
            reasons=(_no_spread(sigma, inside),),
        )
    average, seen, points = centre, 0, []
    for point in bare:
        if point.value is None:
            points.append(point)
            continue
        seen += 1
        average = smoothing * point.value + (1 - smoothing) * average
        spread = sigma * np.sqrt(smoothing / (2 - smoothing) * (1 - (1 - smoothing) ** (2 * seen)))
        points.append(_ewma_point(point, float(average), float(spread), sigmas))
    used = 0 if given else int(inside.sum())
    return ControlChart(
        "ewma",
        tuple(points),
        centre,
        sigma=sigma,
        baseline_periods=used,
        reasons=() if given else few_periods(used),
    )


def _ewma_point(point, average, spread, sigmas):
    z = (average - point.centre) / spread
    return replace(
        point,
        smoothed=average,
        low=point.centre - sigmas * spread,
        high=point.centre + sigmas * spread,
        sigma=spread,
        z=z,
        signals=(Signal.EWMA,) if abs(z) > sigmas else (),
    )


@takes(numbers=("k", "h"))
def cusum_chart(values, *, centre=None, sigma=None, k=0.5, h=5.0, baseline=None, labels=None):
    """Tabular CUSUM: sums of what lies beyond an allowance, on either side.

    Parameters
    ----------
    values : sequence of float or None, shape (periods,)
        The figure of each period, oldest first; ``None`` is a gap, over which
        the sums keep their value.
    centre, sigma : float, optional
        Level and standard deviation of one period; computed from the baseline
        when not given.
    k, h : float, default 0.5 and 5.0
        Allowance and decision limit, in standard deviations. Half the shift
        to be found is the usual allowance.
    baseline : tuple of (int, int), optional
        First and last period, from 1, that level and spread are computed from.
    labels : sequence, optional
        Names of the periods.

    Returns
    -------
    CusumChart
        Status "undefined" when there is no spread to measure by.

    Raises
    ------
    ArgumentError
        A value is not finite or an option lies outside its domain.

    Notes
    -----
    ``U_t = max(0, U_(t−1) + z_t − k)`` and ``L_t = max(0, L_(t−1) − z_t − k)`` with
    ``z = (x − centre)/σ``; a signal is a sum above h. The start of the shift is
    the period after the sum was last 0. Equals ``qcc::cusum`` of R with
    ``se.shift = 2k``, where the lower sum carries a minus sign.

    References
    ----------
    .. [1] Page, E. S. (1954). Continuous inspection schemes. Biometrika 41, 100–115.

    Examples
    --------
    >>> cusum_chart([10, 14, 14], centre=10, sigma=1).points[2].shift_start
    2
    """
    if not (0 <= k < np.inf and 0 < h < np.inf):
        raise ArgumentError(f"CUSUM needs k of at least 0 and h above 0; got {k!r} and {h!r}.")
    check_limits(h, sigma)
    series, labels, inside = _read(values, labels, baseline)
    given = centre is not None and sigma is not None
    centre, sigma, _ = level_and_spread(series, inside, centre, sigma)
    if not sigma:
        points = tuple(
            CusumPoint(i + 1, labels[i], none_if_gap(value), None, None)
            for i, value in enumerate(series)
        )
        reasons = (_no_spread(sigma, inside),)
        return CusumChart(points, centre, sigma, k, h, Status.UNDEFINED, reasons)
    up, down = _Sum(h), _Sum(h)
    points = []
    for i, value in enumerate(series):
        if np.isnan(value):
            points.append(CusumPoint(i + 1, labels[i], None, None, None))
            continue
        z = (value - centre) / sigma
        up.add(z - k, i + 1)
        down.add(-z - k, i + 1)
        points.append(_cusum_point(i + 1, labels[i], float(value), up, down))
    reasons = () if given else few_periods(int(inside.sum()))
    return CusumChart(tuple(points), centre, sigma, k, h, reasons=reasons)


class _Sum:
    """One side of a CUSUM and the period since which it has been above 0."""

    def __init__(self, limit):
        self.value, self.since, self.limit = 0.0, None, limit

    def add(self, excess, index):
        was_zero = self.value == 0
        self.value = max(0.0, float(self.value + excess))
        if self.value == 0:
            self.since = None
        elif was_zero:
            self.since = index

    @property
    def is_beyond(self):
        return self.value > self.limit


def _cusum_point(index, label, value, up, down):
    signals, start = (), None
    if up.is_beyond:
        signals, start = (Signal.CUSUM_UP,), up.since
    if down.is_beyond:
        signals, start = (*signals, Signal.CUSUM_DOWN), start or down.since
    return CusumPoint(index, label, value, up.value, down.value, signals, start)


def alerts(chart, *, smoothing=0.2, sigmas=3.0):
    """Periods to look at: beyond the limits, or part of a small lasting shift.

    Parameters
    ----------
    chart : ControlChart
        A chart of shares or of single values.
    smoothing, sigmas : float, default 0.2 and 3.0
        Of the EWMA laid over the chart's standardised values.

    Returns
    -------
    tuple of Alert
        In order of time; empty where the chart has no limits.

    Raises
    ------
    ArgumentError
        `chart` is not a chart of shares or single values, or an option is impossible.

    Notes
    -----
    Rule 1 finds the single bad month, the EWMA the small lasting one. More
    rules cost more than they bring: in 24 quiet months rule 1 calls about 6
    charts of 100, the EWMA 4, Nelson's eight rules together about one chart
    in four, and a test of every month against the last about 64.

    Examples
    --------
    >>> from scoring.share_charts import p_chart
    >>> chart = p_chart([20, 22, 18, 45], [100, 100, 100, 100], dispersion="binomial")
    >>> [(alert.index, alert.signal.value, alert.direction.value) for alert in alerts(chart)]
    [(4, 'rule_1', 'higher')]
    """
    if not isinstance(chart, ControlChart) or chart.kind == "ewma":
        raise ArgumentError("Alerts are read from a p chart or an individuals chart.")
    if chart.status is Status.UNDEFINED:
        return ()
    shift = ewma_chart(
        [point.z for point in chart.points],
        centre=0.0,
        sigma=1.0,
        smoothing=smoothing,
        sigmas=sigmas,
    )
    found = []
    for point, smooth in zip(chart.points, shift.points, strict=True):
        if Signal.RULE_1 in point.signals:
            found.append(Alert(point.index, point.label, Signal.RULE_1, _side(point.z)))
        if Signal.EWMA in smooth.signals:
            found.append(Alert(point.index, point.label, Signal.EWMA, _side(smooth.z)))
    return tuple(found)


def _side(z):
    return Direction.HIGHER if z > 0 else Direction.LOWER


def _read(values, labels, baseline):
    series = as_series(values)
    labels = period_labels(labels, len(series))
    return series, labels, baseline_mask(baseline, len(series)) & np.isfinite(series)


def _no_spread(sigma, inside):
    if not inside.any():
        return Reason.EMPTY_BASE
    return Reason.TOO_FEW_POINTS if sigma is None else Reason.ZERO_VARIANCE


MEASURES = (
    Measure(
        key="ewma_chart",
        name="EWMA chart",
        definition="A moving average that weights the newest period most, against its limits.",
        formula="E_t = λ x_t + (1 − λ) E_(t−1); centre ± L σ √(λ/(2 − λ) (1 − (1 − λ)^(2t)))",
        denominator="Periods with a figure",
        scale="any",
        unit="score",
        interval="control limits",
        source="Roberts (1959), Technometrics 1, 239–250",
    ),
    Measure(
        key="cusum_chart",
        name="CUSUM chart",
        definition="The running sum of what lies beyond an allowance on either side of the level.",
        formula="U_t = max(0, U_(t−1) + z_t − k), L_t = max(0, L_(t−1) − z_t − k); signal above h",
        denominator="Periods with a figure",
        scale="any",
        unit="standard deviations",
        interval="decision limit h",
        source="Page (1954), Biometrika 41, 100–115",
    ),
)
