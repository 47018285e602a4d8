"""How high optimizers stand above the lowest point, step by step."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from components.colours import Channel
from components.figures.arrays import pack
from components.figures.frame import LEGEND, ROW, legend_rows
from components.figures.labels import LETTER, End, end_labels
from components.figures.scales import logarithmic
from components.plain import chart_text

HEIGHT, TOP, BOTTOM, LEFT = 340, 34, 72, 62  # pixels
LEAST = 1e-8  # heights that are nearer to the lowest are drawn as if they were so high
LONGEST = 150  # pixels, of names at the ends


def descent(
    above: Mapping[str, np.ndarray],
    looks: Mapping[str, Channel],
    step: int,
    last: int,
    *,
    title: str,
) -> dict[str, Any]:
    """A line for each name of what is in `above`, float (n,), up to `step` of `last`."""
    drawn = {name: np.maximum(values.astype("float64"), LEAST) for name, values in above.items()}
    whole = np.log10(np.concatenate(list(drawn.values())))
    room = 0.06 * float(np.ptp(whole)) or 0.5
    spread = [float(whole.min()) - room, float(whole.max()) + room]
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": chart_text(name),
            "x": list(range(len(values[: step + 1]))),
            "y": pack(values[: step + 1]),
            "line": {"color": looks[name].colour, "width": 2},
            "marker": {"symbol": looks[name].symbol, "size": 8, "maxdisplayed": 8},
            "hovertemplate": "step %{x}: %{y:.4g}",
        }
        for name, values in drawn.items()
    ]
    ends = [
        End(chart_text(name), min(step, len(v) - 1), float(v[: step + 1][-1]), looks[name].colour)
        for name, v in drawn.items()
    ]
    extra = ROW * (legend_rows(list(above)) - 1)
    layout = {
        "height": HEIGHT + extra,
        "title": {"text": title, "x": 0, "xref": "paper", "font": {"size": 14}},
        "margin": {
            "t": TOP,
            "b": BOTTOM + extra,
            "l": LEFT,
            "r": min(LONGEST, 20 + int(1.25 * LETTER * max(map(len, above)))),
        },
        "xaxis": {"title": {"text": "step", "standoff": 4}, "range": [0, last], "zeroline": False},
        "yaxis": {"range": spread, "zeroline": False} | logarithmic(spread),
        "hovermode": "x unified",
        "showlegend": True,
        "legend": LEGEND,
        "annotations": end_labels(ends, spread, HEIGHT - TOP - BOTTOM, log_y=True),
        "uirevision": title,
    }
    return {"data": traces, "layout": layout}
