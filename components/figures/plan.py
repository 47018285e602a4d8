"""The learning rates that a schedule plans, step by step, as a small chart before training."""

from typing import Any

import numpy as np

from components.colours import at
from components.figures.arrays import pack

HEIGHT = 190  # pixels
MARGIN = {"t": 30, "b": 44, "l": 58, "r": 12}  # pixels


def plan(steps: np.ndarray, rates: np.ndarray) -> dict[str, Any]:
    """A line of `rates`, float (n,), at `steps`, int (n,) from 0 on."""
    spread = float(rates.max() - rates.min()) or float(abs(rates.max())) or 1.0
    low, high = rates.min() - 0.06 * spread, rates.max() + 0.06 * spread
    trace = {
        "type": "scatter",
        "mode": "lines",
        "name": "learning rate",
        "x": pack(np.asarray(steps, "int32")),
        "y": pack(rates),
        "line": {"color": at(0).colour, "width": 2, "shape": "hv"},  # until the next step
        "hovertemplate": "step %{x}: %{y:.4g}<extra></extra>",
    }
    layout = {
        "height": HEIGHT,
        "title": {"text": "planned rate", "x": 0, "xref": "paper", "font": {"size": 13}},
        "margin": MARGIN,
        "showlegend": False,
        "xaxis": {"title": {"text": "step", "standoff": 4}, "zeroline": False, "nticks": 5},
        "yaxis": {
            "range": [float(low), float(high)],
            "zeroline": False,
            "nticks": 5,
            "exponentformat": "power",
        },
        "uirevision": "plan",
    }
    return {"data": [trace], "layout": layout}
