"""What a trained model's validation scores say: metrics over the threshold, and residuals."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from components.colours import at
from components.figures.arrays import pack
from components.figures.frame import two_axes

HEIGHT, BOTTOM = 380, 96  # pixels, of the figure and of its lower margin
GREY = "#808080"


def over_thresholds(
    thresholds: np.ndarray, measured: Mapping[str, np.ndarray], threshold: float
) -> dict[str, Any]:
    """Metrics, each float (thresholds,), over the threshold, and a mark at the one in force."""
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": pack(thresholds),
            "y": pack(values),
            "line": {"color": at(i).colour, "width": 2.5},
        }
        for i, (name, values) in enumerate(measured.items())
    ]
    layout = two_axes("Metrics over the threshold", "threshold", "value", HEIGHT, BOTTOM)
    layout["xaxis"]["range"] = [0, 1]
    layout["yaxis"]["range"] = [-0.02, 1.03]
    layout |= {"hovermode": "x unified", "shapes": [_upright(threshold)]}
    return {"data": traces, "layout": layout}


def score_histogram(shares: Mapping[str, np.ndarray], threshold: float) -> dict[str, Any]:
    """How scores, float (rows,) in 0..1, of each true class spread, and where they are parted."""
    traces = [
        {
            "type": "histogram",
            "name": f"true: {name}",
            "x": pack(np.asarray(values, "float32")),
            "xbins": {"start": 0, "end": 1.0001, "size": 0.05},
            "marker": {"color": at(i).colour},
            "opacity": 0.6,
        }
        for i, (name, values) in enumerate(shares.items())
    ]
    layout = two_axes("Scores of the validation rows", "score", "rows", HEIGHT, BOTTOM)
    layout["xaxis"]["range"] = [0, 1]
    layout |= {"barmode": "overlay", "shapes": [_upright(threshold)]}
    return {"data": traces, "layout": layout}


def residuals(true: np.ndarray, predicted: np.ndarray, name: str) -> dict[str, Any]:
    """True less predicted value over the predicted one, both float (rows,), validation rows."""
    difference = np.asarray(true, "float64") - np.asarray(predicted, "float64")
    trace = {
        "type": "scatter",
        "mode": "markers",
        "name": "validation",
        "x": pack(np.asarray(predicted, "float32")),
        "y": pack(difference),
        "marker": {"color": "#005FA3", "size": 7, "opacity": 0.7},
        "hovertemplate": "predicted %{x:.4g}<br>residual %{y:.4g}<extra></extra>",
    }
    layout = two_axes("Residuals", f"predicted {name}", "true less predicted", HEIGHT, BOTTOM)
    across = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0}
    layout["shapes"] = [across | {"line": {"color": GREY, "width": 1.5}}]
    return {"data": [trace], "layout": layout | {"showlegend": False}}


def _upright(x: float) -> dict[str, Any]:
    line = {"color": GREY, "width": 2, "dash": "dot"}
    return {"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": line}
