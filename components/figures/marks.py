"""Marks where a learning rate was changed in mid-run, so that a bend in a curve has its reason."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from components.figures.axes import Across, places
from components.figures.parts import Part
from components.figures.variant import Variant


def marks(
    medians: Sequence[tuple[Variant, Part, np.ndarray]], log_y: bool, across: Across = "epochs"
) -> list[dict[str, Any]]:
    """One trace with a mark on every thick curve at the last epoch before each change."""
    x, y, colours, texts = [], [], [], []
    for group, _, middle in medians:
        for epoch, rate in group.lines[0].rates:
            last = epoch - 2  # counted from 0
            value = middle[last] if last < len(middle) else np.nan
            if not np.isfinite(value) or (log_y and value <= 0):
                continue
            x.append(float(places(group, across).at(np.array(last))))
            y.append(float(value))
            colours.append(group.colour)
            texts.append(f"{group.label}: learning rate {rate:g} from epoch {epoch}")
    if not x:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "learning rate changed",
            "showlegend": False,
            "x": x,
            "y": y,
            "text": texts,
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {
                "symbol": "line-ns",
                "size": 18,
                "color": colours,
                "line": {"color": colours, "width": 3},
            },
            "cliponaxis": False,
        }
    ]
