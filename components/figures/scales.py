"""Ranges of a chart's value axis: fixed for shares, and not spoilt by a run that blew up."""

import re
from collections.abc import Sequence
from math import ceil
from typing import Any

import numpy as np

ROOM = 0.06  # of the range, left free above and below
WILD = 10.0  # a curve that climbs above this many times its start is not what the axis should fit
MOST_DECADES = 8  # with a number each
WHOLE_DECADES = 2.5  # an axis that spans more has no numbers between them
SHARES = ("accuracy", "precision", "recall", "auc", "iou", "f1", "fbeta", "specificity")


def logarithmic(spread: Sequence[float] | None) -> dict[str, Any]:
    """A logarithmic axis over a range, exponents of ten: numbers at 1, 2 and 5, or at decades only.

    They are written in full: between decades Plotly would write a lone 2 or 5.
    """
    wide = spread[1] - spread[0] if spread else 0.0
    ticks = ceil(wide / MOST_DECADES) if wide > WHOLE_DECADES else "D2"
    return {"type": "log", "tickformat": "~g", "dtick": ticks}


def is_share(column: str) -> bool:
    """Whether a metric's column lies between 0 and 1 by its definition."""
    name = column.removeprefix("val_").replace("_", "")
    return any(word in name for word in (*SHARES, "sensitivityat"))


def unit(column: str) -> str:
    """Equal for metrics whose numbers can be held against each other on one scale.

    The mean absolute and the root of the mean squared error are both in the unit of the target.
    """
    name = re.sub(r"_\d+$", "", column.removeprefix("val_"))
    return name.replace("root_mean_squared_error", "mean_absolute_error")


def joint(ranges: Sequence[list[float] | None]) -> list[float] | None:
    """The range that holds all of these, None where none has one."""
    known = [spread for spread in ranges if spread]
    return [min(low for low, _ in known), max(high for _, high in known)] if known else None


def value_range(
    curves: Sequence[np.ndarray], logarithmic: bool, share: bool = False
) -> tuple[list[float] | None, bool]:
    """Range for Plotly (exponents of ten if logarithmic) or None; and whether it cuts."""
    kept = [c[np.isfinite(c)].astype("float64") for c in curves]
    kept = [c[c > 0] if logarithmic else c for c in kept]
    kept = [c for c in kept if len(c)]
    if share and not logarithmic:
        return [-0.02, 1.03], False
    if not kept:
        return None, False
    if logarithmic:
        low, high = np.log10([min(c.min() for c in kept), max(c.max() for c in kept)])
        return _padded(float(low), float(high)), False
    tame = [c for c in kept if c.max() <= WILD * max(abs(c[0]), np.median(np.abs(c)))]
    starts = float(np.median([abs(c[0]) for c in kept]))
    tame = [c for c in tame if abs(c[0]) <= 100 * WILD * starts]
    low = min(c.min() for c in kept)
    high = max(c.max() for c in kept)
    limit = max(c.max() for c in tame) if tame else 4 * min(abs(c[0]) for c in kept)
    floor = min(c.min() for c in tame) if tame else low
    cut = high > WILD * limit
    return _padded(float(floor if cut else low), float(limit if cut else high)), bool(cut)


def _padded(low: float, high: float) -> list[float]:
    room = ROOM * (high - low) or 0.1 * abs(high) or 0.1
    return [low - room, high + room]
