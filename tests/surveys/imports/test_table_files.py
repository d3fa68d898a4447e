"""Reading tables as they come: encodings, delimiters, workbooks, broken files."""

import contextlib
import tracemalloc
import zipfile
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.imports import table_files
from surveys.imports.errors import FileRefused
from surveys.imports.table_files import open_table

SIGNS = "abcXYZ 0189,;\"'\n，。％０１２９北光电器很满意服務電話éß👍"
CELLS = st.text(SIGNS, max_size=12)
EACH_TIME = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(path, **options):
    with open_table(path, **options) as table:
        return table.columns, list(table.rows), table.encoding


@EACH_TIME
@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_was_written_is_read(write_csv, rows, encoding, delimiter):
    header = ["external_id", "name", "姓名"]

    path = write_csv(header, *rows, encoding=encoding, delimiter=delimiter)
    columns, found, _encoding = read(path)

    assert columns == header
    assert [cells for _number, cells in found if cells] == rows


@EACH_TIME
@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_sentence(tmp_path, content):
    path = tmp_path / "any.csv"
    path.write_bytes(content)

    with contextlib.suppress(FileRefused):
        columns, _rows, _encoding = read(path)
        assert columns


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "北光电器的服务很好，下次还会来"),
        ("big5", "北光電器的服務很好，下次還會來"),
    ],
)
def test_chinese_encodings_are_told_apart_and_named(write_csv, encoding, text):
    path = write_csv(["external_id", "name"], ["1", text], encoding=encoding)

    _columns, rows, found = read(path)

    assert (found.name, found.is_guess) == (encoding, True)
    assert rows[0][1][1] == text


def test_single_byte_encoding_must_be_named(write_csv):
    path = write_csv(["external_id", "name"], ["1", "Müller, Zoë"], encoding="cp1252")

    with pytest.raises(FileRefused, match="--encoding"):
        read(path)

    assert read(path, encoding="cp1252")[1][0][1][1] == "Müller, Zoë"


def test_rows_have_the_numbers_of_a_spreadsheet(write_csv):
    path = write_csv(["external_id", "name"], [], ["1", "two\nlines"], ["2", "b"])

    assert [number for number, cells in read(path)[1] if cells] == [3, 4]


def test_workbook_gives_texts(write_xlsx):
    path = write_xlsx(["id", "at", "n"], [1.0, datetime(2026, 1, 31, 14, 5), 2.5], [None, True])

    columns, rows, encoding = read(path)

    assert columns == ["id", "at", "n"]
    assert rows[0] == (2, ["1", "2026-01-31 14:05:00", "2.5"])
    assert encoding is None


def test_ten_thousand_columns_are_read(write_csv):
    columns = ["external_id", *(f"c{number}" for number in range(10_000))]
    path = write_csv(columns, ["1"] * 10_001)

    assert len(read(path)[0]) == 10_001


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "no row with column names"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel"),
        (b"PK\x03\x04 broken", "not a readable Excel workbook"),
        (b"a,b\n\x00\x01\x02", "not a table"),
        (b'a,b\n"' + b"x" * 2_000_000, "row 2"),
    ],
    ids=["empty", "blank", "xls", "broken xlsx", "binary", "endless cell"],
)
def test_bad_file_is_refused_in_one_sentence(tmp_path, content, words):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)

    with pytest.raises(FileRefused, match=words) as refusal:
        read(path)

    assert "\n" not in str(refusal.value)


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="cannot be opened"):
        read(tmp_path / "none.csv")


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _block in range(500):
            part.write(bytes(1024 * 1024))
    assert path.stat().st_size < 1024 * 1024

    tracemalloc.start()
    with pytest.raises(FileRefused, match="unpacks to more than"):
        read(path)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 5 * 1024 * 1024


def test_workbook_that_claims_a_million_columns_is_read_as_it_is(write_xlsx, tmp_path):
    source = write_xlsx(["external_id", "name"], ["1", "Ann"])
    path = tmp_path / "claims.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            content = old.read(part).replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
            new.writestr(part, content)

    columns, rows, _encoding = read(path)

    assert (columns, rows) == (["external_id", "name"], [(2, ["1", "Ann"])])


def test_long_file_is_read_in_constant_memory(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write("external_id,name\n")
        file.writelines(f"{number},customer {number}\n" for number in range(200_000))

    tracemalloc.start()
    with open_table(path) as table:
        count = sum(1 for _row in table.rows)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 200_000
    assert peak < 8 * 1024 * 1024
    assert path.stat().st_size > 4_000_000 > table_files.SAMPLE_BYTES
