"""p-values corrected for several looks at the same data."""

import numpy as np

from .argument_types import takes
from .errors import ArgumentError

METHODS = ("holm", "bonferroni", "benjamini_hochberg", "benjamini_yekutieli")


@takes(lists=("p_values",))
def adjust_p(p_values, *, method="holm"):
    """Correct p-values for their number.

    Parameters
    ----------
    p_values : sequence of float or None, shape (m,)
        The p-values of one family of tests; ``None`` where a test could not
        be made, which does not count.
    method : {"holm", "bonferroni", "benjamini_hochberg", "benjamini_yekutieli"}
        Holm for decisions, Benjamini–Hochberg for screening many segments.

    Returns
    -------
    tuple of (float or None), shape (m,)
        Adjusted p-values, to be compared with the level of the whole family.

    Raises
    ------
    ArgumentError
        A p-value is not between 0 and 1, or the method is not known.

    Notes
    -----
    Equals R's ``p.adjust`` and statsmodels' ``multipletests``, which is not
    called because its import takes seconds that a web request does not have.

    References
    ----------
    .. [1] Holm, S. (1979). A simple sequentially rejective multiple test
       procedure. Scandinavian Journal of Statistics 6, 65–70.
    .. [2] Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery
       rate. Journal of the Royal Statistical Society B 57, 289–300.
    .. [3] Benjamini, Y. & Yekutieli, D. (2001). The control of the false
       discovery rate under dependency. Annals of Statistics 29, 1165–1188.

    Examples
    --------
    >>> adjust_p([0.01, None, 0.04])
    (0.02, None, 0.04)
    """
    if method not in METHODS:
        raise ArgumentError(f"method is one of {METHODS}; got {method!r}.")
    entries = list(p_values)
    known = [i for i, p in enumerate(entries) if p is not None]
    try:
        p = np.array([float(entries[i]) for i in known])
    except (TypeError, ValueError) as error:
        raise ArgumentError("p-values must be numbers or None.") from error
    if not ((p >= 0) & (p <= 1)).all():
        raise ArgumentError("p-values lie between 0 and 1.")
    adjusted = [None] * len(entries)
    for i, value in zip(known, _ADJUST[method](p), strict=True):
        adjusted[i] = float(min(1.0, value))
    return tuple(adjusted)


def _bonferroni(p):
    return p * len(p)


def _holm(p):
    order = np.argsort(p, kind="stable")
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    return _put_back(steps, order)


def _hochberg(p):
    order = np.argsort(p, kind="stable")[::-1]
    steps = np.minimum.accumulate(p[order] * len(p) / np.arange(len(p), 0, -1))
    return _put_back(steps, order)


def _yekutieli(p):
    order = np.argsort(p, kind="stable")[::-1]
    price = (1.0 / np.arange(1, len(p) + 1)).sum() * len(p)
    steps = np.minimum.accumulate(p[order] * price / np.arange(len(p), 0, -1))
    return _put_back(steps, order)


def _put_back(steps, order):
    adjusted = np.empty(len(steps))
    adjusted[order] = steps
    return adjusted


_ADJUST = {
    "holm": _holm,
    "bonferroni": _bonferroni,
    "benjamini_hochberg": _hochberg,
    "benjamini_yekutieli": _yekutieli,
}
