"""Golden methods of reliability and index measures."""

import numpy as np

from scoring.ecsi import pls_path_model
from scoring.index import index_from_means, satisfaction_index
from scoring.reliability import reliability
from scoring.scales import Scale

from ._rows import rows_of


def run_reliability(inputs, load_rows):
    """Alpha, omega and the item statistics."""
    frame = rows_of(inputs, load_rows)
    result = reliability(frame[inputs["columns"]].to_numpy(), items=inputs["columns"])
    alpha, factor = result.alpha, result.factor
    return {
        "n": result.base,
        "items": len(result.items),
        "alpha": alpha.value,
        "alpha_standardised": result.standardised_alpha,
        "alpha_ci95_feldt": [alpha.low, alpha.high] if alpha.has_interval else None,
        "item_rest_correlation": result.item_rest_correlations,
        "alpha_if_dropped": result.alpha_if_dropped,
        "item_means": result.item_means,
        "item_sds": result.item_sds,
        "one_factor_loadings": factor.loadings,
        "one_factor_residual_variances": factor.residual_variances,
        "omega_total_one_factor": factor.omega.value,
        "one_factor_heywood": factor.is_heywood,
    }


def run_acsi_index(inputs, load_rows):
    """The index from item means."""
    scale = Scale(inputs["scale_min"], inputs["scale_max"])
    return {
        "index": index_from_means(inputs["item_means"], weights=inputs.get("weights"), scale=scale)
    }


def run_ecsi_pls(inputs, load_rows):
    """The path model; block names of the paths differ in case from the blocks'."""
    frame = rows_of(inputs, load_rows)
    blocks = {name: list(items) for name, items in inputs["blocks"].items()}
    if inputs.get("complaints"):
        blocks["complaints"] = [inputs["complaints"]]
    named = {name.lower(): name for name in blocks}
    paths = {
        text: tuple(named[end.strip().lower()] for end in text.split("->"))
        for text in inputs["paths"]
    }
    items = list(dict.fromkeys(item for block in blocks.values() for item in block))
    scale = Scale(inputs.get("scale_min", 1), inputs.get("scale_max", 10))
    model = pls_path_model(
        frame[items].to_numpy(), items=items, blocks=blocks, paths=paths.values(), scale=scale
    )
    coefficients = {text: model.path_coefficients[path] for text, path in paths.items()}
    found = {
        "path_coefficients": coefficients,
        "published_monecke_leisch_2012": coefficients
        | {
            f"loading_{item}": loading
            for name, block in blocks.items()
            for item, loading in zip(block, model.loadings[name], strict=True)
        },
        "equal_weight_index_mean": satisfaction_index(
            frame[blocks["satisfaction"]].to_numpy(), scale=scale
        ).index.value,
    }
    for name in blocks:
        respondents = model.respondents[name]
        found |= {
            f"{name}_outer_weights": model.outer_weights[name],
            f"{name}_loadings": model.loadings[name],
            f"{name}_weights_raw_scale_normalised": model.index_weights[name],
            f"{name}_index_mean": model.indexes[name].value,
            f"{name}_index_sd": float(np.std(respondents, ddof=1)),
            f"{name}_index_first5": respondents[:5],
        }
    return found


METHODS = {
    "reliability": run_reliability,
    "acsi_index": run_acsi_index,
    "ecsi_pls": run_ecsi_pls,
}
