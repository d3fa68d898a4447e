"""Charts for the screen: what plotly.js draws from, without colours of a theme."""

from reports.words import formatting

from .figures import OVERLAY_SHIFT
from .screen_parts import axis_note, whiskers


def plotly_figure(chart):
    """The curve for the screen: what plotly.js draws from, without colours of a theme."""
    shown = [mark for mark in chart.marks if mark.share is not None]
    x = [mark.score for mark in chart.marks]
    data = []
    if chart.line:
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": x,
                "y": list(chart.line),
                "line": {"dash": "dot", "width": 2},
                "meta": "line",
                "hoverinfo": "skip",
            }
        )
    if chart.step:
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [mark.score for mark in chart.marks[-2:]],
                "y": [mark.share for mark in chart.marks[-2:]],
                "line": {"width": 3},
                "meta": "step",
                "hoverinfo": "skip",
            }
        )
    data.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [mark.score for mark in shown],
            "y": [mark.share for mark in shown],
            "error_y": whiskers(_intervals(shown), thickness=2, width=6),
            "marker": {"size": 14, "color": [mark.colour for mark in shown], "line": {"width": 2}},
            "text": [mark.words for mark in shown],
            "hovertemplate": "%{text}<extra>%{x}</extra>",
            "meta": "points",
        }
    )
    if chart.overlay:
        data.append(_overlay_trace(chart))
    return {
        "data": data,
        "layout": {
            "xaxis": {
                "tickvals": x,
                "ticktext": [f"{mark.score}<br>n = {mark.base}" for mark in chart.marks],
                "tickangle": 0,
                "range": [x[0] - 0.5, x[-1] + 0.5],
                "fixedrange": True,
                "showgrid": False,
                "zeroline": False,
            },
            "yaxis": {
                "range": [0, chart.top * 1.08],
                "dtick": chart.tick,
                "tickformat": ".1%" if chart.tick < 0.01 else ".0%",
                "fixedrange": True,
                "zeroline": True,
            },
            "annotations": [axis_note(chart.axis), *map(_value_note, shown)],
            "margin": {"l": 52, "r": 12, "t": 32, "b": 52},
            "showlegend": False,
        },
    }


def _overlay_trace(chart):
    """Diamonds on a dashed line, a little beside the points, so that both can be read."""
    shown = [mark for mark in chart.overlay if mark.share is not None]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [mark.score + OVERLAY_SHIFT for mark in shown],
        "y": [mark.share for mark in shown],
        "error_y": whiskers(_intervals(shown)),
        "marker": {"size": 11, "symbol": "diamond", "line": {"width": 2}},
        "line": {"dash": "dash", "width": 2},
        "text": [mark.words for mark in shown],
        "hovertemplate": "%{text}<extra></extra>",
        "meta": "overlay",
    }


def _intervals(marks):
    return [(mark.low, mark.share, mark.high) for mark in marks]


def _value_note(mark):
    return {
        "name": "value",
        "text": formatting.percent(mark.share),
        "x": mark.score,
        "y": mark.high,
        "yshift": 12,
        "showarrow": False,
    }
