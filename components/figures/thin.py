"""Which epochs of a curve are drawn, when there are more than a chart should be sent."""

import numpy as np

MOST = 400  # points of one trace
TOGETHER = 1100  # points of all traces of a chart
FEWEST = 50  # points of one trace, however many traces there are


def stride(epochs: int, traces: int) -> int:
    """Every how many epochs a point is drawn; by planned epochs, so it stays as a run grows."""
    points = min(MOST, max(FEWEST, TOGETHER // max(traces, 1)))
    return max(1, -(-epochs // points))


def kept(values: np.ndarray, step: int) -> np.ndarray:
    """Positions to draw, int64, ascending: evenly, and always both ends and both sides of a gap."""
    if not len(values):
        return np.empty(0, "int64")
    finite = np.isfinite(values)
    breaks = np.flatnonzero(finite[1:] != finite[:-1])
    breaks = np.concatenate([breaks[:2], breaks[-2:]])  # a flickering curve must not undo thinning
    even = np.arange(0, len(values), step)
    return np.unique(np.concatenate([even, breaks, breaks + 1, [len(values) - 1]]))
