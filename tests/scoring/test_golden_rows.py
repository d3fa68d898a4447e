"""The reader of the golden cases' filter phrases."""

import pandas as pd
import pytest

from .golden_methods._rows import keep_rows, present_columns, ranged_items

ROWS = pd.DataFrame(
    {
        "year": [2016, 2016, 2017, 2017, 2017],
        "overall": [5, 6, 4, None, 1],
        "recommend": [None, 9, 10, 3, 8],
        "weight": [1.0, 1.0, None, 0.5, 2.0],
        "area": ["A", "B", "A", "B", "C"],
    }
)


@pytest.mark.parametrize(
    ("phrase", "kept"),
    [
        (None, [0, 1, 2, 3, 4]),
        ("year==2017, recommend and weight not empty", [3, 4]),
        ("year==2016, recommend and weight not empty", [1]),
        ("overall 1-5, weight present", [0, 4]),
        ("overall in 1..5 and weight not empty", [0, 4]),
        ("1 <= overall <= 5; year = 2017", [2, 4]),
        ("overall between 4 and 5 and year >= 2017", [2]),
        ("year in 2016, 2017, area == 'B'", [1, 3]),
        ("area in (A, C) and weight is not missing", [0, 4]),
        ("area == 'A' or area == 'C'", [0, 2, 4]),
        ("overall != 5", [1, 2, 4]),
        ("year==2016; code 6 (not used) and empty are missing; overall known", [0]),
        ("promoter = recommend>=9; promoter == 1", [1, 2]),
    ],
)
def test_filter_keeps_the_rows_it_names(phrase, kept):
    assert keep_rows(ROWS, phrase).index.tolist() == kept


@pytest.mark.parametrize("phrase", ["satisfied customers", "year==2016, and so on", "overall ~ 5"])
def test_filter_that_cannot_be_read_is_a_failure(phrase):
    with pytest.raises(ValueError, match="not understood"):
        keep_rows(ROWS, phrase)


def test_filter_names_its_items_and_the_columns_it_needs():
    phrase = "year 2013-2016, overall 1-5, recommend and weight not empty"

    assert ranged_items(phrase) == {"overall": (1, 5)}
    assert present_columns(phrase) == ["recommend", "weight"]
