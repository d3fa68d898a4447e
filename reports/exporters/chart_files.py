"""A chart as a file of its own: the SVG that is printed, and a PNG drawn from it."""

from django.template.loader import render_to_string

from reports.charts.figures import curve_chart, distribution_chart
from reports.charts.paper import bar_drawing, curve_drawing
from reports.presentation import labels_of
from surveys.texts import text_in

PIXELS_WIDE = 1600


def chart_svg(results, key, language):
    """The chart with this key, or None where there is none to be shown."""
    if key.startswith("curve_"):
        return _curve(results, key.removeprefix("curve_"))
    return _bar(results, key.removeprefix("question_"), language)


def charts_of(results, language):
    """Key and title of every chart that can be had."""
    default = results.selection.survey.default_language
    labels = labels_of(results)
    drawable = [curve for curve in results.curves if not curve.obstacle]
    charts = {curve.loyalty: curve_chart(curve, labels) for curve in drawable}
    found = [(f"curve_{key}", chart.title) for key, chart in charts.items() if chart.has_points]
    return found + [
        (f"question_{item.question.key}", text_in(item.question.text, language, default))
        for item in results.distributions
        if _has_bar(item)
    ]


def chart_png(svg):
    """The picture on white, for slides and mails."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=PIXELS_WIDE, background="#ffffff"))


def _curve(results, loyalty):
    found = results.curve(loyalty)
    if found is None or found.obstacle:
        return None
    chart = curve_chart(found, labels_of(results))
    if not chart.has_points:
        return None
    drawing = curve_drawing(chart)
    return render_to_string("reports/charts/curve.svg", {"drawing": drawing}).strip()


def _bar(results, key, language):
    item = next((i for i in results.distributions if i.question.key == key and _has_bar(i)), None)
    if item is None:
        return None
    default = results.selection.survey.default_language
    text = text_in(item.question.text, language, default)
    chart = distribution_chart(item, text, lambda choice: text_in(choice.label, language, default))
    drawing = bar_drawing(chart)
    return render_to_string(
        "reports/charts/distribution.svg", {"drawing": drawing, "name": key}
    ).strip()


def _has_bar(item):
    return getattr(item, "satisfaction", None) is not None
