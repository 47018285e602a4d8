"""How long the epochs of a run took: its share of the time that its whole stack trained."""

from collections.abc import Iterable, Sequence

import numpy as np


def timed(rows: Sequence[np.ndarray], took: float, first: bool) -> list[np.ndarray]:
    """History rows by lane with one more column, the seconds of each epoch.

    rows: float32 (epochs of one call, columns) each; took: wall time of the call in seconds,
    training and metrics. Lanes train together in one graph, so each is given an equal share. NaN
    for the `first` call: most of it prepares the graph, which says nothing of an epoch.
    """
    epochs = len(rows[0])
    share = np.nan if first else took / (epochs * len(rows))
    return [np.column_stack([table, np.full(epochs, share, "float32")]) for table in rows]


def together(seconds: Iterable[np.ndarray]) -> bool:
    """Whether runs with these seconds, float32 (epochs so far,) each, trained in one graph.

    Only then have all the same share of its time, bit by bit. Of runs of unlike length the epochs
    that both have are compared.
    """
    longest = sorted(seconds, key=len, reverse=True)
    return all(np.array_equal(longest[0][: len(own)], own, equal_nan=True) for own in longest[1:])
