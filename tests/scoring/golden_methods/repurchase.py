"""Golden methods of repurchase in time."""

import re
from math import ceil

import numpy as np

from scoring.hazard import cox_regression, discrete_hazard, person_periods
from scoring.life_table import life_table
from scoring.log_rank import log_rank
from scoring.retention import loyal_in_window
from scoring.survival import kaplan_meier, kaplan_meier_by_score

from ._rows import condition_mask, rows_of

HORIZONS = (30, 60, 90, 180, 365)
BREAKS = (0, 30, 60, 90, 120, 150, 180, 270, 360, 540)
TIME_COLUMN, EVENT_COLUMN = "days_to_repurchase_or_censor", "repurchased"


def times_of(inputs, load_rows):
    """Time and event of each customer, and the frame where there is one."""
    if "data_file" not in inputs:
        return np.array(inputs["time"], float), np.array(inputs["event"], float), None
    frame = rows_of(inputs, load_rows)
    time = frame[inputs.get("time", TIME_COLUMN)].to_numpy(float)
    return time, frame[inputs.get("event", EVENT_COLUMN)].to_numpy(float), frame


def reading_times(inputs, time, event):
    """Where the curve is read when the case does not say.

    Whole files at round horizons, listed times at each purchase, and where
    nobody bought at both ends of follow-up.
    """
    if "at" in inputs:
        return inputs["at"]
    if "data_file" in inputs:
        return [day for day in HORIZONS if day <= time.max()]
    bought = np.unique(time[event == 1])
    return (bought if len(bought) else np.unique([time.min(), time.max()])).tolist()


def curve_keys(curve):
    """The curve in the terms of R's survfit.

    As long as nobody has bought, survfit prints 0 to 0 before the first time
    of the group and nothing from then on; the library has Wilson's upper end
    there. A curve that everybody has left ends without an error.
    """
    points = curve.points

    def interval(point, end):
        if point.survival == 1:
            return 0.0 if point.at < curve.first_time else None
        return None if point.survival == 0 else getattr(point.repurchase, end)

    return {
        "at": [point.at for point in points],
        "survival": [point.survival for point in points],
        "repurchase": [point.repurchase.value for point in points],
        "greenwood_se": [point.standard_error for point in points],
        "repurchase_ci_low": [interval(point, "low") for point in points],
        "repurchase_ci_high": [interval(point, "high") for point in points],
        "at_risk": [point.at_risk for point in points],
        "n": curve.base,
        "events": curve.events,
    }


def run_kaplan_meier(inputs, load_rows):
    """One curve, with the fixed window where follow-up is known."""
    time, event, frame = times_of(inputs, load_rows)
    at = reading_times(inputs, time, event)
    curve = kaplan_meier(time, event, at=at, confidence=inputs.get("confidence", 0.95))
    found = curve_keys(curve)
    found["published_repurchase"] = found["repurchase"]
    if frame is not None and "followup_days" in frame:
        days = np.where(event == 1, time, np.nan)
        for window in at:
            followed, loyal = loyal_in_window(days, frame["followup_days"], window_days=window)
            kept = np.array(loyal)[np.array(followed)]
            found[f"fixed_window_{window:g}"] = float(kept.mean()) if len(kept) else None
    return found


def run_kaplan_meier_by_score(inputs, load_rows):
    """A curve for each score; beyond follow-up survfit(extend=TRUE) repeats the last point."""
    time, event, frame = times_of(inputs, load_rows)
    scores = np.asarray(inputs["score"] if frame is None else frame[inputs["score"]])
    groups = []
    for score in np.unique(scores):
        own = scores == score
        at = np.array(reading_times(inputs, time, event), float)
        curve = kaplan_meier_by_score(
            scores[own],
            time[own],
            event[own],
            at=np.minimum(at, time[own].max()),
            confidence=inputs.get("confidence", 0.95),
        )[score]
        keys = curve_keys(curve)
        keys["at"] = at.tolist()
        keys["at_risk"] = [int((time[own] >= moment).sum()) for moment in at]
        groups.append(keys | {"score": score.item()})
    return {"groups": groups}


def run_logrank(inputs, load_rows):
    """Two groups cut by a date, or the values of a column."""
    time, event, frame = times_of(inputs, load_rows)
    phrase = inputs["group"]
    if frame is None:
        groups = list(phrase)
    elif phrase in frame:
        groups = frame[phrase].tolist()
    else:
        condition = re.split(r"\s+against\b", phrase)[0]
        early, late = group_names(condition)
        groups = np.where(condition_mask(frame, condition), early, late).tolist()
    result = log_rank(time, event, groups)
    return {
        "chisq": result.test.statistic,
        "df": result.test.df,
        "p": result.test.p_value,
        "observed": result.observed,
        "expected": result.expected,
        "groups": result.groups,
    }


def group_names(condition):
    """Names of the rows that meet a condition and of the others; half-years for dates."""
    date = re.search(r"(\d{4})-(\d{2})-(\d{2})$", condition)
    if not date:
        return condition, "other"
    year, month = int(date[1]), int(date[2])
    half = 1 if month <= 6 else 2
    before = f"{year}H1" if half == 2 else f"{year - 1}H2"
    return f"to_{before}", f"from_{year}H{half}"


def run_life_table(inputs, load_rows):
    """The table on the usual breaks, unless the case names others."""
    time, event, _ = times_of(inputs, load_rows)
    breaks = inputs.get("breaks")
    if breaks is None:
        longest = ceil(time.max() / 10) * 10
        breaks = [edge for edge in BREAKS if edge < longest] + [longest]
    rows = life_table(time, event, breaks=breaks)
    return {
        "breaks": list(breaks),
        "at_risk": [row.at_risk for row in rows],
        "events": [row.events for row in rows],
        "censored": [row.censored for row in rows],
        "hazard_no_adjustment": [row.hazard.value for row in rows],
        "hazard_actuarial": [row.hazard_actuarial.value for row in rows],
        "survival_actuarial": [row.survival for row in rows],
    }


def run_logrank_cox(inputs, load_rows):
    """Log-rank over the scores, and Cox on the score alone and with a top step."""
    time, event, frame = times_of(inputs, load_rows)
    scores = np.asarray(inputs["score"] if frame is None else frame[inputs["score"]], float)
    test = log_rank(time, event, scores.tolist()).test
    found = {"logrank_chisq": test.statistic, "df": test.df, "p": test.p_value}
    for ties in ("efron", "breslow"):
        fit = cox_regression(time, event, scores[:, None], ties=ties)
        found[f"cox_{ties}"] = {
            "coef": fit.coefficients[0].value,
            "se": fit.standard_errors[0],
            "loglik": [fit.null_log_likelihood, fit.log_likelihood],
        }
    top = np.column_stack([scores, scores == scores.max()])
    extra = cox_regression(time, event, top)
    found["cox_top_extra"] = {
        "coef": [coefficient.value for coefficient in extra.coefficients],
        "se": extra.standard_errors,
    }
    return found


def run_discrete_hazard(inputs, load_rows):
    """Counts by period and score, and two links."""
    time, event, frame = times_of(inputs, load_rows)
    scores = np.asarray(inputs["score"] if frame is None else frame[inputs["score"]], float)
    table = person_periods(scores, time, event, period_days=inputs["period_days"])
    cells = [
        (period, score, table.n[i, j, 1], table.n[i, j].sum())
        for i, score in enumerate(table.axis("score").levels)
        for j, period in enumerate(table.axis("period").levels)
        if table.n[i, j].sum()
    ]
    names = ("period", "score", "events", "at_risk")
    found = {
        "person_period": {name: [int(cell[i]) for cell in cells] for i, name in enumerate(names)}
    }
    for link in ("cloglog", "logit"):
        fit = discrete_hazard(table, link=link)
        found[link] = {
            "score_coef": fit.coefficient.value,
            "score_se": fit.standard_error,
            "loglik": fit.log_likelihood,
        }
    return found


METHODS = {
    "kaplan_meier": run_kaplan_meier,
    "kaplan_meier_by_score": run_kaplan_meier_by_score,
    "logrank": run_logrank,
    "life_table": run_life_table,
    "logrank_cox": run_logrank_cox,
    "discrete_hazard": run_discrete_hazard,
}
