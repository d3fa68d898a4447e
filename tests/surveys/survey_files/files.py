"""Survey files written by hand: the same small survey as a file of each tool."""

import io
import json
from xml.sax.saxutils import escape

import openpyxl

COLUMNS = "type,name,label::English (en),label::Deutsch (de),hint::English (en)"
SURVEY = [
    [*COLUMNS.split(","), "required", "appearance", "relevant"],
    ["begin_group", "visit", "Your visit", "Ihr Besuch"],
    [
        "select_one grade",
        "overall",
        "How satisfied are you overall?",
        "Wie zufrieden insgesamt?",
        "One answer",
        "yes",
        "likert",
    ],
    ["select_one yesno", "again", "Did we call back?", "Haben wir zurückgerufen?"],
    ["select_multiple ways or_other", "ways", "How did you reach us?", "Wie kamen Sie?"],
    ["end_group"],
    ["begin_group", "rest", "The rest", "Der Rest"],
    [
        "select_one ways",
        "best",
        "Which way was best?",
        "Welcher Weg war der beste?",
        "",
        "",
        "",
        "${again} = 'yes'",
    ],
    ["integer", "visits", "How many visits?", "Wie viele Besuche?"],
    ["text", "comment", "What else?", "Was noch?", "", "", "multiline"],
    ["end_group"],
]
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::Deutsch (de)"],
    *(["grade", str(value), str(value), str(value)] for value in range(1, 6)),
    ["yesno", "yes", "Yes", "Ja"],
    ["yesno", "no", "No", "Nein"],
    ["ways", "shop", "Shop", "Laden"],
    ["ways", "phone", "Telephone", "Telefon"],
]
SETTINGS = [["form_title", "default_language"], ["A visit", "English (en)"]]


def xlsform(survey=SURVEY, choices=CHOICES, settings=SETTINGS):
    """A workbook of three sheets."""
    book = openpyxl.Workbook()
    book.active.title = "survey"
    for name, rows in (("survey", survey), ("choices", choices), ("settings", settings)):
        sheet = book["survey"] if name == "survey" else book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def lss(tables=None):
    """A LimeSurvey file with the same survey, or with other tables."""
    parts = []
    for table, rows in (tables or lss_tables()).items():
        cells = "".join(f"<row>{_cells(row)}</row>" for row in rows)
        parts.append(f"<{table}><rows>{cells}</rows></{table}>")
    head = "<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>638</DBVersion>"
    languages = "<languages><language>en</language><language>de</language></languages>"
    text = f'<?xml version="1.0" encoding="UTF-8"?><document>{head}{languages}{"".join(parts)}'
    return f"{text}</document>".encode()


def lss_tables():
    """The tables of the survey, to be changed before they are written."""
    questions = [
        (1, 1, "5", "overall", "How satisfied are you overall?", "Wie zufrieden insgesamt?"),
        (2, 1, "Y", "again", "Did we call back?", "Haben wir zurückgerufen?"),
        (3, 1, "M", "ways", "How did you reach us?", "Wie kamen Sie?"),
        (4, 2, "L", "best", "Which way was best?", "Welcher Weg war der beste?"),
        (5, 2, "N", "visits", "How many visits?", "Wie viele Besuche?"),
        (6, 2, "T", "comment", "What else?", "Was noch?"),
    ]
    ways = [("shop", "Shop", "Laden"), ("phone", "Telephone", "Telefon")]
    rows = {
        "questions": [
            {
                "qid": qid,
                "parent_qid": 0,
                "gid": gid,
                "type": kind,
                "title": title,
                "other": "Y" if title == "ways" else "N",
                "mandatory": "Y" if title == "overall" else "N",
                "question_order": qid,
                "relevance": "again.NAOK == 'Y'" if title == "best" else "1",
            }
            for qid, gid, kind, title, *_texts in questions
        ],
        "question_l10ns": [
            {
                "qid": qid,
                "question": f"<p>{text}</p>",
                "help": "One answer" if (qid, language) == (1, "en") else "",
                "language": language,
            }
            for qid, *_kind, english, german in questions
            for language, text in (("en", english), ("de", german))
        ],
        "subquestions": [
            {"qid": 30 + at, "parent_qid": 3, "gid": 1, "title": code, "question_order": at}
            for at, (code, *_labels) in enumerate(ways)
        ],
        "answers": [
            {"aid": at, "qid": 4, "code": code, "sortorder": at, "scale_id": 0}
            for at, (code, *_labels) in enumerate(ways)
        ],
        "answer_l10ns": [
            {"aid": at, "answer": label, "language": language}
            for at, (_code, *labels) in enumerate(ways)
            for language, label in zip(("en", "de"), labels, strict=True)
        ],
        "groups": [{"gid": 2, "group_order": 2}, {"gid": 1, "group_order": 1}],
        "group_l10ns": [
            {"gid": gid, "group_name": name, "language": language}
            for gid, names in ((1, ("Your visit", "Ihr Besuch")), (2, ("The rest", "Der Rest")))
            for language, name in zip(("en", "de"), names, strict=True)
        ],
        "surveys": [{"sid": 1, "language": "en"}],
        "surveys_languagesettings": [
            {"surveyls_language": "en", "surveyls_title": "A visit"},
        ],
    }
    rows["question_l10ns"] += [
        {"qid": 30 + at, "question": label, "language": language}
        for at, (_code, *labels) in enumerate(ways)
        for language, label in zip(("en", "de"), labels, strict=True)
    ]
    return rows


def qsf(*questions, language="EN", title="A visit"):
    """A Qualtrics file with these payloads in one block."""
    keys = [f"QID{number}" for number, _payload in enumerate(questions, 1)]
    block = {"Type": "Default", "ID": "BL_1", "BlockElements": [_step(key) for key in keys]}
    elements = [
        {"Element": "BL", "Payload": [block]},
        {"Element": "FL", "Payload": {"Flow": [{"Type": "Block", "ID": "BL_1"}]}},
        *(
            {"Element": "SQ", "PrimaryAttribute": key, "Payload": payload}
            for key, payload in zip(keys, questions, strict=True)
        ),
    ]
    entry = {"SurveyName": title, "SurveyLanguage": language}
    return json.dumps({"SurveyEntry": entry, "SurveyElements": elements}).encode()


def asked(kind, selector, text="How was it?", **members):
    """The payload of one Qualtrics question."""
    tag = members.pop("tag", "Q1")
    return {
        "QuestionType": kind,
        "Selector": selector,
        "QuestionText": text,
        "DataExportTag": tag,
    } | members


def choices(*labels):
    """The choices of a Qualtrics question, and their order."""
    return {
        "Choices": {str(at): {"Display": label} for at, label in enumerate(labels, 1)},
        "ChoiceOrder": [str(at) for at, _label in enumerate(labels, 1)],
    }


def _step(key):
    return {"Type": "Question", "QuestionID": key}


def _cells(row):
    return "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in row.items())
