"""In which order every lane of a stack sees the training rows."""

from collections.abc import Sequence

import numpy as np

from training.spec import Experiment

Key = tuple[int, bool]  # seed, and whether the rows are shuffled


def order_of(experiment: Experiment) -> Key:
    """What the order of an experiment's rows follows from."""
    return experiment.seed, experiment.fit.shuffle


class Orders:
    """The distinct orders of some lanes, drawn epoch after epoch.

    An order is an endless stream of rows, one pass over all of them after the other. An epoch takes
    as many rows of it as `seen` says, and the next one goes on where it ended.

    of_lane: int32 (lanes,), which of the orders each lane follows.
    """

    def __init__(self, experiments: Sequence[Experiment], rows: int, seen: int) -> None:
        self.rows, self.seen = rows, seen
        keys = [order_of(e) for e in experiments]
        self.draws = {key: np.random.default_rng(key[0]) for key in sorted(set(keys))}
        self.left = {key: np.empty(0, "int32") for key in self.draws}  # of the last pass
        self.of_lane = np.array([list(self.draws).index(key) for key in keys], "int32")

    def first(self) -> dict[Key, np.ndarray]:
        """Each order's first pass, int (rows,), as it is before anything was drawn."""
        return {key: self._pass(key, np.random.default_rng(key[0])) for key in self.draws}

    def next(self, epochs: int) -> np.ndarray:
        """The next epochs, int32 (epochs, orders, seen)."""
        drawn = [[self._epoch(key) for key in self.draws] for _ in range(epochs)]
        return np.stack(drawn).astype("int32")

    def _epoch(self, key: Key) -> np.ndarray:
        passes = -(-(self.seen - len(self.left[key])) // self.rows)
        drawn = [self._pass(key, self.draws[key]) for _ in range(passes)]
        stream = np.concatenate([self.left[key], *drawn])
        self.left[key] = stream[self.seen :]
        return stream[: self.seen]

    def _pass(self, key: Key, random: np.random.Generator) -> np.ndarray:
        _, shuffled = key
        return random.permutation(self.rows) if shuffled else np.arange(self.rows)
