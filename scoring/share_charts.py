"""Control charts of a share per period: the p chart and Laney's p′."""

import numpy as np

from .argument_types import takes
from .control_charts import (
    ControlChart,
    bare_points,
    chart_points,
    check_limits,
    few_periods,
    period_labels,
)
from .errors import ArgumentError, CountError
from .measure import Measure
from .results import Reason, Status
from .series import D2, baseline_mask, mean_moving_range

LANEY_STABLE_FROM = 15
DISPERSIONS = ("laney", "laney_raw", "binomial")


@takes(numbers=("sigmas",))
def p_chart(
    successes,
    bases,
    *,
    dispersion="laney",
    sigmas=3.0,
    baseline=None,
    centre=None,
    sigma_z=None,
    labels=None,
):
    """Control chart of a share per period.

    Parameters
    ----------
    successes, bases : sequence of float, shape (periods,)
        How many of how many in each period, oldest first. A base of 0 is a
        gap. For weighted waves give the effective base, and the weighted
        share times the effective base.
    dispersion : {"laney", "laney_raw", "binomial"}, default "laney"
        How wide the limits are: Laney's p′ with the spread between periods
        but never narrower than binomial; the same without that bound; or
        the textbook p chart.
    sigmas : float, default 3.0
        Distance of the limits.
    baseline : tuple of (int, int), optional
        First and last period, from 1, that centre and spread are computed
        from. Freeze it, and move it only after a recorded change.
    centre, sigma_z : float, optional
        Centre line and spread from an earlier baseline, instead of computing them.
    labels : sequence, optional
        Names of the periods.

    Returns
    -------
    ControlChart
        Limits stay within 0 and 1. Status "undefined" and no limits when
        nobody answered, when the baseline is all 0 or all 1, or when Laney's
        spread cannot be computed.

    Raises
    ------
    CountError
        A count is negative, not finite, above its base, or the lengths differ.
    ArgumentError
        An option lies outside its domain.

    Notes
    -----
    Limits are ``p̄ ± sigmas · σ_z √(p̄(1 − p̄)/n_t)``, where σ_z is the mean
    moving range of the standardised shares over 1.128 (1 for the p chart).
    Moving ranges reach from a period to the next one only, never across a gap.
    The p chart equals ``qcc(type = "p")`` of R. No kept Python package draws
    these charts; hence our own lines.

    References
    ----------
    .. [1] Laney, D. B. (2002). Improved control charts for attributes. Quality
       Engineering 14, 531–537.

    Examples
    --------
    >>> from scoring.nelson import Signal
    >>> chart = p_chart([20, 22, 18, 45], [100, 100, 100, 100], dispersion="binomial")
    >>> chart.centre, chart.periods_with(Signal.RULE_1)
    (0.2625, (4,))
    """
    if dispersion not in DISPERSIONS:
        raise ArgumentError(f"dispersion is one of {DISPERSIONS}; got {dispersion!r}.")
    check_limits(sigmas, sigma_z)
    counts, bases = _share_series(successes, bases)
    labels = period_labels(labels, len(bases))
    inside = baseline_mask(baseline, len(bases)) & (bases > 0)
    shares = np.divide(counts, bases, out=np.full(len(bases), np.nan), where=bases > 0)
    kind = "p" if dispersion == "binomial" else dispersion
    given = centre is not None
    if not given:
        centre = float(counts[inside].sum() / bases[inside].sum()) if inside.any() else None
    elif not 0 <= centre <= 1:
        raise ArgumentError(f"The centre of a share lies between 0 and 1; got {centre!r}.")
    if centre is None or centre in (0.0, 1.0):
        reason = Reason.EMPTY_BASE if centre is None else Reason.CONSTANT
        points = bare_points(shares, bases, centre, labels)
        return ControlChart(kind, points, centre, status=Status.UNDEFINED, reasons=(reason,))

    sigma = np.sqrt(
        np.divide(centre * (1 - centre), bases, out=np.full(len(bases), np.nan), where=bases > 0)
    )
    if sigma_z is None:
        moving_range = mean_moving_range((shares - centre) / sigma, inside)
        sigma_z = None if moving_range is None else moving_range / D2
        given = given and dispersion == "binomial"
    factor = _factor(dispersion, sigma_z)
    if factor is None:
        points = bare_points(shares, bases, centre, labels)
        reason = Reason.TOO_FEW_POINTS if sigma_z is None else Reason.ZERO_VARIANCE
        return ControlChart(
            kind, points, centre, sigma_z=sigma_z, status=Status.UNDEFINED, reasons=(reason,)
        )
    used = 0 if given else int(inside.sum())
    return ControlChart(
        kind,
        chart_points(
            shares,
            bases,
            centre=centre,
            sigma=sigma * factor,
            sigmas=sigmas,
            labels=labels,
            bounds=(0.0, 1.0),
        ),
        centre,
        sigma_z=sigma_z,
        baseline_periods=used,
        reasons=() if given else _baseline_reasons(used, dispersion),
    )


def _share_series(successes, bases):
    try:
        counts = np.array(list(successes), dtype=float)
        bases = np.array(list(bases), dtype=float)
    except (TypeError, ValueError) as error:
        raise CountError("Successes and bases must be sequences of numbers.") from error
    if counts.shape != bases.shape or counts.ndim != 1:
        raise CountError(
            f"There must be one base for each period; got {counts.shape} and {bases.shape}."
        )
    if not (np.isfinite(counts).all() and np.isfinite(bases).all()):
        raise CountError("Counts must be finite; a period without answers has the base 0.")
    if (counts < 0).any() or (counts > bases).any():
        raise CountError("Each count must lie between 0 and the base of its period.")
    return counts, bases


def _factor(dispersion, sigma_z):
    if dispersion == "binomial":
        return 1.0
    if dispersion == "laney":
        return None if sigma_z is None else max(1.0, sigma_z)
    return sigma_z or None


def _baseline_reasons(used, dispersion):
    reasons = few_periods(used)
    if not reasons and dispersion != "binomial" and used < LANEY_STABLE_FROM:
        return (Reason.UNSTABLE,)
    return reasons


MEASURES = (
    Measure(
        key="p_chart",
        name="p chart",
        definition="The share of each period against the limits that chance alone would keep.",
        formula="p̄ ± 3 √(p̄(1 − p̄)/n_t)",
        denominator="Respondents of the period who answered the item",
        scale="any",
        unit="share",
        interval="control limits",
        source="Shewhart (1931), Economic Control of Quality of Manufactured Product",
    ),
    Measure(
        key="laney_chart",
        name="Laney p′ chart",
        definition=(
            "The share of each period against limits that allow for the usual spread between "
            "periods."
        ),
        formula="p̄ ± 3 σ_z √(p̄(1 − p̄)/n_t), σ_z = max(1, mean |z_t − z_(t−1)| / 1.128)",
        denominator="Respondents of the period who answered the item",
        scale="any",
        unit="share",
        interval="control limits",
        source="Laney (2002), Quality Engineering 14, 531–537",
    ),
)
