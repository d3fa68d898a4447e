"""Files of answers, read back and held against the database."""

import csv
import io
import random
import zipfile
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pyreadstat
import pytest

from reports.answer_files.table import answer_table
from reports.dataset import Selection
from reports.exporters.answer_files import MOST_SHEET_ROWS, WRITERS
from surveys.enums import QuestionType, SurveyMode, VersionState
from surveys.formulas import original
from surveys.models import Choice, Question, Response
from tests import factories
from tests.reports.rows import make_rows

HOSTILE = ["=1+1", "+1", "-1", "@A1", "\tx", "＝1", "'=1", " =1", "'tis", "plain, “quoted”\n快"]
SOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def written(survey, kind, folder, *, cells="codes", **wishes):
    """The path of a file of the answers of a survey."""
    table = answer_table(Selection(survey, **wishes), cells=cells, language="en")
    path = folder / f"answers.{kind}"
    WRITERS[kind](table, path, lambda rows: rows)
    return path


def csv_rows(path, name="answers.csv"):
    with zipfile.ZipFile(path) as archive:
        text = archive.read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheet_rows(path, name="Answers"):
    rows = openpyxl.load_workbook(path)[name].iter_rows(values_only=True)
    head = next(rows)
    return [dict(zip(head, row, strict=True)) for row in rows]


def stored(survey):
    return {str(response.pk): response for response in survey.responses.filter(is_test=False)}


@pytest.fixture
def answered(random_survey):
    """Random answers, some with words that could be formulas."""
    for response, words in zip(
        random_survey.responses.filter(is_test=False), HOSTILE, strict=False
    ):
        response.answers["comment"] = words
        response.save(update_fields=["answers"])
    return random_survey


def test_csv_holds_every_answer_as_the_database_has_it(answered, tmp_path):
    rows = csv_rows(written(answered, "csv", tmp_path))

    expected = stored(answered)
    assert {row["response.id"] for row in rows} == set(expected)
    for row in rows:
        response = expected[row["response.id"]]
        for key in ("overall", "again", "recommend", "staff"):
            assert row[key] == (response.answers.get(key) or "")
        assert original(row["comment"]) == (response.answers.get("comment") or "")
        left_out = [key for key, value in response.answers.items() if value is None]
        assert set(filter(None, row["response.left_out"].split(";"))) == set(left_out)
        assert row["response.day"] == response.submitted_on.isoformat()
        assert row["response.unit"] == (response.placement.unit.code if response.placement else "")


def test_workbook_holds_words_texts_and_no_formula(answered, tmp_path):
    path = written(answered, "xlsx", tmp_path, cells="words")

    rows, expected = sheet_rows(path), stored(answered)
    assert len(rows) == len(expected)
    for row in rows:
        response = expected[row["response.id"]]
        staff = response.answers.get("staff")
        assert row["staff"] == ("Does not apply" if staff == "na" else staff)
        assert row["comment"] == response.answers.get("comment")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Scope", "Code book", "Answers"]
    assert not [
        c for sheet in book for row in sheet for cell in row if (c := cell.data_type) == "f"
    ]


def test_spss_file_has_numbers_labels_and_missing_values(answered, tmp_path):
    path = written(answered, "sav", tmp_path, cells="numbers")

    frame, meta = pyreadstat.read_sav(path, user_missing=True)
    expected = stored(answered)
    assert len(frame) == len(expected)
    for row in frame.to_dict("records"):
        answers = expected[row["response.id"]].answers
        staff = answers.get("staff", "not shown")
        number = {"na": 90.0, None: 99.0}.get(staff) or (staff != "not shown" and float(staff))
        assert row["staff"] == number or (number is False and row["staff"] != row["staff"])
        assert row["overall"] == float(answers["overall"])
        assert row["comment"] == (answers.get("comment") or "")
    assert meta.column_names_to_labels["overall"] == "How about overall?"
    assert meta.variable_value_labels["staff"][90.0] == "Does not apply"
    assert meta.missing_ranges["staff"] == [{"lo": 90.0, "hi": 99.0}]


def test_stata_file_knows_what_is_no_answer_by_letters(answered, tmp_path):
    path = written(answered, "dta", tmp_path, cells="numbers")

    frame, meta = pyreadstat.read_dta(path, user_missing=True)
    expected = stored(answered)
    shown = {"na": "a", None: "b"}
    for row in frame.to_dict("records"):
        staff = expected[row["response_id"]].answers.get("staff", "not shown")
        if staff == "not shown":
            assert row["staff"] != row["staff"]
        else:
            assert row["staff"] == (shown[staff] if staff in shown else float(staff))
    assert meta.variable_value_labels["staff"]["a"] == "Does not apply"
    assert meta.column_names_to_labels["overall"] == "How about overall?"


def test_versions_stand_side_by_side_by_key(survey, tmp_path):
    first = survey.versions.get()
    factories.make_responses(survey, [{"answers": {"overall": "4"}, "submitted_at": SOON}])
    type(first).objects.filter(pk=first.pk).update(state=VersionState.CLOSED)
    second = factories.make_draft(survey)
    overall = second.questions.get(key="overall")
    for value in range(6, 11):
        Choice.objects.create(
            question=overall, code=str(value), label={"en": str(value)}, value=value, position=value
        )
    second.questions.get(key="comment").delete()
    factories.publish(second)
    rows = [{"answers": {"overall": "8", "staff": "3"}, "submitted_at": SOON}]
    factories.make_responses(survey, rows, version=second)

    rows = csv_rows(written(survey, "csv", tmp_path))

    by_version = {row["response.version"]: row for row in rows}
    assert (by_version["1"]["overall"], by_version["1"]["overall@1"]) == ("", "4")
    assert (by_version["2"]["overall"], by_version["2"]["overall@1"]) == ("8", "")
    assert by_version["2"]["staff"] == "3"
    assert "comment" in by_version["2"]


def add_list(version, type_, key):
    question = Question.objects.create(
        version=version,
        section=version.sections.first(),
        key=key,
        type=type_,
        text={"en": f"{key}?"},
        position=9,
    )
    for place, (code, kind) in enumerate((("c1", "scored"), ("c2", "scored"), ("other", "other"))):
        if type_ != QuestionType.RANKING or kind == "scored":
            Choice.objects.create(
                question=question, code=code, label={"en": f"={code}"}, kind=kind, position=place
            )


def test_several_answers_are_a_column_each_for_statistics(db, tmp_path):
    survey = factories.make_survey()
    version = factories.make_draft(survey)
    add_list(version, QuestionType.MULTIPLE_CHOICE, "why")
    add_list(version, QuestionType.RANKING, "order")
    factories.publish(version)
    answers = [
        {"overall": "5", "why": ["c1", "other"], "why.other": "=cost", "order": ["c2", "c1"]},
        {"overall": "5", "why": ["c2"], "order": None},
        {"overall": "5"},
    ]
    rows = [
        {"answers": one, "submitted_at": SOON + timedelta(hours=place)}
        for place, one in enumerate(answers)
    ]
    factories.make_responses(survey, rows)

    frame, _meta = pyreadstat.read_sav(written(survey, "sav", tmp_path, cells="numbers"))
    coded = csv_rows(written(survey, "csv", tmp_path))

    assert frame["why#c1"].tolist()[:2] == [1, 0]
    assert frame["why#c1"].isna().tolist() == [False, False, True]
    assert frame["why.other"].tolist() == ["=cost", "", ""]
    assert frame["order#c1"].tolist()[0] == 2
    assert [row["why"] for row in coded] == ["c1;other", "c2", ""]
    assert [original(row["why.other"]) for row in coded] == ["=cost", "", ""]
    assert [row["order"] for row in coded] == ["c2;c1", "", ""]


@pytest.fixture
def anonymous_survey(db):
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)
    units = [factories.make_unit(name) for name in ("Large", "Small", "Middle")]
    sizes = (20, 2, 6)
    rows = [
        {
            "answers": {"overall": "5"},
            "submitted_at": SOON + timedelta(days=n),
            "placement": u.placement,
        }
        for u, size in zip(units, sizes, strict=True)
        for n in range(size)
    ]
    factories.make_responses(survey, rows)
    return survey


def test_anonymous_answers_have_nothing_that_joins(anonymous_survey, tmp_path):
    names = {"response.id", "response.time", "response.customer"}

    rows = csv_rows(written(anonymous_survey, "csv", tmp_path))
    named = factories.make_published_survey()
    factories.make_responses(named, [{"answers": {"overall": "4"}, "submitted_at": SOON}])

    assert not names & set(rows[0])
    ids = [str(pk) for pk in Response.objects.values_list("pk", flat=True)]
    text = str(rows)
    assert not [pk for pk in ids if pk in text or pk.replace("-", "") in text]
    assert {"response.id", "response.time"} <= set(csv_rows(written(named, "csv", tmp_path))[0])


def test_anonymous_answers_stand_in_another_order_each_time(anonymous_survey, tmp_path):
    orders = {
        tuple(row["response.day"] for row in csv_rows(written(anonymous_survey, "csv", tmp_path)))
        for _ in range(3)
    }

    assert len(orders) == 3


def test_small_units_are_not_named_among_anonymous_answers(anonymous_survey, tmp_path):
    rows = csv_rows(written(anonymous_survey, "csv", tmp_path))

    large = anonymous_survey.responses.filter(placement__unit__name="Large")
    units = [row["response.unit"] for row in rows]
    assert units.count(large.first().placement.unit.code) == 20
    assert units.count("") == 8


def test_too_long_for_a_sheet_says_what_to_take(random_survey, tmp_path):
    from reports.answer_files.table import AnswerTable
    from reports.exporters.errors import ExportFailed

    table = AnswerTable((), b"0" * 16 * (MOST_SHEET_ROWS + 1), [], [])

    with pytest.raises(ExportFailed, match="take CSV"):
        WRITERS["xlsx"](table, tmp_path / "a.xlsx", lambda rows: rows)


def test_days_and_answers_left_out_are_chosen(survey, tmp_path):
    make_rows(survey, random.Random(3), 60)
    survey.responses.filter(satisfaction=5).update(is_excluded=True)
    first, last = date(2025, 8, 1), date(2025, 12, 31)

    rows = csv_rows(written(survey, "csv", tmp_path, first_day=first, last_day=last))
    everything = csv_rows(written(survey, "csv", tmp_path, with_excluded=True))

    counted = survey.responses.filter(is_test=False, is_excluded=False)
    assert len(rows) == counted.filter(submitted_on__range=(first, last)).count() > 0
    assert {row["overall"] for row in rows} <= set("1234")
    assert sum(row["response.excluded"] == "1" for row in everything) > 0


def test_code_book_says_what_each_column_holds(answered, tmp_path):
    book = csv_rows(written(answered, "csv", tmp_path), "code_book.csv")

    columns = {row["Column"]: row for row in book if row["Question"]}
    assert columns["overall"]["Question"] == "How about overall?"
    words = {row["Code"]: row["Words"] for row in book if row["Column"] == "staff" and row["Code"]}
    assert words["na"] == "Does not apply"
