"""What several charts for the screen have in common, as plotly.js draws it."""


def whiskers(triples, *, thickness=1.5, width=4):
    """Intervals around points, each given as (low, value, high)."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [high - value for _low, value, high in triples],
        "arrayminus": [value - low for low, value, _high in triples],
        "thickness": thickness,
        "width": width,
    }


def axis_note(text, *, left=48, above=24):
    """What the upright axis counts, written over its upper end."""
    return {
        "name": "axis",
        "text": text,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "xshift": -left,
        "yshift": above,
        "showarrow": False,
    }
