"""Reading single cells."""

import contextlib
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.imports import cells
from surveys.imports.errors import RowRefused


@pytest.mark.parametrize(
    "cell",
    [
        "2026-01-31 14:05",
        "2026/1/31 14:05:00",
        "2026-01-31T14:05:00Z",
        "2026-01-31T22:05:00+08:00",
        "2026-01-31 22:05:00+0800",
        "2026年1月31日 14:05",
        "２０２６-０１-３１ １４:０５",
    ],
)
def test_times_are_read(cell):
    assert cells.moment_cell(cell, "at") == datetime(2026, 1, 31, 14, 5, tzinfo=UTC)


def test_time_without_offset_is_in_the_zone():
    moment = cells.moment_cell("2026-01-31", "at", time_zone="Asia/Shanghai")

    assert moment == datetime(2026, 1, 30, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell", ["", "31/01/2026", "2026-02-30", "2026-01-31 25:00", "0001-01-01", "yesterday"]
)
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(RowRefused, match="no date"):
        cells.moment_cell(cell, "at")


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("", None),
        ("１２３．５", Decimal("123.50")),
        ("1,234.50", Decimal("1234.50")),
        ("1,234,567", Decimal(1234567)),
        ("-5", Decimal(-5)),
    ],
)
def test_amounts_are_read(cell, amount):
    assert cells.amount_cell(cell, "amount") == amount


@pytest.mark.parametrize("cell", ["1,234", "1.234,50", "nan", "1e9", "1.005", "9" * 13, "12 €"])
def test_what_is_no_amount_is_refused(cell):
    with pytest.raises(RowRefused):
        cells.amount_cell(cell, "amount")


def test_identifiers_come_to_one_form():
    assert cells.identifier_cell(" ＮＬ－００１ ", "id") == "NL-001"


@given(cell=st.text(max_size=300))
def test_any_cell_is_read_or_refused(cell):
    for reader in (cells.moment_cell, cells.amount_cell, cells.email_cell, cells.identifier_cell):
        with contextlib.suppress(RowRefused):
            reader(cell, "column")
