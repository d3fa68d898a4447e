"""How long scoring takes, and that it does not grow with respondents.

Prints ratios measured in one run, so that the speed of the machine cancels:

    python bench/scoring.py

1. The whole scoring of one survey (curve with its tests and bend, top box,
   Net Promoter Score, zones, quadrants, and 50 segments against the rest)
   from the counts of 1 thousand, 100 thousand and 10 million respondents.
2. Proportional odds on counts against statsmodels' OrderedModel on the
   10,000 rows behind them.
"""

import statistics
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from scoring.candidates import decide
from scoring.counts import CountTable
from scoring.curve_findings import bend_candidate, ratio_candidate
from scoring.level_findings import nps_level, share_difference_candidate, top_box_level
from scoring.loyalty import loyalty_curve
from scoring.nps import nps
from scoring.ordinal import proportional_odds
from scoring.satisfaction import csat, top_box
from scoring.scales import FIVE_POINT, RECOMMENDATION, Scale
from scoring.zones import quadrants, zones

SIZES = (1_000, 100_000, 10_000_000)
SEGMENTS = tuple(range(50))
ROUNDS = 15
LIMIT = 1.2


def survey(respondents, seed=1):
    """Counts of one survey: segment × score × loyal × recommendation group."""
    rng = np.random.default_rng(seed)
    score = np.array([0.05, 0.10, 0.20, 0.40, 0.25])
    loyal = np.array([0.10, 0.14, 0.20, 0.30, 0.62])
    cells = score[:, None] * np.stack([1 - loyal, loyal], axis=1)
    shape = (len(SEGMENTS), *cells.shape)
    chance = np.broadcast_to(cells / len(SEGMENTS), shape).ravel()
    n = rng.multinomial(respondents, chance / chance.sum()).reshape(shape)
    table = CountTable.from_counts(
        [("segment", SEGMENTS), ("score", FIVE_POINT.points), ("loyal", (0, 1))], n
    )
    recommend = rng.multinomial(respondents, np.arange(1, 12) / 66)
    return table, CountTable.from_counts([("score", RECOMMENDATION.points)], recommend)


def score_survey(table, recommend):
    """Everything that a results page shows of one survey."""
    curve = loyalty_curve(table, scale=FIVE_POINT)
    candidates = [ratio_candidate(curve.top_against_next), bend_candidate(curve)]
    everybody = table.sum_to("score")
    csat(everybody, scale=FIVE_POINT)
    zones(table, scale=FIVE_POINT)
    quadrants(
        np.asarray(table.sum_to("score", "loyal").n),
        satisfaction_scale=FIVE_POINT,
        loyalty_scale=Scale(0, 1),
        satisfied_from=4,
        loyal_from=1,
    )
    top_all, base_all = everybody.count(score=5), everybody.base
    for segment in SEGMENTS:
        part = table.where(segment=segment)
        scores = part.sum_to("score")
        top_box(scores, scale=FIVE_POINT)
        top, base = scores.count(score=5), scores.base
        rest = top_all - top, base_all - base
        candidates.append(share_difference_candidate(top, base, *rest))
    levels = top_box_level(top_box(everybody, scale=FIVE_POINT)), nps_level(nps(recommend))
    return decide(candidates), levels


def seconds(work, *arguments):
    """Seconds of processor time of one call."""
    start = time.process_time()
    work(*arguments)
    return time.process_time() - start


def flatness():
    """Median time for each size, the sizes taken in turn so that drift hits all alike."""
    surveys = {size: survey(size) for size in SIZES}
    for tables in surveys.values():
        score_survey(*tables)
    taken = {size: [] for size in SIZES}
    for _ in range(ROUNDS):
        for size, tables in surveys.items():
            taken[size].append(seconds(score_survey, *tables))
    return {size: statistics.median(times) for size, times in taken.items()}


def ordinal():
    """Time on counts and on rows, and how far the two estimates lie apart."""
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    rng = np.random.default_rng(2)
    scores = rng.integers(1, 6, 10_000)
    latent = 1.2 * scores + rng.logistic(size=10_000)
    level = np.digitize(latent, [3.0, 5.0])
    counts = np.array(
        [[((scores == k) & (level == j)).sum() for j in range(3)] for k in range(1, 6)]
    )
    predictors = np.arange(1.0, 6)[:, None]

    def on_rows():
        model = OrderedModel(level, scores[:, None].astype(float), distr="logit")
        return model.fit(method="bfgs", disp=False)

    own, theirs = proportional_odds(predictors, counts), on_rows()
    apart = abs(float(own.coefficients[0]) - float(theirs.params[0]))
    on_counts = statistics.median(seconds(proportional_odds, predictors, counts) for _ in range(9))
    rows = statistics.median(seconds(on_rows) for _ in range(3))
    return on_counts, rows, apart


def main():
    taken = flatness()
    for size, time_taken in taken.items():
        print(f"{size:>12,} respondents: {1000 * time_taken:7.1f} ms of processor time")
    ratio = taken[SIZES[-1]] / taken[SIZES[0]]
    print(f"10 million against 1 thousand: {ratio:.2f} (goal: at most {LIMIT})")
    on_counts, rows, apart = ordinal()
    print(
        f"proportional odds: {1000 * on_counts:.1f} ms on counts, {1000 * rows:.0f} ms with "
        f"OrderedModel on 10,000 rows, {rows / on_counts:.0f} times the time; "
        f"estimates apart {apart:.1e}"
    )
    return ratio <= LIMIT


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
