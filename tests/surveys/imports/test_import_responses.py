"""Past responses from files."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from surveys.enums import Channel, SurveyMode
from surveys.models import OutboxMessage, Response, Wave
from tests import factories

from .conftest import nothing_written

HEADER = ["external_id", "answered_at", "customer", "overall", "again", "recommend", "comment"]
ROW = ["R1", "2026-01-31 23:30", "", "5", "4", "9", "很好 👍"]


def bring(run, survey, path, **options):
    return run("import_responses", path, survey=survey.slug, **options)


def changed(**cells):
    """The usual row with other cells."""
    return list((dict(zip(HEADER, ROW, strict=True)) | cells).values())


def test_response_is_stored_with_its_measures(run, write_csv, survey):
    unit = factories.make_unit()
    customer = factories.make_customer(unit=unit, email="ann@example.org")
    wave = Wave.objects.create(
        survey=survey, name="2026-01", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 31)
    )

    code, _said = bring(run, survey, write_csv(HEADER, changed(customer=customer.external_id)))

    response = Response.objects.get()
    assert code == 0
    assert (response.satisfaction, response.repurchase, response.recommendation) == (5, 4, 9)
    assert (response.customer, response.placement, response.wave) == (
        customer,
        unit.placement,
        wave,
    )
    assert response.channel == Channel.IMPORT
    assert response.submitted_at == datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    assert response.answers["comment"] == "很好 👍"
    assert "staff" not in response.answers
    assert not OutboxMessage.objects.exists()


def test_same_file_twice_is_stored_once(run, write_csv, survey):
    path = write_csv(HEADER, ROW, changed(external_id="R2"))
    bring(run, survey, path)

    with nothing_written(Response):
        _code, said = bring(run, survey, path)

    assert "0 new, 0 changed, 2 unchanged" in said


def test_answers_that_are_here_are_never_changed(run, write_csv, survey):
    bring(run, survey, write_csv(HEADER, ROW))

    with nothing_written(Response):
        code, said = bring(run, survey, write_csv(HEADER, changed(overall="1")))

    assert code == 2
    assert "imported before with other answers" in said


@pytest.mark.parametrize("cell", ["５", "5.0", " 5 "])
def test_scores_are_read_in_other_forms(run, write_xlsx, survey, cell):
    value = float(cell) if cell == "5.0" else cell

    bring(run, survey, write_xlsx(HEADER, changed(overall=value)))

    assert Response.objects.get().satisfaction == 5


def test_labels_are_read_as_their_choice(run, write_csv, survey):
    path = write_csv([*HEADER, "staff"], [*ROW, "DOES NOT APPLY"])

    bring(run, survey, path)

    assert Response.objects.get().answers["staff"] == "na"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"overall": "6"}, "overall: Please choose one of the answers shown. (“6”)"),
        ({"overall": ""}, "overall: Please choose an answer."),
        ({"customer": "nobody"}, "customer “nobody” is not known"),
        ({"answered_at": "2999-01-01"}, "future"),
        ({"external_id": ""}, "external_id is empty"),
    ],
)
def test_bad_row_is_refused(run, write_csv, survey, cells, words):
    with nothing_written(Response):
        code, said = bring(run, survey, write_csv(HEADER, changed(**cells)))

    assert code == 2
    assert words in said


def test_required_question_needs_its_column(run, write_csv, survey):
    code, said = bring(run, survey, write_csv(["external_id", "answered_at", "again"], ["1"]))

    assert code == 2
    assert "no column for the question “overall”" in said


def test_unknown_survey_is_said(run, write_csv, survey):
    code, said = run("import_responses", write_csv(HEADER, ROW), survey="nope")

    assert code == 2
    assert f"there are: {survey.slug}" in said


def test_survey_without_version_is_said(run, write_csv, db):
    survey = factories.make_survey()

    code, said = bring(run, survey, write_csv(HEADER, ROW))

    assert code == 2
    assert "no published version" in said


@pytest.fixture
def anonymous(db):
    return factories.make_published_survey(mode=SurveyMode.ANONYMOUS)


def test_anonymous_answers_keep_neither_person_nor_time(run, write_csv, anonymous):
    code, _said = bring(run, anonymous, write_csv(HEADER, ROW))

    response = Response.objects.get()
    assert code == 0
    assert (response.customer, response.submitted_at) == (None, None)
    assert response.submitted_on == date(2026, 1, 31)


@pytest.mark.parametrize("column", ["customer", "external_id"])
def test_anonymous_answers_must_not_name_a_customer(run, write_csv, anonymous, column):
    customer = factories.make_customer()
    path = write_csv(HEADER, changed(**{column: customer.external_id}))

    with nothing_written(Response):
        code, said = bring(run, anonymous, path)

    assert code == 2
    assert "anonymous" in said


def test_anonymous_answers_are_stored_in_random_order(run, write_csv, anonymous):
    order = "rowid" if connection.vendor == "sqlite" else "ctid"
    rows = [changed(external_id=f"R{number}", comment=str(number)) for number in range(60)]

    bring(run, anonymous, write_csv(HEADER, *rows))

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT answers FROM surveys_response ORDER BY {order}")
        stored = [int(json.loads(text)["comment"]) for (text,) in cursor.fetchall()]
    assert sorted(stored) == list(range(60))
    assert stored != list(range(60))
