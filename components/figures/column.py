"""What is to be predicted, at a glance: how often each class occurs, or how numbers are spread."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from components.figures.arrays import pack
from components.figures.points import class_colour
from components.plain import chart_text

HEIGHT = 260  # pixels
BINS = 30
LONGEST = 24  # letters of a class on the axis


def classes(name: str, labels: Sequence[str], counts: Sequence[int]) -> dict[str, Any]:
    """A bar for each class."""
    short = [t if len(t) <= LONGEST else f"{t[: LONGEST - 1]}…" for t in labels]
    trace = {
        "type": "bar",
        "x": list(range(len(labels))),
        "y": list(map(int, counts)),
        "marker": {"color": [class_colour(k) for k in range(len(labels))]},
        "text": [f"{count:,}" for count in counts],
        "customdata": [chart_text(label) for label in labels],
        "hovertemplate": "%{customdata}: %{y} rows<extra></extra>",
    }
    axis = {"tickmode": "array", "tickvals": trace["x"], "ticktext": list(map(chart_text, short))}
    return _figure(trace, name, axis)


def numbers(name: str, values: np.ndarray) -> dict[str, Any]:
    """A histogram. values: float64 (rows,) without NaN."""
    counts, edges = np.histogram(values, BINS)
    trace = {
        "type": "bar",
        "x": pack((edges[1:] + edges[:-1]) / 2),
        "y": pack(counts),
        "width": float(edges[1] - edges[0]),
        "marker": {"color": class_colour(0)},
        "hovertemplate": "about %{x:.4g}: %{y} rows<extra></extra>",
    }
    return _figure(trace, name, {})


def _figure(trace: dict[str, Any], name: str, axis: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": [trace],
        "layout": {
            "height": HEIGHT,
            "margin": {"t": 12, "b": 48, "l": 56, "r": 12},
            "xaxis": axis
            | {"title": {"text": chart_text(name), "standoff": 4}, "automargin": True},
            "yaxis": {"title": {"text": "rows"}, "rangemode": "tozero"},
            "showlegend": False,
            "dragmode": False,
            "uirevision": name,
        },
    }
