"""What a trend can show of a survey: shares, means, the Net Promoter Score, and how many answered.

Every measure reads its figure from scoring; none is computed here.
"""

from dataclasses import dataclass
from enum import StrEnum

from scoring.comparison import Comparison, mean_difference, share_difference, top_box_difference
from scoring.intervals import proportion
from scoring.nps import nps
from scoring.nps_comparison import nps_difference
from scoring.results import Estimate
from scoring.satisfaction import mean_score, top_box
from scoring.scales import RECOMMENDATION, Scale
from surveys.question_types import handler_of
from surveys.question_types.answer_type import Counted


class Figure(StrEnum):
    """What is computed of the values of a period."""

    TOP_BOX = "top_box"
    MEAN = "mean"
    NPS = "nps"
    LOYAL = "loyal"
    RESPONSES = "responses"


SHARES = (Figure.TOP_BOX, Figure.LOYAL)
DEFINITIONS = {
    Figure.TOP_BOX: "top_box",
    Figure.MEAN: "mean_score",
    Figure.NPS: "nps",
    Figure.LOYAL: "loyalty_curve",
}


@dataclass(frozen=True, slots=True, eq=False)
class TrendMeasure:
    """One thing that can be followed over time.

    `code` is its name in addresses and on records. `question` is None for the
    number of responses.
    """

    code: str
    figure: Figure
    question: object | None = None

    @property
    def key(self):
        """The key of the question, or None."""
        return self.question.key if self.question else None

    @property
    def is_share(self):
        """Whether it is a share of respondents, with limits for shares."""
        return self.figure in SHARES

    @property
    def definition(self):
        """The measure in the registry of definitions, or None."""
        return DEFINITIONS.get(self.figure)

    def hits(self, values, question):
        """How many of a share's base count."""
        if self.figure is Figure.LOYAL:
            return sum(n for value, n in values.items() if value >= question.loyal_from)
        return values.get(question.values[-1], 0)

    def estimate(self, values, question):
        """The figure of one period with its interval; `question` as its version asked it."""
        if self.figure is Figure.RESPONSES:
            n = values.total()
            return Estimate(float(n), None, None, n, float(n), 0.95, "count")
        if self.figure is Figure.LOYAL:
            return proportion(self.hits(values, question), values.total())
        if self.figure is Figure.NPS:
            return nps(filled(values, RECOMMENDATION)).score
        scale = scale_of(question)
        measure = top_box if self.figure is Figure.TOP_BOX else mean_score
        return measure(filled(values, scale), scale=scale)

    def compare(self, earlier, later):
        """Two periods: later minus earlier, with interval and test; None for plain counts."""
        if self.figure is Figure.RESPONSES:
            return None
        if self.figure is Figure.LOYAL:
            counts = [(self.hits(v, self.question), v.total()) for v in (earlier, later)]
            return share_difference(*counts[0], *counts[1])
        if self.figure is Figure.NPS:
            return _nps_comparison(*(filled(v, RECOMMENDATION) for v in (earlier, later)))
        scale = scale_of(self.question)
        compare = top_box_difference if self.figure is Figure.TOP_BOX else mean_difference
        return compare(filled(earlier, scale), filled(later, scale), scale=scale)


def trend_measures(questionnaires):
    """Everything that the newest version lets one follow, the headline first."""
    if not questionnaires:
        return ()
    newest, found = questionnaires[0], []
    overall, recommendation, again = newest.overall, newest.recommendation, newest.repurchase
    if overall and overall.values:
        found.append(TrendMeasure("top_box", Figure.TOP_BOX, overall))
        found.append(TrendMeasure("mean", Figure.MEAN, overall))
    if recommendation and recommendation.values == tuple(RECOMMENDATION.points):
        found.append(TrendMeasure("nps", Figure.NPS, recommendation))
    if again and again.values and again.loyal_from is not None:
        found.append(TrendMeasure("loyal", Figure.LOYAL, again))
    for item in newest.items:
        if item in (overall, recommendation) or not item.values:
            continue
        if handler_of(item).counted is Counted.RATED:
            found.append(TrendMeasure(f"top_box.{item.key}", Figure.TOP_BOX, item))
            found.append(TrendMeasure(f"mean.{item.key}", Figure.MEAN, item))
    return (*found, TrendMeasure("responses", Figure.RESPONSES))


def scale_of(question):
    """The scale of a rating."""
    return Scale(question.values[0], question.values[-1])


def filled(values, scale):
    """Counts at each point of the scale, lowest first."""
    return [values.get(point, 0) for point in scale.points]


def _nps_comparison(earlier, later):
    found = nps_difference(later, earlier)
    return Comparison(nps(earlier).score, nps(later).score, found.difference, found.test)
