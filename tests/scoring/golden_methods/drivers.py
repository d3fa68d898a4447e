"""Golden methods of the driver measures."""

from scoring.drivers import key_drivers
from scoring.importance import logit_shapley
from scoring.penalty_reward import penalty_reward

from ._rows import rows_of


def run_key_drivers(inputs, load_rows):
    """The regression with LMG and Johnson's parts; golden cases may be small."""
    frame = rows_of(inputs, load_rows)
    names = inputs["drivers"]
    answers, outcome = frame[names].to_numpy(float), frame[inputs["outcome"]].to_numpy(float)
    found = {
        method: key_drivers(
            answers,
            outcome,
            names=names,
            method=method,
            minimum_per_driver=0,
            minimum_answered=0,
        )
        for method in ("lmg", "johnson")
    }
    result = found["lmg"]
    johnson = {driver.name: driver for driver in found["johnson"].drivers}

    def each(read):
        return {driver.name: read(driver) for driver in result.drivers}

    return {
        "n": result.base,
        "r_squared": result.r_squared.value,
        "adj_r_squared": result.adjusted_r_squared,
        "coef": {"(Intercept)": result.intercept} | each(lambda d: d.coefficient.value),
        "se": {"(Intercept)": result.intercept_standard_error} | each(lambda d: d.standard_error),
        "standardised_beta": each(lambda d: d.standardised_beta),
        "lmg": each(lambda d: d.importance),
        "lmg_share": each(lambda d: d.share.value),
        "johnson_weights": each(lambda d: johnson[d.name].importance),
        "johnson_share": each(lambda d: johnson[d.name].share.value),
        "first": each(lambda d: d.first),
        "last": each(lambda d: d.last),
        "zero_order_r": each(lambda d: d.zero_order_r),
        "vif": each(lambda d: d.vif),
        "performance_mean": each(lambda d: d.performance.value),
    }


def run_logit_shapley(inputs, load_rows):
    """Shapley values of McFadden's R²."""
    frame = rows_of(inputs, load_rows)
    names = inputs["drivers"]
    parts, r_squared, base = logit_shapley(
        frame[names].to_numpy(float), frame[inputs["outcome"]].to_numpy(float)
    )
    shapley = dict(zip(names, parts, strict=True)) if parts else None
    return {"n": base, "mcfadden_r2": r_squared, "shapley": shapley}


def run_penalty_reward(inputs, load_rows):
    """Penalty and reward of every driver."""
    frame = rows_of(inputs, load_rows)
    names = inputs["drivers"]
    result = penalty_reward(
        frame[names].to_numpy(float),
        frame[inputs["outcome"]].to_numpy(float),
        names=names,
        low_max=inputs["low_max"],
        high_min=inputs["high_min"],
    )
    return {
        "n": result.base,
        "intercept": result.intercept,
        "r_squared": result.r_squared,
        "drivers": {
            driver.name: {
                "penalty": driver.penalty.value,
                "penalty_se": driver.penalty_standard_error,
                "reward": driver.reward.value,
                "reward_se": driver.reward_standard_error,
                "range": driver.range,
                "asymmetry": driver.asymmetry,
                "n_low": driver.base_low,
                "n_high": driver.base_high,
            }
            for driver in result.drivers
        },
    }


METHODS = {
    "key_drivers": run_key_drivers,
    "key_drivers_logit_shapley": run_logit_shapley,
    "penalty_reward": run_penalty_reward,
}
