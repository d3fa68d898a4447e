"""European-type satisfaction index: a path model of latent blocks, fitted by partial least squares.

No dependable library with a free licence fits it (plspm is GPL), and it takes
some sixty lines.
"""

from dataclasses import dataclass

import numpy as np

from .answers import answer_rows
from .argument_types import takes
from .errors import ArgumentError, ConvergenceError, ScaleError
from .estimating import mean_estimate
from .measure import Measure
from .results import Estimate
from .scales import TEN_POINT

_TOLERANCE = 1e-10


@dataclass(frozen=True, slots=True)
class PathModel:
    """A fitted path model.

    Parameters
    ----------
    base : int
        Respondents who answered every item.
    missing : int
        Respondents left out because an item was blank.
    path_coefficients : dict of (str, str) to float
        Standardised coefficient of each path from one block to another.
    r_squared : dict of str to float
        Explained share of each block that a path leads to.
    outer_weights, loadings : dict of str to tuple of float
        Weight of each standardised item in its block, and its correlation
        with the block.
    index_weights : dict of str to tuple of float
        Weight of each raw item in the block's index, summing to 1.
    indexes : dict of str to Estimate
        Mean index of each block on 0 to 100.
    respondents : dict of str to tuple of float
        Index of each respondent in each block.
    """

    base: int
    missing: int
    path_coefficients: dict
    r_squared: dict
    outer_weights: dict
    loadings: dict
    index_weights: dict
    indexes: dict[str, Estimate]
    respondents: dict


@takes(lists=("items", "paths"))
def pls_path_model(
    answers, *, items, blocks, paths, scale=TEN_POINT, confidence=0.95, max_iterations=300
):
    """Fit a satisfaction path model by partial least squares.

    Needs rows; only respondents who answered every item are used.

    Parameters
    ----------
    answers : array_like of float, shape (n, k)
        One row for each respondent, one column for each item, NaN where blank.
    items : sequence of str
        Names of the columns.
    blocks : dict of str to sequence of str
        The items of each latent block.
    paths : iterable of (str, str)
        Pairs of blocks, from and to, without a circle.
    scale : Scale, default TEN_POINT
        The scale of every item.
    confidence : float in (0, 1), default 0.95
        Level of the interval of the mean indexes.
    max_iterations : int, default 300
        When to give up.

    Returns
    -------
    PathModel
        Coefficients, weights and indexes.

    Raises
    ------
    ArgumentError
        A block or item is unknown, stands in no path, or does not vary; or
        there are too few respondents.
    ConvergenceError
        The weights did not settle.
    ScaleError
        An answer lies outside the scale.

    Notes
    -----
    Mode A with the centroid scheme on items standardised with n - 1, as R's
    ``semPLS::sempls``. Weights of an index on the raw scale are the outer
    weights divided by the items' standard deviations, scaled to sum to 1. The
    interval of a mean index takes these weights as given. Coefficients
    describe association in the model drawn, not what a change would do.

    References
    ----------
    .. [1] Tenenhaus, M. et al. (2005). PLS path modeling. Comput Stat Data
       Anal 48, 159-205.

    Examples
    --------
    >>> model = pls_path_model(
    ...     [[1, 2], [2, 1], [4, 3], [3, 5]], items=["a", "b"],
    ...     blocks={"A": ["a"], "B": ["b"]}, paths=[("A", "B")],
    ... )
    >>> round(model.path_coefficients["A", "B"], 4)
    0.5292
    """
    rows, columns, links = _checked_model(answers, tuple(items), blocks, paths)
    complete = rows[~np.isnan(rows).any(axis=1)]
    if ((complete < scale.lowest) | (complete > scale.highest)).any():
        raise ScaleError(f"An answer lies outside the scale {scale.lowest} to {scale.highest}.")
    used = sorted({column for block in columns.values() for column in block})
    if len(complete) <= max(len(used), 2):
        raise ArgumentError(
            f"{len(complete)} complete answers are too few for {len(used)} items; collect more."
        )
    sd = complete.std(axis=0, ddof=1)
    if (sd[used] == 0).any():
        raise ArgumentError("An item has the same answer everywhere; leave it out of its block.")
    standard = (complete - complete.mean(axis=0)) / np.where(sd == 0, 1.0, sd)
    weights = _outer_weights(standard, columns, links, max_iterations)
    scores = {name: standard[:, columns[name]] @ weight for name, weight in weights.items()}
    coefficients, r_squared = _inner_model(scores, links)
    raw = {name: weight / sd[columns[name]] for name, weight in weights.items()}
    raw = {name: weight / weight.sum() for name, weight in raw.items()}
    respondents = {
        name: _on_hundred(complete[:, columns[name]] @ weight, scale)
        for name, weight in raw.items()
    }
    return PathModel(
        base=len(complete),
        missing=len(rows) - len(complete),
        path_coefficients=coefficients,
        r_squared=r_squared,
        outer_weights=_plain(weights),
        loadings=_plain(
            {
                name: standard[:, columns[name]].T @ scores[name] / (len(complete) - 1)
                for name in columns
            }
        ),
        index_weights=_plain(raw),
        indexes={
            name: mean_estimate(index, confidence=confidence) for name, index in respondents.items()
        },
        respondents=_plain(respondents),
    )


def _checked_paths(paths):
    links = tuple(tuple(path) if isinstance(path, list | tuple) else (path,) for path in paths)
    if any(len(link) != 2 for link in links):
        raise ArgumentError("A path is a pair: the block it comes from and the block it goes to.")
    return links


def _checked_model(answers, items, blocks, paths):
    rows = answer_rows(answers)
    if len(items) != rows.shape[1]:
        raise ArgumentError(f"The answers have {rows.shape[1]} items; got {len(items)} names.")
    unknown = {item for block in blocks.values() for item in block} - set(items)
    links = _checked_paths(paths)
    strangers = {name for link in links for name in link} - set(blocks)
    idle = set(blocks) - {name for link in links for name in link}
    if unknown or strangers or idle:
        raise ArgumentError(
            f"Unknown items {sorted(unknown)}, unknown blocks {sorted(strangers)}, "
            f"blocks in no path {sorted(idle)}: correct the model."
        )
    columns = {name: [items.index(item) for item in block] for name, block in blocks.items()}
    if not all(columns.values()):
        raise ArgumentError("Every block needs at least one item.")
    return rows, columns, links


def _outer_weights(standard, columns, links, max_iterations):
    names = list(columns)
    connected = np.zeros((len(names), len(names)))
    for source, target in links:
        i, j = names.index(source), names.index(target)
        connected[i, j] = connected[j, i] = 1.0
    weights = {name: np.ones(len(block)) for name, block in columns.items()}
    change = np.inf
    for _ in range(max_iterations):
        scores = np.column_stack(
            [_unit(standard[:, columns[name]] @ weights[name]) for name in names]
        )
        signs = np.sign(np.corrcoef(scores.T)) * connected
        proxies = scores @ signs
        fresh = {
            name: _sum_to_one(standard[:, columns[name]].T @ proxies[:, i])
            for i, name in enumerate(names)
        }
        change = max(np.abs(fresh[name] - _sum_to_one(weights[name])).max() for name in names)
        weights = fresh
        if change < _TOLERANCE:
            break
    else:
        raise ConvergenceError(f"The weights still moved by {change:.1e} after {max_iterations}.")
    return {
        name: weight / (standard[:, columns[name]] @ weight).std(ddof=1)
        for name, weight in weights.items()
    }


def _inner_model(scores, links):
    coefficients, r_squared = {}, {}
    for target in dict.fromkeys(target for _, target in links):
        sources = [source for source, end in links if end == target]
        x = np.column_stack([scores[source] for source in sources])
        beta, *_ = np.linalg.lstsq(x, scores[target], rcond=None)
        residual = scores[target] - x @ beta
        r_squared[target] = float(1 - residual @ residual / (scores[target] @ scores[target]))
        for source, value in zip(sources, beta, strict=True):
            coefficients[source, target] = float(value)
    return {link: coefficients[link] for link in links}, r_squared


def _on_hundred(scores, scale):
    share = (scores - scale.lowest) / (scale.highest - scale.lowest)
    return 100.0 * (share if scale.higher_is_better else 1.0 - share)


def _unit(column):
    return column / column.std(ddof=1)


def _sum_to_one(weight):
    return weight / np.abs(weight).sum()


def _plain(arrays):
    return {name: tuple(array.tolist()) for name, array in arrays.items()}


MEASURES = (
    Measure(
        key="ecsi",
        name="Satisfaction index by path model (ECSI-type)",
        definition="Index of a group of items, weighted by how each goes with the other groups.",
        formula="Σ (w_j / s_j) x_j, weights scaled to sum to 1, placed on 0 to 100",
        denominator="Respondents who answered every item of the model",
        scale="any, the same for all items",
        unit="score",
        interval="t interval of the respondents' indexes, weights taken as given",
        source="Tenenhaus et al. (2005), Comput Stat Data Anal 48, 159-205",
    ),
)
