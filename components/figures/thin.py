"""Which epochs of a curve are drawn, when there are more than a chart should be sent."""

import numpy as np

MOST = 400  # points of one trace
TOGETHER = 1100  # points of all traces of a chart
FEWEST = 50  # points of one trace, however many traces there are


def stride(epochs: int, traces: int) -> int:
    """Every how many epochs a point is drawn; by planned epochs, so it stays as a run grows."""
    points = min(MOST, max(FEWEST, TOGETHER // max(traces, 1)))
    return max(1, -(-epochs // points))


def growth(epochs: int, step: int) -> float:
    """By what factor epochs grow from a point to the next on a logarithmic axis, for as many."""
    return float(epochs ** (step / max(epochs, 1)))


def kept(values: np.ndarray, step: int, factor: float = 0.0) -> np.ndarray:
    """Positions to draw, int64, ascending: evenly, and always both ends and both sides of a gap.

    A `factor` over 1 spaces them evenly for a logarithmic axis instead.
    """
    if not len(values):
        return np.empty(0, "int64")
    finite = np.isfinite(values)
    breaks = np.flatnonzero(finite[1:] != finite[:-1])
    breaks = np.concatenate([breaks[:2], breaks[-2:]])  # a flickering curve must not undo thinning
    even = np.arange(0, len(values), step)
    if factor > 1:
        powers = np.arange(np.log(len(values)) / np.log(factor))
        even = np.floor(factor**powers).astype(int) - 1
    return np.unique(np.concatenate([even, breaks, breaks + 1, [len(values) - 1]]))
