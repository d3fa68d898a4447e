"""Real files of other tools, where they lie beside the project, against independent counts."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from surveys.definitions.findings import errors_in
from surveys.questionnaire import questionnaire_of
from surveys.services.import_survey import import_as_survey
from surveys.survey_files.reading import read_survey_file

SAMPLES = Path(__file__).parents[3].parent / "shared" / "samples"
QUESTIONS = {  # counted by eye in the files: what a customer is asked, texts between included
    "citric_432535.lss": 2,
    "citric_answers.lss": 2,
    "citric_survey.lss": 3,
    "qualtrics_5_star.qsf": 1,
    "qualtrics_choices_background.qsf": 3,
    "qualtrics_clever_nps.qsf": 2,
    "qualtrics_nps_10_point.qsf": 1,
    "xlsform_all_types.xlsx": 28,
    "xlsform_or_other.xlsx": 2,
    "xlsform_simple.xlsx": 2,
    "xlsform_testA.xlsx": 24,
    "xlsform_yes_or_no.xlsx": 1,
}


@pytest.fixture
def sample():
    """Reads a sample file; skips, saying how many there are, where they do not lie."""
    if not SAMPLES.is_dir():
        pytest.skip(f"{len(QUESTIONS)} sample files did not run: there is no {SAMPLES}")

    def read(name):
        return read_survey_file((SAMPLES / name).read_bytes(), name)

    return read


def places_in(path):
    """Where the questions of a file stand, read in the plainest way."""
    if path.suffix == ".lss":
        rows = ElementTree.parse(path).findall("./questions/rows/row[parent_qid='0']")
        return {row.findtext("title") for row in rows}
    if path.suffix == ".qsf":
        elements = json.loads(path.read_text(encoding="utf-8"))["SurveyElements"]
        asked = [one["Payload"] for one in elements if one["Element"] == "SQ"]
        return {payload["DataExportTag"] for payload in asked}
    types = pd.read_excel(path, sheet_name="survey", dtype=str)["type"]
    in_grid = {"xlsform_all_types.xlsx": {34, 35, 36}}.get(path.name, set())
    return {
        f"row {number}"
        for number, kind in enumerate(types, 2)
        if isinstance(kind, str)
        and not kind.startswith(("begin", "end_"))
        and number not in in_grid
    }


def test_no_sample_is_forgotten(sample):
    found = {path.name for path in SAMPLES.iterdir() if path.suffix != ".md"}

    assert found == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_sample_is_read_reported_and_can_be_published(sample, name, db):
    read = sample(name)

    survey = import_as_survey(read=read, mode="named")

    questionnaire = questionnaire_of(survey.versions.get())
    assert len(questionnaire.questions) == QUESTIONS[name]
    assert places_in(SAMPLES / name) <= {line.place for line in read.lines}
    assert not errors_in(questionnaire)


def test_scale_that_a_script_bends_is_warned_of(sample):
    read = sample("qualtrics_nps_10_point.qsf")

    warned = " ".join(line.reason for line in read.lines)
    assert "script" in warned
    assert "1 to 10" in warned
