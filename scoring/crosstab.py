"""Cross-tabulation of two questions with the chi-square test."""

from dataclasses import dataclass

import numpy as np

from .errors import CountError
from .estimating import share_estimate
from .measure import Measure
from .results import Estimate, Reason, Status, TestResult


@dataclass(frozen=True, slots=True)
class CrossTabulation:
    """Two questions against each other.

    Parameters
    ----------
    base : int
        Respondents who answered both.
    independence : TestResult
        Pearson's chi-square test; "sparse_table" among its reasons means that
        expected counts are too small to trust it.
    cramers_v : float or None
        Strength of the association, 0 to 1.
    expected : tuple of tuple of float
        Counts that independence would give.
    row_shares : tuple of tuple of Estimate
        Share of each column within each row, with Wilson's interval.
    """

    base: int
    independence: TestResult
    cramers_v: float | None
    expected: tuple[tuple[float, ...], ...]
    row_shares: tuple[tuple[Estimate, ...], ...]


def cross_tabulate(counts, *, confidence=0.95):
    """Tabulate one question against another.

    Parameters
    ----------
    counts : array_like of int, shape (r, c)
        Respondents at each answer of the first (rows) and the second question.
    confidence : float in (0, 1), default 0.95
        Level of Wilson's intervals.

    Returns
    -------
    CrossTabulation
        The test is undefined when fewer than two rows or columns hold anybody.

    Raises
    ------
    CountError
        The counts are not a table of whole numbers from 0 up.
    ArgumentError
        `confidence` is not between 0 and 1.

    Notes
    -----
    Without continuity correction; empty rows and columns are left out of the
    test. Sparse by Cochran's rule: an expected count under 1, or more than a
    fifth of them under 5. Weighted counts must not be tested in this way and
    are refused. ``scipy.stats.chi2_contingency(correction=False)`` agrees.

    References
    ----------
    .. [1] Cochran, W. G. (1954). Some methods for strengthening the common
       chi-square tests. Biometrics 10, 417-451.

    Examples
    --------
    >>> round(cross_tabulate([[30, 10], [20, 40]]).independence.statistic, 3)
    16.667
    """
    table = checked_counts(counts)
    base = int(table.sum())
    used = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    independence, strength = _chi_square(used)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    expected = np.outer(rows, columns) / base if base else np.zeros(table.shape)
    return CrossTabulation(
        base,
        independence,
        strength,
        tuple(tuple(row) for row in expected.tolist()),
        tuple(
            tuple(share_estimate(int(n), int(total), confidence=confidence) for n in row)
            for row, total in zip(table, rows, strict=True)
        ),
    )


def checked_counts(counts):
    """Check a table of counts.

    Parameters
    ----------
    counts : array_like of int, shape (r, c)
        Respondents in each cell.

    Returns
    -------
    numpy.ndarray of float, shape (r, c)
        The counts.

    Raises
    ------
    CountError
        The counts are not a table of whole numbers from 0 up.

    Examples
    --------
    >>> checked_counts([[1, 2]]).sum()
    np.float64(3.0)
    """
    try:
        table = np.asarray(counts, dtype=float)
    except (TypeError, ValueError) as error:
        raise CountError("A table of counts must hold numbers in rows of equal length.") from error
    if table.ndim != 2 or table.size == 0:
        raise CountError(f"A table has rows and columns; got shape {table.shape}.")
    if not np.isfinite(table).all() or (table < 0).any() or (table != np.floor(table)).any():
        raise CountError("Counts of respondents must be whole and not negative.")
    return table


def _chi_square(table):
    from scipy.special import chdtrc

    if min(table.shape) < 2:
        reason = Reason.EMPTY_BASE if table.size == 0 else Reason.CONSTANT
        return TestResult(None, None, None, "chi_square", Status.UNDEFINED, (reason,)), None
    base = table.sum()
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / base
    statistic = float(((table - expected) ** 2 / expected).sum())
    df = (table.shape[0] - 1) * (table.shape[1] - 1)
    sparse = expected.min() < 1 or (expected < 5).mean() > 0.2
    strength = float(np.sqrt(statistic / (base * (min(table.shape) - 1))))
    return TestResult(
        statistic,
        float(df),
        float(chdtrc(df, statistic)),
        "chi_square",
        reasons=(Reason.SPARSE_TABLE,) if sparse else (),
    ), min(1.0, strength)


MEASURES = (
    Measure(
        key="cross_tabulation",
        name="Cross-tabulation",
        definition="Answers to one question within each answer to another, with a test of "
        "independence.",
        formula="Σ (n - e)² / e on (r-1)(c-1) degrees of freedom",
        denominator="Respondents who answered both questions",
        scale="any",
        unit="share",
        interval="Wilson",
        source="Pearson (1900); Cochran (1954), Biometrics 10, 417-451",
    ),
)
