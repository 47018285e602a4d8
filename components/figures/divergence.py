"""Crosses where runs blew up, so that no run leaves a chart unsaid."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from components.figures.axes import Across, places
from components.figures.variant import Variant


def crosses(
    groups: Sequence[Variant],
    column: str,
    spread: list[float] | None,
    log_y: bool,
    across: Across = "epochs",
) -> list[dict[str, Any]]:
    """One trace with a cross where each diverged run had its last number, held inside the chart."""
    x, y, colours, texts = [], [], [], []
    top = np.inf if spread is None else spread[1] - 0.05 * (spread[1] - spread[0])
    top = 10**top if log_y else top
    for line in (line for group in groups for line in group.diverged):
        values = line.values(column)
        numbers = np.flatnonzero(np.isfinite(values[: line.diverged - 1]))
        last = int(numbers[-1]) if len(numbers) else 0
        value = float(values[last]) if len(numbers) else None
        place = float(places(line, across).at(np.array(last)))
        if not np.isfinite(place):
            continue
        x.append(round(place, 3))
        y.append(top if value is None else min(value, top))
        before = "no number before that" if value is None else f"last value {value:.4g}"
        texts.append(f"{line.label}, seed {line.seed}: diverged at epoch {line.diverged}; {before}")
        colours.append(line.colour)
    if not x or not np.isfinite(y).all():
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "diverged",
            "x": x,
            "y": y,
            "text": texts,
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {"symbol": "x", "size": 11, "color": colours},
            "cliponaxis": False,
        }
    ]
