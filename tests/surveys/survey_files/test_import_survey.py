"""From a file to a survey: nothing silently lost, nothing half written."""

import copy
import json
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.errors import DraftChangedMeanwhile, SurveyError
from surveys.imports.errors import FileRefused
from surveys.models import ImportReport, Survey, SurveyVersion
from surveys.services import draft_questions
from surveys.services.definitions import export_version
from surveys.services.import_survey import import_as_draft, import_as_survey
from surveys.survey_files.reading import read_held
from tests import factories
from tests.surveys.definitions.documents import documents, small_document
from tests.surveys.imports.conftest import nothing_written, run  # noqa: F401

from . import files

HYPOTHESIS = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def read_own(document):
    return read_held(json.loads(json.dumps(document)), ".json", "own.json")


def read_other(**members):
    payload = files.asked("TE", "SL", **members)
    return read_held(json.loads(files.qsf(payload, title="Other")), ".qsf", "other.qsf")


@pytest.mark.django_db
@HYPOTHESIS
@given(document=documents())
def test_exported_survey_comes_back_equal(document):
    with transaction.atomic():
        first = import_as_survey(read=read_own(document), mode="named")
        exported = export_version(first.versions.get())

        second = import_as_survey(read=read_own(exported), mode="named")

        assert exported == document
        assert export_version(second.versions.get()) == document
        transaction.set_rollback(True)


@HYPOTHESIS
@given(data=st.data())
def test_file_with_anything_in_it_is_read_or_refused(data):
    """Parts of a good Qualtrics file are put where they do not belong."""
    choices = files.choices("a", "b") | {"Answers": {"1": {"Display": "x"}}, "AnswerOrder": ["1"]}
    kinds = [("MC", "SAVR"), ("Matrix", "Likert"), ("Slider", "STAR"), ("TE", "SL"), ("RO", "D")]
    kind, selector = data.draw(st.sampled_from(kinds))
    file = json.loads(files.qsf(files.asked(kind, selector, SubSelector="DL", **choices)))
    broken = data.draw(st.sampled_from([None, 1, "x", [], {}, [None], {"1": None}, True]))
    paths = list(paths_in(file))
    path = data.draw(st.sampled_from(paths))
    place = file
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = copy.deepcopy(broken)

    with suppress(FileRefused):
        assert read_held(file, ".qsf", "a.qsf").document["sections"]


def paths_in(value, before=()):
    """The way to each part of a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for step, part in items:
        yield (*before, step)
        if isinstance(part, dict | list):
            yield from paths_in(part, (*before, step))


@pytest.fixture
def draft(survey):
    """A draft beside a published version, with a removed question in it."""
    return factories.make_draft(survey)


def test_report_is_kept_with_the_version(administrator):
    survey = import_as_survey(read=read_other(), mode="anonymous", user=administrator)

    report = survey.versions.get().import_report
    assert (report.file, report.tool, report.imported_by) == (
        "other.qsf",
        "Qualtrics",
        administrator,
    )
    assert report.lines[0] == {
        "place": "Q1",
        "what": "How was it?",
        "fate": "kept",
        "reason": "Short text",
    }
    assert survey.is_anonymous


def test_file_becomes_the_next_draft_of_a_published_survey(survey):
    import_as_draft(read=read_other(), survey=survey)

    newest = survey.versions.order_by("-number").first()
    assert newest.is_draft
    assert [question.key for question in newest.questions.all()] == ["q1"]
    assert str(survey) != "Other"


def test_replaced_draft_can_be_put_back(survey, draft):
    before = {question.key for question in draft.questions.all()}

    import_as_draft(read=read_other(), survey=survey, revision=draft.revision)

    draft.refresh_from_db()
    for removed in draft.removed_parts.all():
        draft_questions.put_back(version=draft, revision=draft.revision, removed=removed)
    assert {question.key for question in draft.questions.all()} == before | {"q1"}


def test_draft_that_changed_meanwhile_is_not_replaced(survey, draft):
    with (
        nothing_written(SurveyVersion, ImportReport),
        pytest.raises(DraftChangedMeanwhile),
    ):
        import_as_draft(read=read_other(), survey=survey, revision=draft.revision - 1)


def test_draft_that_was_made_meanwhile_is_not_replaced(survey, draft):
    with nothing_written(SurveyVersion, ImportReport), pytest.raises(DraftChangedMeanwhile):
        import_as_draft(read=read_other(), survey=survey)


def test_wrong_document_leaves_nothing_behind(db):
    read = read_other()
    read.document["sections"][0]["questions"] *= 2

    with nothing_written(Survey, SurveyVersion, ImportReport), pytest.raises(SurveyError):
        import_as_survey(read=read, mode="named")


def test_mistake_in_a_document_says_where_it_is():
    document = small_document()
    document["sections"][0]["questions"][0]["choices"][2]["value"] = "three"

    with pytest.raises(FileRefused, match=r"sections\[0\].questions\[0\].choices\[2\].value"):
        read_own(document)


def test_command_makes_a_survey_and_says_what_became_of_the_file(run, tmp_path):  # noqa: F811
    path = tmp_path / "visit.lss"
    path.write_bytes(files.lss())

    code, said = run("import_survey", path)

    assert code == 0
    assert "Kept: overall: How satisfied are you overall?" in said
    assert "Kept: best: again.NAOK == 'Y' (The condition became a rule" in said
    assert "overall may be the measure “Overall satisfaction”" in said
    assert Survey.objects.get().slug == "a-visit"
    assert not Survey.objects.get().versions.get().questions.exclude(role="").exists()


def test_dry_run_of_the_command_writes_nothing(run, tmp_path):  # noqa: F811
    path = tmp_path / "visit.lss"
    path.write_bytes(files.lss())

    with nothing_written(Survey, ImportReport):
        code, said = run("import_survey", path, dry_run=True)

    assert code == 0
    assert "nothing was written" in said


@pytest.mark.parametrize("name", ["missing.lss", "wrong.exe"])
def test_command_refuses_with_one_sentence(run, tmp_path, name):  # noqa: F811
    (tmp_path / "wrong.exe").write_bytes(b"MZ")

    code, said = run("import_survey", tmp_path / name)

    assert code == 2
    assert name in said
    assert said.count("\n") == 1
