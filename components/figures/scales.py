"""Ranges of a chart's value axis: within 0 to 1 for shares, not spoilt by a run that blew up."""

import re
from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Any

import numpy as np

ROOM = 0.06  # of the range, left free above and below
WILD = 10.0  # a curve that climbs above this many times its start is not what the axis should fit
MOST_DECADES = 8  # with a number each
WHOLE_DECADES = 2.5  # an axis that spans more has no numbers between them
WHOLE = [-0.02, 1.03]  # of a share, with room for a line at its ends
LOW = 0.3  # a share below it: there is nothing to be gained by leaving out the way from 0
LEAST = 0.05  # of the range of a share: less would make noise look like news
SHARES = ("accuracy", "precision", "recall", "auc", "iou", "f1", "fbeta", "specificity")


def logarithmic(spread: Sequence[float] | None) -> dict[str, Any]:
    """A logarithmic axis over a range, exponents of ten, with two numbers at least.

    They stand at 1, 2 and 5, or at decades only; on a narrow range at all digits, or evenly. They
    are written in full: between decades Plotly would write a lone 2 or 5.
    """
    axis: dict[str, Any] = {"type": "log", "tickformat": "~g", "dtick": "D2"}
    if not spread:
        return axis
    low, high = spread
    if high - low > WHOLE_DECADES:
        return axis | {"dtick": ceil((high - low) / MOST_DECADES)}
    if _between(low, high, (1, 2, 5)) > 1:
        return axis
    if _between(low, high, range(1, 10)) > 1:
        return axis | {"dtick": "D1"}
    return axis | {"tickmode": "array", "tickvals": _evenly(10.0**low, 10.0**high)}


def _between(low: float, high: float, digits: Sequence[int]) -> int:
    """How many numbers with one of these digits and noughts lie in a range of exponents."""
    exponents = [k + log10(d) for k in range(floor(low), ceil(high) + 1) for d in digits]
    return sum(low <= exponent <= high for exponent in exponents)


def _evenly(low: float, high: float) -> list[float]:
    """Round numbers in a range, two at least, as far apart as they can be."""
    decade = floor(log10(high - low))
    for step in (digit * 10.0**k for k in range(decade, decade - 3, -1) for digit in (5, 2, 1)):
        places = range(ceil(low / step), floor(high / step) + 1)
        if len(places) > 1:
            return [float(f"{place * step:.12g}") for place in places]
    return [low, high]


def is_share(column: str) -> bool:
    """Whether a metric's column lies between 0 and 1 by its definition."""
    name = column.removeprefix("val_").replace("_", "")
    return any(word in name for word in (*SHARES, "sensitivityat"))


def unit(column: str) -> str:
    """Equal for metrics whose numbers can be held against each other on one scale.

    The mean absolute and the root of the mean squared error are both in the unit of the target,
    and shares have none.
    """
    if is_share(column):
        return "share"
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
        return _of_shares(kept), False
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


def zoomed(spread: Sequence[float] | None) -> bool:
    """Whether a range of shares does not begin at 0."""
    return bool(spread) and spread[0] > 0


def _of_shares(curves: Sequence[np.ndarray]) -> list[float]:
    """All of it, or the upper part where every number lies there."""
    low, high = min((c.min() for c in curves), default=0), max((c.max() for c in curves), default=1)
    if low < LOW or high > 1:
        return [*WHOLE]
    low = min(low, high - LEAST)
    room = ROOM * (high - low)
    return [float(low - room), float(min(high, 1) + room)]


def _padded(low: float, high: float) -> list[float]:
    room = ROOM * (high - low) or 0.1 * abs(high) or 0.1
    return [low - room, high + room]
