"""Ranges of a chart's value axis: fixed for shares, and not spoilt by a run that blew up."""

from collections.abc import Sequence

import numpy as np

ROOM = 0.06  # of the range, left free above and below
WILD = 10.0  # a curve that climbs above this many times its start is not what the axis should fit
SHARES = ("accuracy", "precision", "recall", "auc", "iou", "f1", "fbeta", "specificity")


def is_share(column: str) -> bool:
    """Whether a metric's column lies between 0 and 1 by its definition."""
    name = column.removeprefix("val_").replace("_", "")
    return any(word in name for word in (*SHARES, "sensitivityat"))


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
