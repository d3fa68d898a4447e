"""No exported cell is a formula, and every text can be had back."""

import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.tables import Figure, FigureTable
from reports.exporters.figure_files import SheetNames, figures_csv, figures_xlsx
from surveys.formulas import LIKE_A_FORMULA, cell, guarded, original

SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]
ATTACKS = [sign + "HYPERLINK(1)" for sign in SIGNS] + [" =1", "'=1", "''=1"]


@given(st.one_of(st.text(), st.sampled_from(ATTACKS), st.text(alphabet="'=+ \t1")))
def test_guarded_text_is_no_formula_and_can_be_had_back(text):
    found = guarded(text)

    assert found[:1] == "'" or not LIKE_A_FORMULA.match(found)
    assert original(found) == text


@pytest.mark.parametrize("number", [-1, -0.5, 0, 3.25])
def test_numbers_stay_numbers(number):
    assert cell(number) is number


@pytest.mark.parametrize("attack", ATTACKS)
def test_workbook_of_hostile_texts_has_no_formula(attack):
    tables = [FigureTable("t", attack, (Figure(attack, attack, -0.25, remark=attack),))]

    book = openpyxl.load_workbook(io.BytesIO(figures_xlsx(tables, [(attack, attack)], [])))

    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert "f" not in {cell.data_type for cell in cells}
    assert [cell.value for cell in cells if cell.data_type == "n"] == [-0.25]
    assert not [name for name in book.sheetnames if LIKE_A_FORMULA.match(name)]
    texts = {cell.value.replace("_x0000_", "\0").replace("_x000D_", "\r") for cell in cells[:2]}
    assert {text.replace("\r", "\n") for text in texts} == {attack.replace("\r", "\n")}


@pytest.mark.parametrize("attack", ATTACKS)
def test_csv_of_hostile_texts_has_no_formula(attack):
    tables = [FigureTable("t", attack, (Figure(attack, attack, -0.25),))]

    archive = zipfile.ZipFile(io.BytesIO(figures_csv(tables, [(attack, attack)], [])))
    text = archive.read("figures.csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))

    assert [original(cell) for cell in rows[1][1:4]] == [attack] * 3
    assert rows[1][4] == "-0.25"
    assert not [cell for cell in rows[1] if LIKE_A_FORMULA.match(cell) and cell[0] not in "'-"]


def test_sheet_names_are_short_and_each_there_once():
    names = SheetNames()

    found = [names.unique(title) for title in ("x" * 40, "X" * 40, "a/b?", "=", "'")]

    assert len(set(map(str.casefold, found))) == 5
    assert max(map(len, found)) == 31
    assert found[2] == "a b"
