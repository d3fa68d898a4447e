"""Every question type in the results: counted as it was asked, with base and interval."""

from datetime import UTC, datetime

import pytest

from reports.dataset import Selection
from reports.presentation import results_view
from reports.questions.summaries import question_summaries
from reports.summaries import survey_results
from surveys.questionnaire import questionnaire_of
from surveys.services.definitions import build_draft
from tests import factories
from tests.surveys.question_types.samples import SAMPLES, document_of

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 1, tzinfo=UTC)


def asking(*kinds):
    """A published survey that asks the sample questions of these types, keyed by type."""
    survey = factories.make_survey()
    document = {
        "title": {"en": "All"},
        "default_language": "en",
        "languages": ["en"],
        "sections": [{"questions": [document_of(kind, key=kind) for kind in kinds]}],
    }
    factories.publish(build_draft(survey=survey, document=document))
    return survey


def summaries_of(survey, *rows):
    """The summaries by key after these answers."""
    factories.make_responses(survey, [{"answers": row, "submitted_at": DAY} for row in rows])
    asked = [questionnaire_of(survey.versions.get())]
    return {s.question.key: s for s in question_summaries(Selection(survey), asked)}


def test_rows_of_a_matrix_are_ratings_of_their_own():
    rows = [{"matrix.r1": "5", "matrix.r2": None}] * 6 + [{"matrix.r1": "4"}] * 4

    found = summaries_of(asking("matrix"), *rows)

    first, second = found["matrix.r1"], found["matrix.r2"]
    assert (first.satisfaction.top_box.value, first.satisfaction.base) == (0.6, 10)
    assert first.question.text == {"en": "About matrix – Speed"}
    assert second.is_hidden
    assert (second.counts.skipped, second.counts.not_shown) == (6, 4)


def test_a_pair_has_the_gap_of_those_who_answered_both():
    rows = [
        {"expectation_pair.expected": "5", "expectation_pair.perceived": "3"},
        {"expectation_pair.expected": "4", "expectation_pair.perceived": "5"},
    ] * 3
    half = {"expectation_pair.expected": "1", "expectation_pair.perceived": None}

    found = summaries_of(asking("expectation_pair"), *rows, half)

    gap = found["expectation_pair.perceived"].gap
    assert gap.base == 6
    assert gap.gap.value == pytest.approx(-0.5)
    assert gap.ratio_of_means.value == pytest.approx(4 / 4.5)
    assert found["expectation_pair.expected"].counts.respondents == 7


def test_beyond_expectation_is_the_delight_rate_of_those_who_compared():
    rows = [{"against_expectation": "beyond"}] * 3 + [{"against_expectation": "as"}] * 7

    found = summaries_of(asking("against_expectation"), *rows, {"against_expectation": None})

    assert found["against_expectation"].against_expectation.beyond.value == pytest.approx(0.3)
    assert found["against_expectation"].satisfaction is None


def test_compared_with_others_has_a_net_figure():
    codes = ["better"] * 5 + ["same"] * 3 + ["worse"] * 2
    rows = [{"compared_with_others": code} for code in codes]

    found = summaries_of(asking("compared_with_others"), *rows)

    assert found["compared_with_others"].compared.net.value == pytest.approx(30)


def test_a_ranking_counts_what_was_put_first():
    rows = [{"ranking": ["c2", "c1"]}] * 4 + [{"ranking": ["c1"]}] * 2 + [{"ranking": None}]

    found = summaries_of(asking("ranking"), *rows)["ranking"]

    assert found.counts.counts == (2, 4, 0)
    assert [share.base for share in found.shares] == [6, 6, 6]
    assert found.is_put_first


def test_numbers_have_a_mean_with_its_interval():
    rows = [{"number": value} for value in (1, 2.5, 3, 3, 10)]

    found = summaries_of(asking("number"), *rows, {"number": None})["number"]

    assert found.mean.value == pytest.approx(3.9)
    assert found.mean.base == 5
    assert found.mean.low < 3.9 < found.mean.high


def test_too_few_numbers_show_nothing():
    found = summaries_of(asking("number"), *[{"number": 9}] * 4)["number"]

    assert found.mean is None


def test_written_answers_are_counted_and_not_read():
    rows = [{"long_text": "null"}] * 2 + [{"long_text": None}] * 3 + [{}]

    counts = summaries_of(asking("long_text"), *rows)["long_text"].counts

    assert (counts.respondents, counts.skipped, counts.not_shown) == (2, 3, 1)


def test_none_of_these_is_an_answer_and_other_is_counted():
    rows = [{"multiple_choice": ["none"]}] * 3 + [
        {"multiple_choice": ["c1", "other"], "multiple_choice.other": "Smell"}
    ] * 3

    counts = summaries_of(asking("multiple_choice"), *rows)["multiple_choice"].counts

    assert counts.respondents == 6
    assert (counts.count_of("none"), counts.count_of("other"), counts.count_of("c1")) == (3, 3, 3)


def test_every_type_is_worded_on_the_page_and_in_the_bulletin():
    survey = factories.make_survey()
    overall = document_of("rating", key="overall", role="overall")
    questions = [overall, *(document_of(kind, key=kind) for kind in SAMPLES)]
    document = {
        "title": {"en": "All"},
        "default_language": "en",
        "languages": ["en"],
        "sections": [{"questions": questions}],
    }
    factories.publish(build_draft(survey=survey, document=document))
    answers = {"overall": "5"}
    for kind, sample in SAMPLES.items():
        answers |= {key.replace("q", kind, 1): value for key, value in sample.answers.items()}
    factories.make_responses(survey, [{"answers": answers, "submitted_at": DAY}] * 6)

    view = results_view(survey_results(Selection(survey), with_distributions=True))

    shown = {item.key: item for item in view.distributions}
    asked = set(SAMPLES) - {"text_block", "matrix", "expectation_pair"}
    assert set(shown) >= asked | {"matrix.r1", "expectation_pair.perceived"}
    assert [key for key, item in shown.items() if item.obstacle] == ["rating"]  # "does not apply"
    assert shown["number"].metrics[0].value == "12.50"
    assert shown["overall"].base == "6 answers"
    assert shown["long_text"].base == "6 wrote an answer, 0 left it out."
    assert "put first" in shown["ranking"].base


def test_base_names_those_who_gave_a_mark():
    survey = factories.make_published_survey()
    rows = [{"answers": {"overall": "5", "staff": code}, "submitted_at": DAY} for code in "5" * 7]
    rows += [{"answers": {"overall": "5", "staff": "na"}, "submitted_at": DAY}] * 4
    factories.make_responses(survey, rows)

    view = results_view(survey_results(Selection(survey), with_distributions=True))

    staff = next(item for item in view.distributions if item.key == "staff")
    assert staff.base == "7 (few) with a mark, of 11 answers"
    assert staff.metrics[0].base == "7 (few)"
