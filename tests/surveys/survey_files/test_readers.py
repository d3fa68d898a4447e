"""What each tool's questions become, and what the report says about it."""

import json

import pytest

from surveys.enums import Fate
from surveys.imports.errors import FileRefused
from surveys.question_types import HANDLERS
from surveys.survey_files import unpacking
from surveys.survey_files.reading import read_held

from . import files


def questions_of(read):
    return [q for section in read.document["sections"] for q in section["questions"]]


def only_question(*payloads):
    (question,) = questions_of(qualtrics(*payloads))
    return question


def fates_at(read, place):
    return [(line.what, line.fate) for line in read.lines if line.place == place]


def qualtrics(*questions, **more):
    return read_held(json.loads(files.qsf(*questions, **more)), ".qsf", "a.qsf")


def limesurvey(change=lambda tables: None):
    tables = files.lss_tables()
    change(tables)
    return read_held(unpacking.tables_in(files.lss(tables)), ".lss", "a.lss")


def of_workbook(survey=files.SURVEY, choices=files.CHOICES, settings=files.SETTINGS):
    sheets = {"survey": survey, "choices": choices, "settings": settings}
    width = max(map(len, survey))
    full = {
        name: [row + [""] * (width - len(row)) for row in rows] for name, rows in sheets.items()
    }
    return read_held(full, ".xlsx", "a.xlsx")


def xlsform(rows, choices=files.CHOICES):
    header = ["type", "name", "label", "appearance", "required", "constraint", "parameters"]
    return of_workbook([header, *rows], choices, [["a"], ["b"]])


def test_same_survey_from_two_tools_gives_the_same_questions():
    from_workbook = of_workbook().document
    from_database = limesurvey().document
    for document in (from_workbook, from_database):
        for section in document["sections"]:
            for question in section["questions"]:
                # LimeSurvey numbers may have decimals, and yes and no have no labels there.
                question["settings"].pop("decimals", None)
                if question["type"] == "yes_no":
                    question["choices"] = [choice["code"] for choice in question["choices"]]

    assert from_workbook == from_database


def test_condition_of_all_tools_becomes_the_same_rule_and_is_told():
    for read, place in ((of_workbook(), "row 8"), (limesurvey(), "best")):
        assert [fate for _what, fate in fates_at(read, place)] == [Fate.KEPT, Fate.KEPT]
        assert sum(line.fate == Fate.KEPT for line in read.lines) == 7
        best = next(question for question in questions_of(read) if question["key"] == "best")
        condition = {"subject": "answer.again", "operator": "is", "values": ["yes"]}
        assert best["rule"] == {"all": [condition]}


def test_every_question_has_one_line_of_its_own():
    read = limesurvey(lambda tables: tables["questions"][3].update(relevance="1"))

    kept = [line.what for line in read.lines if line.fate == Fate.KEPT]
    assert kept == [question["text"]["en"] for question in questions_of(read)]


def test_measures_are_suggested_and_never_set():
    read = of_workbook()

    assert [(one.key, one.role) for one in read.suggestions] == [
        ("overall", "overall"),
        ("comment", "comment"),
    ]
    assert {question["role"] for question in questions_of(read)} == {""}


def test_a_measure_is_only_suggested_where_the_type_can_serve_it():
    again = files.asked("MC", "SAVR", "Would you buy again?", **files.choices("Yes", "No"))
    read = qualtrics(again)

    assert all(
        one.role in HANDLERS[question["type"]].roles
        for one, question in zip(read.suggestions, questions_of(read), strict=False)
    )
    assert not read.suggestions


NPS = {
    "Choices": [{"Display": str(value)} for value in range(11)],
    "ChoiceOrder": [str(value) for value in range(11)],
    "ColumnLabels": [{"Display": "Never"}, {"Display": "Surely"}],
}
LIKERT = files.choices("Service", "Price") | {
    "Answers": {str(at): {"Display": word} for at, word in enumerate(("Bad", "Fair", "Good"), 1)},
    "AnswerOrder": ["1", "2", "3"],
    "SubSelector": "SingleAnswer",
}
NUMBER = {"Validation": {"Settings": {"ContentType": "ValidNumber", "ForceResponse": "ON"}}}


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        (files.asked("MC", "NPS", "Would you recommend us?", **NPS), "recommendation"),
        (files.asked("MC", "NPS", "How fresh was it?", **NPS), "rating"),
        (files.asked("MC", "SAVR", **files.choices("a", "b")), "single_choice"),
        (files.asked("MC", "DL", **files.choices("a", "b")), "single_choice"),
        (files.asked("MC", "MAVR", **files.choices("a", "b")), "multiple_choice"),
        (files.asked("RO", "DND", **files.choices("a", "b")), "ranking"),
        (files.asked("Matrix", "Likert", **LIKERT), "matrix"),
        (files.asked("TE", "SL"), "short_text"),
        (files.asked("TE", "ESTB"), "long_text"),
        (files.asked("TE", "SL", **NUMBER), "number"),
        (files.asked("DB", "TB"), "text_block"),
        (files.asked("Slider", "STAR", Configuration={"StarCount": 5}), "rating"),
        (files.asked("Slider", "HSLIDER", Configuration={"CSSliderMax": 100}), "number"),
    ],
)
def test_qualtrics_question_becomes(payload, kind):
    assert only_question(payload)["type"] == kind


@pytest.mark.parametrize("kind", ["HeatMap", "FileUpload", "Timing", "Captcha", "SBS", "Meta"])
def test_qualtrics_question_that_has_no_counterpart_is_dropped(kind):
    read = qualtrics(files.asked("TE", "SL", tag="Q1"), files.asked(kind, "X", tag="Q2"))

    assert [question["key"] for question in questions_of(read)] == ["q1"]
    assert fates_at(read, "Q2") == [("How was it?", Fate.DROPPED)]


def test_qualtrics_scale_with_other_words_than_points_warns():
    read = qualtrics(files.asked("MC", "NPS", "From 1 to 10, would you recommend us?", **NPS))

    assert ("1 to 10", Fate.APPROXIMATED) in fates_at(read, "Q1")


def test_qualtrics_script_rule_and_trash_are_reported():
    script = files.asked("TE", "SL", tag="Q1", QuestionJS="x()", DisplayLogic={"0": {}})
    content = json.loads(files.qsf(script))
    trashed = files.asked("TE", "SL", "Old?", tag="Q9")
    content["SurveyElements"].append(
        {"Element": "SQ", "PrimaryAttribute": "QID9", "Payload": trashed}
    )

    read = read_held(content, ".qsf", "a.qsf")

    assert [fate for _what, fate in fates_at(read, "Q1")] == [
        Fate.KEPT,
        Fate.DROPPED,
        Fate.DROPPED,
    ]
    assert fates_at(read, "Q9") == [("Old?", Fate.DROPPED)]


def test_qualtrics_other_exclusive_and_second_language_are_kept():
    choices = files.choices("Shop", "Nothing", "Other")
    choices["Choices"]["2"]["ExclusiveAnswer"] = True
    choices["Choices"]["3"]["TextEntry"] = "true"
    german = {"DE": {"QuestionText": "Was?", "Choices": {"1": {"Display": "Laden"}}}}

    question = only_question(files.asked("MC", "MAVR", **choices, Language=german))

    assert question["text"] == {"en": "How was it?", "de": "Was?"}
    assert question["choices"][0]["label"] == {"en": "Shop", "de": "Laden"}
    assert [choice["kind"] for choice in question["choices"]] == ["scored", "exclusive", "other"]


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        ("5", ["rating"]),
        ("L", ["single_choice"]),
        ("!", ["single_choice"]),
        ("R", ["ranking"]),
        ("N", ["number"]),
        ("D", ["date"]),
        ("S", ["short_text"]),
        ("U", ["long_text"]),
        ("X", ["text_block"]),
        ("Y", ["yes_no"]),
        ("G", ["single_choice"]),
    ],
)
def test_limesurvey_question_becomes(kind, types):
    def change(tables):
        tables["questions"][3]["type"] = kind
        tables["questions"] = [tables["questions"][3]]

    assert [q["type"] for q in questions_of(limesurvey(change))] == types


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        ("A", ["matrix"]),
        ("B", ["matrix"]),
        ("C", ["single_choice"] * 2),
        ("K", ["number"] * 2),
        ("Q", ["short_text"] * 2),
    ],
)
def test_limesurvey_grid_becomes(kind, types):
    def change(tables):
        tables["questions"] = [tables["questions"][2] | {"type": kind, "other": "N"}]

    assert [q["type"] for q in questions_of(limesurvey(change))] == types


@pytest.mark.parametrize("kind", ["|", "*", "I", "1", ";", ":", "?"])
def test_limesurvey_question_that_has_no_counterpart_is_dropped(kind):
    def change(tables):
        tables["questions"][5]["type"] = kind

    read = limesurvey(change)

    assert "comment" not in [question["key"] for question in questions_of(read)]
    assert fates_at(read, "comment") == [("What else?", Fate.DROPPED)]


def test_limesurvey_hidden_question_and_conditions_are_reported():
    def change(tables):
        tables["question_attributes"] = [{"qid": 6, "attribute": "hidden", "value": "1"}]
        tables["conditions"] = [{"qid": 5, "cid": 1}]

    read = limesurvey(change)

    assert fates_at(read, "comment") == [("What else?", Fate.DROPPED)]
    assert ("conditions", Fate.DROPPED) in fates_at(read, "visits")


def test_limesurvey_version_three_has_its_texts_beside_the_questions():
    def change(tables):
        texts = {row["qid"]: row for row in tables.pop("question_l10ns") if row["language"] == "en"}
        for table in ("questions", "subquestions"):
            tables[table] = [
                row | {"question": texts[row["qid"]]["question"], "language": "en"}
                for row in tables[table]
            ]

    question = questions_of(limesurvey(change))[0]

    assert question["text"] == {"en": "How satisfied are you overall?"}


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["text", "q", "Q?"], "short_text"),
        (["text", "q", "Q?", "multiline"], "long_text"),
        (["decimal", "q", "Q?"], "number"),
        (["range", "q", "Q?", "", "", "", "start=0 end=100"], "number"),
        (["date", "q", "Q?"], "date"),
        (["dateTime", "q", "Q?"], "short_text"),
        (["note", "q", "Q?"], "text_block"),
        (["acknowledge", "q", "Q?"], "yes_no"),
        (["select_one yesno", "q", "Q?"], "yes_no"),
        (["select one from ways", "q", "Q?"], "single_choice"),
        (["select_one grade", "q", "Q?", "likert"], "rating"),
        (["select_one grade", "q", "Q?"], "single_choice"),
        (["select_multiple ways", "q", "Q?"], "multiple_choice"),
        (["rank ways", "q", "Q?"], "ranking"),
    ],
)
def test_xlsform_question_becomes(row, kind):
    (question,) = questions_of(xlsform([row]))

    assert question["type"] == kind


@pytest.mark.parametrize(
    "kind", ["geopoint", "image", "audio", "barcode", "calculate", "start", ""]
)
def test_xlsform_row_that_asks_nothing_here_is_dropped(kind):
    read = xlsform([["text", "a", "A?"], [kind, "b", "B?"]])

    assert [question["key"] for question in questions_of(read)] == ["a"]
    assert [fate for _what, fate in fates_at(read, "row 3")] == [Fate.DROPPED]


def test_xlsform_grid_of_two_groups_is_a_matrix():
    read = xlsform(
        [
            ["begin_group", "g", "Skills", "field-list"],
            ["select_one grade", "head", "How good?", "label"],
            ["select_one grade", "python", "Python", "list-nolabel", "yes"],
            ["select_one grade", "sql", "SQL", "list-nolabel"],
            ["end_group"],
        ]
    )

    (question,) = questions_of(read)
    assert question["type"] == "matrix"
    assert [row["code"] for row in question["settings"]["rows"]] == ["python", "sql"]
    assert question["is_required"]


def test_xlsform_limits_of_a_number_are_kept_and_other_checks_dropped():
    read = xlsform(
        [
            ["integer", "age", "Age?", "", "", ". >= 18 and . <= 120"],
            ["text", "code", "Code?", "", "", "regex(., 'a')"],
        ]
    )

    settings = questions_of(read)[0]["settings"]
    assert (settings["minimum"], settings["maximum"], settings["decimals"]) == (18, 120, 0)
    assert [fate for _what, fate in fates_at(read, "row 2")] == [Fate.KEPT]
    assert [fate for _what, fate in fates_at(read, "row 3")] == [Fate.KEPT, Fate.DROPPED]


def test_answers_that_are_no_points_stand_apart_from_the_scale():
    grades = [*files.CHOICES[:6], ["grade", "9", "Does not apply", "Trifft nicht zu"]]

    (question,) = questions_of(xlsform([["select_one grade", "q", "Q?", "likert"]], grades))

    assert [choice["value"] for choice in question["choices"]] == [1, 2, 3, 4, 5, None]
    assert question["choices"][-1]["kind"] == "not_applicable"


def test_file_of_many_rows_is_refused_and_not_compared_with_itself():
    groups = [["begin_group", "g", "G"]] * 6_000

    with pytest.raises(FileRefused, match="more than a survey can hold"):
        xlsform([*groups, ["text", "q", "Q?"]])


def test_grid_of_many_rows_is_refused():
    many = files.choices(*map(str, range(60)))
    grid = LIKERT | many

    with pytest.raises(FileRefused, match="too large: Q1"):
        qualtrics(files.asked("Matrix", "Likert", **grid))


def test_markup_without_end_is_refused():
    with pytest.raises(FileRefused, match="not of the form"):
        qualtrics(files.asked("TE", "SL", "<a" * 5_000))


def test_file_without_a_question_is_refused():
    with pytest.raises(FileRefused, match="no question"):
        xlsform([["start", "s"]])


def test_texts_come_without_their_markup():
    text = "<p>Fish &amp; <b>chips</b><br>today</p><script>alert(1)</script>"

    question = only_question(files.asked("TE", "SL", text))

    assert question["text"] == {"en": "Fish & chips\ntoday"}
