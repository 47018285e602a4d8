"""Charts of learning rates around the edge beyond which training runs away."""

from collections.abc import Mapping
from math import log10
from typing import Any

import numpy as np
import streamlit as st

from components.colours import GREY, LIGHT, channels
from components.figures.frame import two_axes
from components.figures.scales import logarithmic
from components.learn.figures import DASHES, HEIGHT
from components.plot import plot

TOP, BOTTOM = 1e12, 1e-15  # losses beyond are drawn here
UNDER, OVER = LIGHT[0], LIGHT[1]  # rates below the edge and above it


def steepest() -> float:
    """How fast the gradient grows at most: the largest eigenvalue for the demonstration's data."""
    x = np.random.default_rng(0).normal(size=(100, 3)) * [1, 2, 4]
    return float(np.linalg.eigvalsh(2 * x.T @ x / len(x)).max())


def track(edge: float, ends: tuple[float, float], yours: float, *, key: str) -> None:
    """A strip as long as the slider above it: where the edge is, and your rate."""
    strip = {"width": 8}
    traces = [
        _line([ends[0], min(edge, ends[1])], [0, 0], {"color": UNDER, **strip}),
        _line([min(edge, ends[1]), ends[1]], [0, 0], {"color": OVER, **strip}),
        _line([edge] * 2, [-1, 1], {"color": GREY, "width": 3}),
        _line([yours] * 2, [-1, 1], {"color": GREY, "dash": "dot", "width": 2}),
    ]
    hidden = {"visible": False, "fixedrange": True}
    words = {"showarrow": False, "yanchor": "top", "y": -1}
    layout = {
        "height": 48,
        "margin": {"t": 0, "b": 20, "l": 8, "r": 8},  # half a slider's knob
        "xaxis": {"range": [*ends], **hidden},
        "yaxis": {"range": [-1, 1], **hidden},
        "annotations": [
            words | {"text": "below the edge", "x": ends[0], "xanchor": "left"},
            words | {"text": f"edge {edge:g}", "x": edge, "xanchor": "center"},
        ],
    }
    side = "below" if yours < edge else "above" if yours > edge else "at"
    alt = f"The edge is at {edge:g} on the slider; the rate {yours:g} is {side} it."
    plot({"data": traces, "layout": layout}, key=key, alt=alt)
    unit = 2 / steepest()
    st.caption(f"1 is the learning rate {unit:.4f} here, and yours is {yours * unit:.4f}.")


def edge_chart(
    curves: Mapping[str, Mapping[str, Any]], start: float, yours: float, *, key: str, alt: str
) -> None:
    """Each curve has rates, their losses, and the edge; `yours` is the rate on the slider."""
    look = channels(list(curves))
    traces = []
    for i, (name, curve) in enumerate(curves.items()):
        line = {"color": look[name].colour, "dash": DASHES[i]}
        traces += [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": name,
                "x": curve["rates"],
                "y": [_drawn(loss) for loss in curve["losses"]],
                "line": line,
                "marker": {"symbol": look[name].symbol, "size": 8},
            },
            _line([curve["edge"]] * 2, [BOTTOM, TOP], line | {"width": 4}),
        ]
    ends = [0, max(yours, *(r for curve in curves.values() for r in curve["rates"])) * 1.03]
    traces += [
        _line([yours] * 2, [BOTTOM, TOP], {"color": GREY, "dash": "dot", "width": 2}),
        _line(ends, [start] * 2, {"color": GREY, "width": 1}),
    ]
    layout = two_axes(
        "Loss after 200 steps, by learning rate",
        "learning rate, in units of the edge of plain SGD",
        "loss",
        HEIGHT + 40,
        90,
    )
    layout["xaxis"] |= {"range": ends}
    layout["yaxis"] |= logarithmic([log10(BOTTOM), log10(TOP)])
    layout["yaxis"] |= {"tickformat": "", "exponentformat": "power"}
    layout["annotations"] = [
        *(_note("edge", curve["edge"], log10(TOP)) for curve in curves.values()),
        _note("your rate ", yours, 6) | {"xanchor": "right" if yours > ends[1] / 4 else "left"},
        _note("loss at the start", 0.68 * ends[1], log10(start)),
    ]
    plot({"data": traces, "layout": layout}, key=key, alt=alt)


def _line(x: list[float], y: list[float], line: Mapping[str, Any]) -> dict[str, Any]:
    ends = {"x": x, "y": y, "hoverinfo": "skip", "showlegend": False}
    return {"type": "scatter", "mode": "lines", **ends, "line": dict(line)}


def _note(text: str, x: float, y: float) -> dict[str, Any]:
    return {"text": text, "x": x, "y": y, "yanchor": "bottom", "showarrow": False}


def _drawn(loss: float) -> float:
    return min(max(loss, BOTTOM), TOP) if loss == loss else TOP
