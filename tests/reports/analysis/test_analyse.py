"""``manage.py analyse``: real files against R, odd files, and sentences for bad ones."""

import gzip
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import Workbook

from reports import analysis

SHARED = Path(__file__).parents[4] / "shared" / "data"
GOLDEN = Path(__file__).parents[2] / "scoring" / "reference" / "golden" / "curve.json"
ROWS = [("score", "loyal")] + [(score, loyal) for score in "12345" for loyal in "0011" * 5]
AS_CSV = "".join(f"{score},{loyal}\n" for score, loyal in ROWS)


def run(*arguments):
    """The JSON of an analysis."""
    out = io.StringIO()
    call_command("analyse", *map(str, arguments), "--json", stdout=out)
    return json.loads(out.getvalue())


def refused(*arguments):
    """The sentence for a file that cannot be used."""
    errors = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("analyse", *map(str, arguments), stderr=errors, stdout=io.StringIO())
    assert stopped.value.code == 2
    assert "Traceback" not in errors.getvalue()
    assert len(errors.getvalue().strip().splitlines()) == 1
    return errors.getvalue()


def shared(name):
    """A data file beside the project, which is not shipped with it."""
    if not (SHARED / name).exists():
        pytest.skip(f"needs the data file {name}, which is not shipped with the project")
    return SHARED / name


def golden(name):
    """One case of the golden file."""
    cases = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return next(case for case in cases if case["name"] == name)


def assert_agrees(document, case):
    """The analysis against the values that R gave, to the tolerance that stands beside them."""
    inputs, expected, tolerance = case["inputs"], case["expected"], case["tolerance"]
    close = {"abs": tolerance["abs"], "rel": tolerance["rel"]}
    points = document["points"]
    assert [point["n"] for point in points] == inputs["n"]
    assert [point["loyal"] for point in points] == inputs["loyal"]
    for key, name in [("share", "proportions"), ("low", "wilson_low"), ("high", "wilson_high")]:
        assert [point[key] for point in points] == pytest.approx(expected[name], **close)
    line, fit = document["linear"], expected["linear_logit"]
    assert line["slope"] == pytest.approx(fit["coef"]["score"], **close)
    assert line["intercept"] == pytest.approx(fit["coef"]["(Intercept)"], **close)
    assert line["fitted"] == pytest.approx(expected["linear_fitted"], **close)
    test = expected["test_linear_vs_saturated"]
    assert document["tests"]["linear_against_points"]["p_value"] == pytest.approx(
        test["p"], **close
    )
    assert document["tests"]["linear_against_points"]["df"] == test["df"]


def test_san_francisco_airport_agrees_with_r():
    file = shared("sfo_2010_2017.csv.gz")

    document = run(
        *(file, "--score", "overall", "--loyalty", "recommend", "--scale", "1-5"),
        *("--loyalty-kind", "recommendation", "--where", "year=2017"),
    )

    assert_agrees(document, golden("sfo2017_promoter"))
    assert document["rows"] - document["used"] == sum(document["unusable"].values())


def test_movielens_sequels_agree_with_r():
    file = shared("movielens_sequels.csv.gz")

    document = run(file, "--score", "score", "--loyalty", "saw_sequel")

    assert_agrees(document, golden("movielens_sequels"))


def test_fair_file_agrees_with_r():
    file = shared("fair1978_affairs.csv.gz")

    document = run(file, "--score", "rate_marriage", "--loyalty", "affair", "--loyal-value", "0")

    assert_agrees(document, golden("fair1978_faithful"))


def test_fair_example_agrees_with_r():
    assert_agrees(run("--example", "fair"), golden("fair1978_faithful"))


def test_text_names_base_interval_and_ratio(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text(AS_CSV)
    out = io.StringIO()

    call_command("analyse", str(file), "--score=score", "--loyalty=loyal", stdout=out)

    assert "100 of 100 rows used" in out.getvalue()
    assert "50.0%" in out.getvalue()
    assert "95% interval" in out.getvalue()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (AS_CSV, "utf-8"),
        (AS_CSV, "utf-8-sig"),
        (AS_CSV, "utf-16"),
        (AS_CSV.replace(",", ";"), "utf-8"),
        (AS_CSV.replace(",", "\t"), "utf-8"),
        (AS_CSV.replace("\n", "\r\n"), "utf-8"),
        ("\n\n" + AS_CSV + "\n\n", "utf-8"),
        (AS_CSV.replace("\n1,", "\n1.0,"), "utf-8"),
        (AS_CSV.replace(",", ";").replace("\n1;", "\n1,0;"), "utf-8"),
        (AS_CSV.replace("1\n", "yes\n").replace("0\n", "No\n"), "utf-8"),
        (AS_CSV.replace("1\n", "是\n").replace("0\n", "否\n"), "gb18030"),
        (AS_CSV.replace("1\n", "會\n").replace("0\n", "不會\n"), "big5"),
    ],
    ids=[
        *("plain", "utf-8 mark", "utf-16", "semicolon", "tab", "windows lines", "blank lines"),
        *("decimal point", "decimal comma", "words", "gb18030", "big5"),
    ],
)
def test_the_same_answers_in_another_form_give_the_same_curve(tmp_path, text, encoding):
    file = tmp_path / "answers.csv"
    file.write_bytes(text.encode(encoding))

    document = run(file, "--score", "score", "--loyalty", "loyal")

    assert [(point["n"], point["loyal"]) for point in document["points"]] == [(20, 10)] * 5
    assert document["unusable"] == {}


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("总体满意度,再次购买", "gb18030"),
        ("整體滿意度,再次購買", "big5"),
        ("Zufriedenheit für alle,Rückkehr", "cp1252"),
    ],
)
def test_column_names_are_read_in_their_encoding(tmp_path, header, encoding):
    file = tmp_path / "answers.csv"
    file.write_bytes(AS_CSV.replace("score,loyal", header).encode(encoding))
    score, loyal = header.split(",")

    document = run(file, "--score", score, "--loyalty", loyal)

    assert document["columns"]["score"] == score
    assert document["used"] == 100


def test_line_breaks_inside_quotes_are_one_cell(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text(
        'score,comment,loyal\n5,"one, two\nthree ""four""",1\n4,"\n\n",0\n', encoding="utf-8"
    )

    document = run(file, "--score", "score", "--loyalty", "loyal")

    assert document["rows"] == 2


def test_workbook_gives_the_same_curve(tmp_path):
    book = Workbook()
    for row in ROWS:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    book.save(tmp_path / "answers.xlsx")

    document = run(tmp_path / "answers.xlsx", "--score", "score", "--loyalty", "loyal")

    assert [(point["n"], point["loyal"]) for point in document["points"]] == [(20, 10)] * 5


def test_spss_file_is_read_with_its_labels(tmp_path):
    import pandas as pd
    import pyreadstat

    frame = pd.DataFrame({"score": [1, 2, 3, 4, 5] * 20, "again": [1, 2] * 50})
    frame.loc[0, "score"] = None
    labels = {"again": {1: "Yes", 2: "No"}}
    pyreadstat.write_sav(frame, str(tmp_path / "a.sav"), variable_value_labels=labels)

    document = run(tmp_path / "a.sav", "--score", "score", "--loyalty", "again")

    assert [(point["n"], point["loyal"]) for point in document["points"]] == [
        *((19, 9), (20, 10), (20, 10), (20, 10), (20, 10))
    ]
    assert document["unusable"] == {"score_blank": 1}


def test_intention_scale_needs_its_cut(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text("score,again\n" + "".join(f"5,{n}\n" for n in "12345" * 4))

    sentence = refused(file, "--score", "score", "--loyalty", "again")
    document = run(file, "--score", "score", "--loyalty", "again", "--loyal-from", "4")

    assert "--loyal-from" in sentence
    assert document["points"][4]["loyal"] == 8


def test_segments_have_curves_of_their_own(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text("score,loyal,region\n" + "5,1,north\n" * 12 + "4,0,south\n" * 15)

    document = run(file, "--score", "score", "--loyalty", "loyal", "--segment", "region")

    assert [(s["segment"], s["base"]) for s in document["segments"]] == [
        ("north", 12),
        ("south", 15),
    ]


def test_weights_move_the_shares(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text("score,loyal,w\n" + "5,1,3\n" * 10 + "5,0,1\n" * 10 + "5,1,x\n")

    document = run(file, "--score", "score", "--loyalty", "loyal", "--weight", "w")

    point = document["points"][4]
    assert point["share"] == pytest.approx(0.75)
    assert point["effective_n"] == pytest.approx(40**2 / 100)
    assert document["unusable"] == {"weight": 1}


def test_unusable_rows_are_counted_by_reason(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text(
        AS_CSV + ",1\n5,\n5,maybe\nnone,1\n9,1\n4.5,1\n5\n5,1,too many\n6,1\n", encoding="utf-8"
    )

    document = run(
        *(file, "--score", "score", "--loyalty", "loyal", "--scale", "1-5"),
        *("--not-applicable", "6", "--loyalty-kind", "yes-no"),
    )

    assert document["unusable"] == {
        "malformed": 1,
        "score_blank": 1,
        "score_unreadable": 3,
        "loyalty_blank": 2,
        "loyalty_unreadable": 1,
        "not_applicable": 1,
    }
    assert document["used"] == 100


BAD = {
    "missing": (None, "There is no file"),
    "empty": (b"", "no bytes"),
    "names only": (b"score,loyal\n", "no rows"),
    "no such column": (b"a,b\n1,2\n", "Its columns are: a, b"),
    "twice": (b"score,score,loyal\n1,2,1\n", "twice"),
    "text as score": (b"score,loyal\ngood,1\nbad,0\n", "where a score is due"),
    "blank score": (b"score,loyal\n,1\n,0\n", "where a score is due"),
    "blank loyalty": (b"score,loyal\n5,\n4,\n", "nothing"),
    "half wrong": (b"score,loyal\n" + b"4,5,1\n" * 5, "more fields"),
    "wide scale": (b"score,loyal\n50,1\n70,0\n", "--scale"),
    "many values": (
        b"score,loyal\n" + b"".join(b"%d,1\n" % n for n in range(2000)),
        "too many different values",
    ),
    "broken encoding": (b"score,loyal\n" + b"5,1\n" * 99_999 + b"\xff\xfe\xfd,1\n", "--encoding"),
    "binary": (bytes(range(256)) * 40, "bad.csv"),
    "broken workbook": (b"PK\x03\x04 this is no archive", "Excel"),
    "broken spss": (b"$FL2 this is no data", "SPSS"),
    "broken gzip": (b"\x1f\x8b this is no archive", "cannot be read"),
    "cut gzip": (gzip.compress(AS_CSV.encode() * 999)[:-400], "cannot be read"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
}


@pytest.mark.parametrize(("content", "words"), BAD.values(), ids=BAD)
def test_bad_file_gets_one_sentence(tmp_path, content, words):
    file = tmp_path / "bad.csv"
    if content is not None:
        file.write_bytes(content)

    assert words in refused(file, "--score", "score", "--loyalty", "loyal")


@pytest.mark.parametrize(
    "options",
    [
        ["--scale", "five"],
        ["--scale", "5-1"],
        ["--confidence", "1.2"],
        ["--where", "score"],
        ["--where", "score=77"],
        ["--encoding", "klingon"],
        ["--loyalty-kind", "intention"],
    ],
    ids=" ".join,
)
def test_bad_option_gets_one_sentence(tmp_path, options):
    file = tmp_path / "answers.csv"
    file.write_text(AS_CSV)

    assert refused(file, "--score", "score", "--loyalty", "loyal", *options)


def test_directory_gets_one_sentence(tmp_path):
    assert "directory" in refused(tmp_path, "--score", "a", "--loyalty", "b")


def test_columns_are_listed_when_none_is_named(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text(AS_CSV)

    assert "score, loyal" in refused(file)


def test_standard_input_is_read(settings):
    command = [sys.executable, "manage.py", "analyse", "-", "--score=score", "--loyalty=loyal"]

    done = subprocess.run(
        [*command, "--json"],
        input=AS_CSV.encode(),
        capture_output=True,
        check=True,
        cwd=settings.BASE_DIR,
        env={"SECRET_KEY": "x" * 40, "PATH": "", "PYTHONIOENCODING": "utf-8"},
    )

    assert json.loads(done.stdout)["used"] == 100


def test_large_file_is_read_in_constant_memory(tmp_path):
    import tracemalloc

    file = tmp_path / "large.csv"
    file.write_text(AS_CSV + AS_CSV.split("\n", 1)[1] * 2_000)
    run(file, "--score", "score", "--loyalty", "loyal")
    tracemalloc.start()

    document = run(file, "--score", "score", "--loyalty", "loyal")

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert document["rows"] == 200_100
    assert peak < 8_000_000


def test_readme_documents_every_key(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text(AS_CSV)
    readme = (Path(analysis.__file__).parent / "README.md").read_text(encoding="utf-8")

    document = run(file, "--score", "score", "--loyalty", "loyal", "--segment", "score")

    named = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]*)`", readme))))
    keys = {*document, *document["points"][0], *document["ratio"], *document["tests"]}
    assert keys | {*document["segments"][0]} <= named
