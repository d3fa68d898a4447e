"""Path model of latent blocks."""

import numpy as np
import pytest

from scoring.ecsi import pls_path_model
from scoring.errors import ArgumentError, ScaleError
from scoring.results import to_plain
from scoring.scales import Scale

ITEMS = ["q1", "q2", "s1", "s2"]
BLOCKS = {"quality": ["q1", "q2"], "satisfaction": ["s1", "s2"]}
PATHS = [("quality", "satisfaction")]


def answers(n=120, seed=5):
    """Two blocks that go together, on 1 to 10."""
    generator = np.random.default_rng(seed)
    latent = generator.normal(size=(n, 1))
    rows = 6 + 1.5 * latent + generator.normal(size=(n, 4))
    return np.clip(np.round(rows), 1, 10)


def fit(rows, **options):
    chosen = {"items": ITEMS, "blocks": BLOCKS, "paths": PATHS} | options
    return pls_path_model(rows, **chosen)


def test_single_items_give_the_plain_correlation():
    rows = answers()

    model = fit(rows, blocks={"a": ["q1"], "b": ["s1"]}, paths=[("a", "b")])

    r = np.corrcoef(rows[:, 0], rows[:, 2])[0, 1]
    assert model.path_coefficients["a", "b"] == pytest.approx(r)
    assert model.r_squared["b"] == pytest.approx(r**2)


def test_index_weights_sum_to_one_and_the_index_stays_on_its_scale():
    model = fit(answers())

    assert sum(model.index_weights["satisfaction"]) == pytest.approx(1)
    assert 0 <= min(model.respondents["satisfaction"]) <= max(model.respondents["quality"]) <= 100
    to_plain(model.indexes)


def test_order_of_respondents_does_not_matter():
    rows = answers()

    one, two = fit(rows), fit(rows[::-1])

    assert one.path_coefficients == pytest.approx(two.path_coefficients)


def test_a_scale_with_low_good_turns_the_index():
    rows = answers()
    plain = fit(rows)
    turned = fit(rows, scale=Scale(1, 10, higher_is_better=False))

    assert turned.indexes["quality"].value == pytest.approx(100 - plain.indexes["quality"].value)


def test_blank_rows_are_left_out_and_counted():
    rows = answers()
    rows[3, 1] = np.nan

    model = fit(rows)

    assert (model.base, model.missing) == (119, 1)


@pytest.mark.parametrize(
    "options",
    [
        {"paths": [("quality", "price")]},
        {"blocks": {"quality": ["q1", "q9"], "satisfaction": ["s1"]}},
        {"blocks": BLOCKS | {"idle": ["q1"]}},
        {"items": ["q1"]},
        {"blocks": {"quality": [], "satisfaction": ["s1"]}},
    ],
)
def test_a_wrong_model_is_refused(options):
    with pytest.raises(ArgumentError):
        fit(answers(), **options)


def test_constant_items_and_few_respondents_are_refused():
    constant = answers()
    constant[:, 0] = 5

    with pytest.raises(ArgumentError, match="same answer"):
        fit(constant)
    with pytest.raises(ArgumentError, match="too few"):
        fit(answers(4))


def test_an_answer_outside_the_scale_is_refused():
    with pytest.raises(ScaleError):
        fit(answers() + 5)
