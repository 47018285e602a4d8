"""The chart of learning rates around the edge beyond which training runs away."""

from collections.abc import Mapping
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
            _upright(f"edge, {name}", curve["edge"], line | {"width": 4}),
        ]
    traces.append(_upright("your rate", yours, {"color": GREY, "dash": "dot", "width": 2}))
    ends = [0, max(yours, *(r for curve in curves.values() for r in curve["rates"])) * 1.03]
    traces.append(
        {
            "type": "scatter",
            "mode": "lines",
            "name": "loss at the start",
            "x": ends,
            "y": [start, start],
            "line": {"color": GREY, "width": 1},
        }
    )
    layout = two_axes(
        "Loss after 200 steps, by learning rate",
        "learning rate, in units of the edge of plain SGD",
        "loss",
        HEIGHT + 60,
        110,
    )
    layout["xaxis"] |= {"range": ends}
    layout["yaxis"] |= {"type": "log", "exponentformat": "power"}
    plot({"data": traces, "layout": layout}, key=key, alt=alt)


def _upright(name: str, at: float, line: Mapping[str, Any]) -> dict[str, Any]:
    ends = {"x": [at, at], "y": [BOTTOM, TOP]}
    return {"type": "scatter", "mode": "lines", "name": name, **ends, "line": dict(line)}


def _drawn(loss: float) -> float:
    return min(max(loss, BOTTOM), TOP) if loss == loss else TOP
