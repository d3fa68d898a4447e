"""Logistic regression on grouped counts, small enough for a web request.

statsmodels' ``GLM`` gives the same numbers (the tests hold the two together
to eight digits) but takes seconds to import, and a results page fits one
line to a handful of rows. Rows are grouped: `n` tries and `r` successes at
each pattern of the predictors, so the cost does not grow with respondents.
"""

from dataclasses import dataclass

import numpy as np

from .errors import ArgumentError, ConvergenceError, CountError

STEPS = 100
TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class LogitFit:
    """A logistic model fitted to grouped counts.

    Parameters
    ----------
    coefficients, standard_errors : numpy.ndarray of float, shape (p,)
        Log odds ratios in the order of the design's columns, and their errors.
    covariance : numpy.ndarray of float, shape (p, p)
        Inverse of the information.
    fitted : numpy.ndarray of float, shape (rows,)
        Fitted shares.
    deviance : float
        Against the saturated model of the rows; 0 there.
    df_residual : int
        Rows with respondents minus parameters.
    loglik : float
        With the binomial coefficients of the grouped rows, as R prints it.
    loglik_bernoulli : float
        Of the single answers, without the coefficients.
    null_deviance_bernoulli : float
        Minus twice the Bernoulli log-likelihood of the overall share.
    """

    coefficients: np.ndarray
    standard_errors: np.ndarray
    covariance: np.ndarray
    fitted: np.ndarray
    deviance: float
    df_residual: int
    loglik: float
    loglik_bernoulli: float
    null_deviance_bernoulli: float

    @property
    def deviance_bernoulli(self):
        """Minus twice the Bernoulli log-likelihood, R's deviance of 0/1 rows."""
        return -2 * self.loglik_bernoulli


def fit_logit(design, n, successes, *, penalty=None):
    """Fit a logistic regression to grouped counts.

    Parameters
    ----------
    design : array_like of float, shape (rows, p)
        Predictors of each row, the column of ones included.
    n, successes : array_like of float, shape (rows,)
        Respondents (or frequency weights) of each row, and those who count as
        a success. Rows without respondents are allowed and count for nothing.
    penalty : {"firth"}, optional
        Firth's penalised likelihood, which stays finite under separation.

    Returns
    -------
    LogitFit
        Maximum likelihood, or penalised, estimates.

    Raises
    ------
    CountError
        Shapes differ, or a count is impossible.
    ArgumentError
        The design is singular, or `penalty` is not known.
    ConvergenceError
        The estimate does not exist (separation) or was not reached.

    Notes
    -----
    Newton's method with halved steps. The same as R's
    ``glm(cbind(r, n - r) ~ x, binomial)`` and, for "firth", ``logistf``.

    References
    ----------
    .. [1] McCullagh & Nelder (1989). Generalized Linear Models, 2nd ed.
    .. [2] Firth (1993). Bias reduction of maximum likelihood estimates.
       Biometrika 80:27-38.
    """
    if penalty not in (None, "firth"):
        raise ArgumentError(f'penalty must be None or "firth"; got {penalty!r}.')
    x, n, r = _checked(design, n, successes)
    beta = np.zeros(x.shape[1])
    objective = _objective(x, n, r, beta, penalty)
    for _ in range(STEPS):
        share = _logistic(x @ beta)
        weight = n * share * (1 - share)
        information = x.T @ (weight[:, None] * x)
        score = x.T @ (r - n * share + (_firth(x, weight, share) if penalty else 0.0))
        step = _solve(information, score)
        scale = 1.0
        while scale > 1e-8:
            candidate = beta + scale * step
            value = _objective(x, n, r, candidate, penalty)
            if value >= objective - 1e-12 * (1 + abs(objective)):
                break
            scale /= 2
        gain, beta, objective = abs(value - objective), candidate, value
        if gain <= TOLERANCE * (1 + abs(objective)) and np.abs(step).max() < 1e-8 * (
            1 + np.abs(beta).max()
        ):
            return _result(x, n, r, beta)
        if np.abs(x @ beta).max() > 30 and penalty is None:
            break
    raise ConvergenceError(
        "The logistic regression has no finite estimate: some combination of the predictors "
        f"tells successes and failures apart (largest linear predictor {np.abs(x @ beta).max():.1f}"
        '). Use the shares themselves, or penalty="firth".'
    )


def supremum_loglik(design, n, successes):
    """Largest Bernoulli log-likelihood of a logistic model, reached or not.

    Parameters
    ----------
    design : array_like of float, shape (rows, p)
        Predictors of each row, the column of ones included.
    n, successes : array_like of float, shape (rows,) or (samples, rows)
        Respondents and successes; several samples over the same design are
        fitted at once.

    Returns
    -------
    numpy.ndarray of float, shape () or (samples,)
        Log-likelihoods, to about 1e-8. Under separation the estimate runs
        off to infinity but this does not, so likelihood ratios still hold.

    Raises
    ------
    CountError
        Shapes differ, or a count is impossible.

    Notes
    -----
    Newton's method on all samples together. The predictors are standardised
    and a vanishing ridge keeps steps finite where a sample is separated.
    """
    x = np.asarray(design, dtype=float)
    n, r = np.broadcast_arrays(np.asarray(n, dtype=float), np.asarray(successes, dtype=float))
    if n.shape[-1:] != x.shape[:1] or (r < 0).any() or (r > n).any():
        raise CountError("The rows of the counts and of the design differ, or r exceeds n.")
    shape, n, r = n.shape[:-1], np.atleast_2d(n), np.atleast_2d(r)
    orthogonal, _ = np.linalg.qr(x)
    beta = np.zeros((len(n), x.shape[1]))
    best = bernoulli_loglik(n, r, np.full(n.shape, 0.5))
    ridge = 1e-10 * np.eye(x.shape[1])
    for _ in range(60):
        share = _logistic(beta @ orthogonal.T)
        weight = n * share * (1 - share)
        information = np.einsum("bk,ki,kj->bij", weight, orthogonal, orthogonal)
        scale = np.maximum(np.trace(information, axis1=1, axis2=2), 1e-300)
        information += scale[:, None, None] * ridge
        step = np.linalg.solve(information, ((r - n * share) @ orthogonal)[:, :, None])[:, :, 0]
        longest = np.abs(step @ orthogonal.T).max(axis=1, keepdims=True)
        step *= np.minimum(1.0, 4.0 / np.maximum(longest, 1e-300))
        value = bernoulli_loglik(n, r, _logistic((beta + step) @ orthogonal.T))
        for _ in range(20):
            worse = value < best - 1e-9
            if not worse.any():
                break
            step[worse] /= 2
            value = bernoulli_loglik(n, r, _logistic((beta + step) @ orthogonal.T))
        beta, gain, best = beta + step, value - best, np.maximum(value, best)
        if (np.abs(gain) < 1e-10).all():
            break
    return best.reshape(shape)


def bernoulli_loglik(n, successes, share):
    """Log-likelihood of grouped answers without binomial coefficients.

    Parameters
    ----------
    n, successes, share : numpy.ndarray of float, shape (..., rows)
        Respondents, successes and fitted shares.

    Returns
    -------
    numpy.ndarray of float, shape (...)
        Sum over the last axis; ``0 log 0`` counts as 0.

    Raises
    ------
    ArgumentError
        A share lies outside [0, 1].
    """
    from scipy.special import xlog1py, xlogy

    if (np.asarray(share) < 0).any() or (np.asarray(share) > 1).any():
        raise ArgumentError("A fitted share lies outside [0, 1].")
    return (xlogy(successes, share) + xlog1py(n - successes, -np.asarray(share))).sum(axis=-1)


def binomial_coefficients(n, successes):
    """Sum of the logarithms of the binomial coefficients of grouped rows.

    Parameters
    ----------
    n, successes : numpy.ndarray of float, shape (rows,)
        Respondents and successes.

    Returns
    -------
    float
        ``Σ log C(n, r)``.

    Raises
    ------
    CountError
        `successes` exceeds `n` somewhere.
    """
    from scipy.special import gammaln

    n, r = np.asarray(n, dtype=float), np.asarray(successes, dtype=float)
    if (r > n).any():
        raise CountError("Successes cannot exceed their base.")
    return float((gammaln(n + 1) - gammaln(r + 1) - gammaln(n - r + 1)).sum())


def _checked(design, n, successes):
    try:
        x, n, r = (np.asarray(part, dtype=float) for part in (design, n, successes))
    except (TypeError, ValueError):
        raise CountError("Design and counts must hold numbers.") from None
    if x.ndim != 2 or n.shape != x.shape[:1] or r.shape != n.shape:
        raise CountError(
            f"A design of shape {x.shape} needs one n and one number of successes for each row."
        )
    if not (np.isfinite(x).all() and np.isfinite(n).all() and np.isfinite(r).all()):
        raise CountError("Design and counts must be finite.")
    if (r < 0).any() or (r > n).any():
        raise CountError("Successes must lie between 0 and n in every row.")
    used = n > 0
    if used.sum() < x.shape[1] or np.linalg.matrix_rank(x[used]) < x.shape[1]:
        raise ArgumentError(
            "The predictors cannot be told apart: too few rows hold respondents, or one "
            "predictor is a combination of the others."
        )
    return x, n, r


def _objective(x, n, r, beta, penalty):
    share = _logistic(x @ beta)
    value = float(bernoulli_loglik(n, r, share))
    if penalty:
        information = x.T @ ((n * share * (1 - share))[:, None] * x)
        value += float(np.linalg.slogdet(information)[1]) / 2
    return value


def _firth(x, weight, share):
    """Firth's correction of the score: ``h (1/2 − p)`` summed over a grouped row."""
    inverse = np.linalg.pinv(x.T @ (weight[:, None] * x))
    leverage = weight * np.einsum("ki,ij,kj->k", x, inverse, x)
    return leverage * (0.5 - share)


def _result(x, n, r, beta):
    share = _logistic(x @ beta)
    covariance = np.linalg.inv(x.T @ ((n * share * (1 - share))[:, None] * x))
    used = n > 0
    saturated = bernoulli_loglik(n, r, np.divide(r, n, out=np.zeros_like(r), where=used))
    bernoulli = float(bernoulli_loglik(n, r, share))
    overall = np.full(n.shape, r.sum() / n.sum())
    return LogitFit(
        coefficients=beta,
        standard_errors=np.sqrt(np.diag(covariance)),
        covariance=covariance,
        fitted=share,
        deviance=max(0.0, 2 * float(saturated - bernoulli)),
        df_residual=int(used.sum()) - x.shape[1],
        loglik=bernoulli + binomial_coefficients(n, r),
        loglik_bernoulli=bernoulli,
        null_deviance_bernoulli=-2 * float(bernoulli_loglik(n, r, overall)),
    )


def _solve(information, score):
    try:
        return np.linalg.solve(information, score)
    except np.linalg.LinAlgError:
        return np.linalg.lstsq(information, score, rcond=None)[0]


def _logistic(eta):
    return 1 / (1 + np.exp(-np.clip(eta, -700, 700)))
