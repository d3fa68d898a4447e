"""The drivers: what goes with overall satisfaction, told only where the answers carry it."""

import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from reports.dataset import Selection, driver_answers
from reports.drivers.drivers import analysis_of, answers_needed, driver_analysis
from reports.drivers.view import drivers_view
from scoring.results import Reason, from_plain, to_plain
from surveys.enums import MeasureRole
from surveys.models import Dimension, Section
from tests import factories

START = datetime(2026, 3, 1, tzinfo=UTC)
CAUSES = ("cause of", "causes", "leads to", "because of", "due to", "drives", "results in")


def attribute_survey(*keys, dimensions=()):
    """A published survey that asks these attributes, some of them in dimensions."""
    survey = factories.make_survey()
    version = factories.make_draft(survey)
    section = Section.objects.create(version=version, title={"en": "More"}, position=2)
    groups = {
        name: Dimension.objects.get_or_create(
            version=version, key=name, defaults={"name": {"en": name.title()}}
        )[0]
        for name in {name for _key, name in dimensions}
    }
    for place, key in enumerate(keys):
        factories.make_rating(
            section,
            key,
            role=MeasureRole.ATTRIBUTE,
            position=place,
            dimension=groups.get(dict(dimensions).get(key)),
        )
    factories.publish(version)
    return survey


def answer(survey, number, *, seed=1, **weights):
    """Answers in which overall satisfaction goes with each attribute by its weight."""
    generator = random.Random(seed)
    rows = []
    for place in range(number):
        marks = {key: generator.randint(1, 5) for key in ("staff", *weights)}
        score = sum(weights.get(key, 0) * mark for key, mark in marks.items())
        score = score / max(1, sum(weights.values())) + generator.gauss(0, 0.5)
        rows.append(
            {
                "answers": {"overall": str(min(5, max(1, round(score))))}
                | {key: str(mark) for key, mark in marks.items()},
                "submitted_at": START + timedelta(minutes=place),
            }
        )
    factories.make_responses(survey, rows)


@pytest.fixture
def clear_survey(db):
    """A survey in which "price" weighs three times as much as "speed", and "staff" nothing."""
    survey = attribute_survey("price", "speed")
    answer(survey, 300, price=3, speed=1)
    return survey


def shares(analysis):
    return {driver.name: driver.share.value for driver in analysis.items.drivers}


def test_what_weighs_most_comes_first(clear_survey):
    found = shares(driver_analysis(Selection(clear_survey), seed=1))

    assert found["price"] > found["speed"] > found["staff"]
    assert sum(found.values()) == pytest.approx(1)


def test_order_is_told_only_where_it_holds(clear_survey, db):
    even = attribute_survey("price", "speed")
    answer(even, 300, price=1, speed=1)

    clear = driver_analysis(Selection(clear_survey), seed=1)
    unclear = driver_analysis(Selection(even), seed=1)

    assert clear.items.tiers[0] == ("price",)
    assert set(unclear.items.tiers[0]) == {"price", "speed"}
    assert "cannot be told" in drivers_view(unclear, even).sentences[0]


def test_same_answers_give_the_same_figures(clear_survey):
    once, again = (driver_analysis(Selection(clear_survey), seed=7) for _ in range(2))

    assert once == again


def test_analysis_survives_being_stored(clear_survey):
    found = driver_analysis(Selection(clear_survey), seed=1)

    assert from_plain(type(found), to_plain(found)) == found


def test_grouped_answers_are_those_of_the_rows(clear_survey):
    found = driver_answers(Selection(clear_survey))

    rows = [
        [(int(r.answers[key]) - 1) * 25 for key in found.keys] for r in clear_survey.responses.all()
    ]
    assert sorted(rows) == sorted(found.ratings.tolist())
    assert found.span.responses == 300


def test_does_not_apply_is_no_rating(clear_survey):
    factories.make_responses(
        clear_survey,
        [
            {
                "answers": {"overall": "5", "staff": "na", "price": "5", "speed": None},
                "submitted_at": START,
            }
        ],
    )

    ratings = driver_answers(Selection(clear_survey)).ratings

    assert np.isnan(ratings).sum(axis=1).max() == 2


def test_refused_below_the_base_with_the_number_still_needed(db):
    survey = attribute_survey("price", "speed")
    answer(survey, 22, price=1, speed=1)

    found = driver_analysis(Selection(survey), seed=1)

    assert found.is_refused
    assert found.items.reasons == (Reason.LOW_BASE,)
    assert answers_needed(("staff", "price", "speed")) == 30
    assert "22 of the 30 needed. 8 more are needed." in drivers_view(found, survey).obstacle


def test_questions_answered_alike_are_named(db):
    survey = attribute_survey("price", "speed")
    answer(survey, 200, price=1, speed=1)
    answers = driver_answers(Selection(survey))
    noise = np.random.default_rng(1).normal(0, 5, len(answers.outcome))
    answers.ratings[:, answers.keys.index("speed")] = (
        answers.ratings[:, answers.keys.index("price")] + noise
    )

    view = drivers_view(analysis_of(answers, seed=1, resamples=50), survey)

    assert any("answered so alike" in text for text in view.sentences)


def test_dimensions_are_compared_too(db):
    survey = attribute_survey(
        "price", "speed", dimensions=[("price", "product"), ("speed", "service")]
    )
    answer(survey, 300, price=3, speed=1)

    view = drivers_view(driver_analysis(Selection(survey), seed=1), survey)

    assert [row[0] for row in view.dimensions.rows] == ["Product", "Service"]


def test_no_sentence_claims_a_cause(clear_survey):
    view = drivers_view(driver_analysis(Selection(clear_survey), seed=1), clear_survey)

    said = " ".join([*view.sentences, *view.notes]).lower()
    assert not [words for words in CAUSES if words in said]
    assert "no proof of cause" in view.caution.replace("\n", " ")


def test_a_survey_without_attributes_has_no_drivers(db):
    survey = factories.make_survey()
    version = factories.make_draft(survey)
    version.questions.filter(role=MeasureRole.ATTRIBUTE).delete()
    factories.publish(version)

    assert driver_analysis(Selection(survey), seed=1) is None


def test_manager_counts_only_the_own_units(clear_survey):
    from surveys.enums import Role
    from surveys.permissions import placements_for

    unit = factories.make_unit()
    manager = factories.make_user(Role.MANAGER, unit=unit)
    answer_of_unit = {"overall": "5", "staff": "5", "price": "5", "speed": "5"}
    factories.make_responses(
        clear_survey,
        [{"answers": answer_of_unit, "submitted_at": START, "placement": unit.placement}],
    )

    found = driver_answers(Selection(clear_survey, placements_for(manager)))

    assert found.span.responses == 1


def test_stranger_does_not_find_the_page(clear_survey):
    client = Client()
    client.force_login(factories.make_user())
    address = reverse("reports:drivers", args=[clear_survey.slug])

    assert client.get(address).status_code == 404
    assert client.post(f"{address}compute/").status_code == 404
