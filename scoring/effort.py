"""Customer effort score, whose two versions run in opposite directions."""

from dataclasses import dataclass
from enum import StrEnum

from .errors import ArgumentError, ScaleError
from .measure import Measure
from .results import Estimate
from .satisfaction import mean_score, top_box
from .scales import EFFORT_1, EFFORT_2


class EffortVersion(StrEnum):
    """Which wording was asked."""

    V1 = "1.0"
    V2 = "2.0"


@dataclass(frozen=True, slots=True)
class CustomerEffort:
    """A customer effort score.

    Parameters
    ----------
    version : EffortVersion
        The wording that was asked.
    higher_is_better : bool
        Direction of `mean`: False for version 1.0, where high is effort.
    mean : Estimate
        Mean answer in points of the scale, in the direction of the version.
    low_effort : Estimate
        Share who found it easy: 5 to 7 in version 2.0, 1 and 2 in version 1.0.
    """

    version: EffortVersion
    higher_is_better: bool
    mean: Estimate
    low_effort: Estimate


SCALES = {EffortVersion.V1: EFFORT_1, EffortVersion.V2: EFFORT_2}
EASY_BOXES = {EffortVersion.V1: 2, EffortVersion.V2: 3}


def customer_effort(counts, *, version, scale=None, confidence=0.95):
    """Customer effort score of one question.

    Parameters
    ----------
    counts : array_like of int, shape (k,), or CountTable
        Respondents at each point, lowest point first: five points in version
        1.0, seven in version 2.0.
    version : EffortVersion or str
        ``"1.0"`` ("how much effort", 1 to 5, high is bad) or ``"2.0"`` ("made
        it easy", 1 to 7, high is good). It is never guessed.
    scale : Scale, optional
        The scale of the question; refused when it is not that of `version`.
    confidence : float in (0, 1), default 0.95
        Level of the intervals.

    Returns
    -------
    CustomerEffort
        Undefined figures when nobody answered.

    Raises
    ------
    ScaleError
        The counts or `scale` do not fit the version.
    CountError, AxisError
        A count is impossible, or the table has no scores.
    ArgumentError
        `version` is not known, or `confidence` lies outside its domain.

    References
    ----------
    .. [1] Dixon, Freeman & Toman (2010). Stop trying to delight your
       customers. Harvard Business Review.

    Examples
    --------
    >>> effort = customer_effort([12, 9, 15, 31, 70, 141, 122], version="2.0")
    >>> effort.mean.value, effort.low_effort.value
    (5.6225, 0.8325)
    """
    try:
        version = EffortVersion(version)
    except ValueError:
        raise ArgumentError(
            f'The customer effort score has versions "1.0" and "2.0"; got {version!r}.'
        ) from None
    own = SCALES[version]
    if scale is not None and (scale.lowest, scale.highest, scale.higher_is_better) != (
        own.lowest,
        own.highest,
        own.higher_is_better,
    ):
        raise ScaleError(
            f"Version {version} of the customer effort score is asked on {own.lowest} to "
            f"{own.highest}, where high is {'good' if own.higher_is_better else 'bad'}; "
            f"the question has {scale.lowest} to {scale.highest}."
        )
    return CustomerEffort(
        version=version,
        higher_is_better=own.higher_is_better,
        mean=mean_score(counts, scale=own, confidence=confidence),
        low_effort=top_box(counts, scale=own, boxes=EASY_BOXES[version], confidence=confidence),
    )


MEASURES = (
    Measure(
        key="effort_2_mean",
        name="Customer effort score 2.0",
        definition='Mean agreement that the company "made it easy"; high is good.',
        formula="Σ k·n(k) / n",
        denominator="Respondents who answered the effort question",
        scale="1–7, high is good",
        unit="score",
        interval="Student's t with n − 1 degrees of freedom",
        source="Dixon, Freeman & Toman (2010), Harvard Business Review",
        version="2.0",
    ),
    Measure(
        key="effort_2_easy",
        name="Easy to deal with (CES 2.0)",
        definition='Share who agree (5 to 7) that the company "made it easy".',
        formula="n(5, 6, 7) / n",
        denominator="Respondents who answered the effort question",
        scale="1–7, high is good",
        unit="share",
        interval="Wilson score interval",
        source="Dixon, Freeman & Toman (2010), Harvard Business Review",
        version="2.0",
    ),
    Measure(
        key="effort_1_mean",
        name="Customer effort score 1.0",
        definition="Mean of the effort the customer had to put in; high is bad.",
        formula="Σ k·n(k) / n",
        denominator="Respondents who answered the effort question",
        scale="1–5, high is bad",
        unit="score",
        interval="Student's t with n − 1 degrees of freedom",
        source="Dixon, Freeman & Toman (2010), Harvard Business Review",
        version="1.0",
    ),
)
