"""The chart of learning rates around the edge beyond which training runs away."""

from collections.abc import Mapping
from math import log10
from typing import Any

from components.colours import GREY, channels
from components.figures.frame import two_axes
from components.learn.figures import DASHES, HEIGHT
from components.plot import plot

TOP, BOTTOM = 1e12, 1e-15  # losses beyond are drawn here


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
    layout["yaxis"] |= {"type": "log", "exponentformat": "power"}
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
