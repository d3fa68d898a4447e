"""A real example that is installed with statsmodels: rating of a marriage, and affairs."""

from .analysis import Wishes
from .sources import Table

EXAMPLES = ("fair",)


def open_example(name):
    """The table of an example, and how to read it.

    Fair (1978), A theory of extramarital affairs: 6,366 women rated their
    marriage from 1 to 5; those without an affair count as loyal.
    """
    from statsmodels.datasets import fair

    if name not in EXAMPLES:
        raise ValueError(f"There is no example {name!r}.")
    frame = fair.load_pandas().data
    pairs = zip(frame["rate_marriage"], frame["affairs"], strict=True)
    rows = ([f"{score:g}", "0" if affairs == 0 else "more than 0"] for score, affairs in pairs)
    table = Table("fair (statsmodels.datasets.fair)", ["rate_marriage", "affairs"], rows)
    return table, Wishes(score="rate_marriage", loyalty="affairs", loyal_values=("0",))
