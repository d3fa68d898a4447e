"""Charts: one description, its drawing and its table tell the same."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from reports.charts.paper import COMPACT, PAPER, SCREEN
from reports.dataset import Selection
from reports.enums import Loyalty
from reports.presentation import results_view
from reports.summaries import survey_results
from tests import factories
from tests.reports.rows import START

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def view(xerox_survey):
    results = survey_results(
        Selection(xerox_survey), loyalties=(Loyalty.STATED,), with_distributions=True
    )
    return results_view(results)


@pytest.fixture
def drawn(view):
    """The curve as a parsed drawing."""
    svg = render_to_string("reports/charts/curve.svg", {"drawing": view.curve.drawing})
    return ElementTree.fromstring(svg)


def texts(root):
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]


def test_drawing_and_table_hold_the_same_figures(view, drawn):
    table = {row[0]: row for row in view.curve.table.rows}

    for score, _n, share, _ends in table.values():
        assert share in texts(drawn), score
    for _score, n, *_rest in table.values():
        assert f"n = {n}" in texts(drawn)


def test_axis_starts_at_zero_and_holds_every_interval(view):
    drawing = view.curve.drawing

    assert drawing.ticks[0] == (drawing.frame.floor, "0%")
    for mark in drawing.marks:
        assert drawing.frame.ceiling <= mark.y_high <= mark.y <= mark.y_low <= drawing.frame.floor


@pytest.mark.parametrize(
    ("name", "frame"), [("drawing", SCREEN), ("compact", COMPACT), ("printed", PAPER)]
)
def test_everything_lies_inside_the_frame(view, name, frame):
    drawing = getattr(view.curve, name)

    assert drawing.frame.width == frame.width
    assert all(0 < mark.x < frame.width for mark in drawing.marks)
    assert all(0 <= y <= frame.height for y, _label in drawing.ticks)


def test_curve_without_a_point_is_not_drawn(survey):
    rows = [
        {"answers": {"overall": str(1 + n), "again": "5"}, "submitted_at": START} for n in range(5)
    ]
    factories.make_responses(survey, rows)
    results = survey_results(Selection(survey), loyalties=(Loyalty.STATED,))

    curve = results_view(results).curve

    assert (curve.drawing, curve.compact, curve.printed) == (None, None, None)
    assert curve.empty_words.startswith("No score has the 5 answers")
    assert len(curve.table.rows) == 5


def test_tables_wider_than_a_phone_are_known(view):
    assert not view.curve.table.is_wide
    assert replace(view.curve.table, rows=[("5", "1,000", "12.0% to 13.0%", "1,000,000")]).is_wide


def test_figures_in_the_drawing_have_one_decimal_at_most(drawn):
    assert not [text for text in texts(drawn) if re.search(r"\d\.\d\d", text)]


def test_drawing_says_in_words_what_it_shows(view, drawn):
    title = drawn.find(f"{SVG}title").text

    assert title == drawn.attrib["aria-label"]
    assert "Stated intention" in title
    assert "Score 5: 30.0% (25.4% to 35.0%), n = 350." in title
    assert "1,000 answers" in title


def test_no_drawing_has_a_style_or_a_script(view):
    parts = [
        render_to_string("reports/charts/curve.svg", {"drawing": view.curve.drawing}),
        *(
            render_to_string(
                "reports/charts/distribution.svg", {"drawing": d.drawing, "name": d.key}
            )
            for d in view.distributions
            if d.drawing
        ),
    ]

    assert not re.search(r"<script|style=|<style|on\w+=", "".join(parts))


def test_stacked_bar_fills_its_width(view):
    drawing = next(item.drawing for item in view.distributions if item.key == "overall")

    last = drawing.parts[-1]
    assert last.x + last.width == pytest.approx(drawing.width, abs=0.1)
    assert [part.code for part in drawing.parts] == ["1", "2", "3", "4", "5"]


def test_bad_half_of_the_scale_is_hatched_so_that_grey_tells_it(view):
    drawing = next(item.drawing for item in view.distributions if item.key == "overall")

    assert [bool(part.hatch) for part in drawing.parts] == [True, True, False, False, False]


def test_screen_draws_only_kinds_of_the_cartesian_bundle_and_the_same_values(view):
    figure = view.curve.plotly

    assert {trace["type"] for trace in figure["data"]} == {"scatter"}
    points = next(trace for trace in figure["data"] if trace["meta"] == "points")
    assert points["y"][-1] == pytest.approx(0.3)
    assert points["y"][-1] + points["error_y"]["array"][-1] == pytest.approx(0.34997, abs=1e-5)
    json.dumps(figure, allow_nan=False)


def test_ticks_hold_no_markup_that_would_need_an_inline_style(view):
    assert "<b>" not in json.dumps(view.curve.plotly)


def test_step_is_drawn_only_where_a_test_is_clear(survey):
    from tests import factories
    from tests.reports.test_summaries import MARCH

    rows = [
        {"answers": {"overall": score, "again": again}, "submitted_at": MARCH}
        for score in "45"
        for again in "1555"
        for _ in range(4)
    ]
    factories.make_responses(survey, rows)
    results = survey_results(Selection(survey), loyalties=(Loyalty.STATED,))

    curve = results_view(results).curve

    assert curve.drawing.chart.step == ""
    assert curve.drawing.step == ()
