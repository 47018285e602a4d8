"""The curves of a variant's runs as arrays, a row for each seed, and what is read from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from training.diagnosis.chance import Chance
from training.spec import Experiment
from training.states import RunState

FEWEST = 4  # epochs, below which a curve has no shape
TAIL = 10  # "at the end" is the median of the last 10th
TINY = 1e-12  # in place of 0 where something is divided by it


def at_end(curves: np.ndarray) -> np.ndarray:
    """The value at the end of curves, (curves, epochs); (curves,)."""
    return np.median(curves[:, -max(1, curves.shape[1] // TAIL) :], 1)


@dataclass(frozen=True)
class Curves:
    """Runs of one variant with equally many epochs, none diverged; float64 (seeds, epochs)."""

    experiment: Experiment
    chance: Chance
    loss: np.ndarray
    val_loss: np.ndarray
    update: np.ndarray
    weight: np.ndarray
    rate: np.ndarray
    accuracy: np.ndarray | None  # of the training rows, where one was measured
    dead: tuple[dict[str, float] | None, ...]  # by seed, as in RunState
    rival: float | None = None  # validation loss at the end of the best other row, see `rivals`

    @classmethod
    def of(cls, runs: Sequence[RunState], chance: Chance, rival: float | None = None) -> "Curves":
        """The curves of runs that have the same columns and number of epochs."""
        columns = runs[0].columns
        table = np.stack([run.history for run in runs]).astype("float64")
        names = ("loss", "val_loss", "update_norm", "weight_norm", "learning_rate")
        found = [table[:, :, columns.index(name)] for name in names]
        measured = chance.column in columns
        accuracy = table[:, :, columns.index(chance.column)] if measured else None
        dead = tuple(dict(run.dead) if run.dead else None for run in runs)
        return cls(runs[0].experiment, chance, *found, accuracy, dead, rival)

    @property
    def epochs(self) -> int:
        """Epochs of each run."""
        return self.loss.shape[1]

    @property
    def last_fifth(self) -> int:
        """Number of epochs that tell where a curve is going."""
        return min(self.epochs, max(FEWEST, self.epochs // 5))

    @cached_property
    def scale(self) -> np.ndarray:
        """What a large loss is, (seeds,): that of a guess; if unknown, twice the first epoch's."""
        if self.chance.loss:
            return np.full(len(self.loss), self.chance.loss)
        return np.maximum(2 * np.abs(self.loss[:, 0]), 1e-12)

    @cached_property
    def smooth(self) -> np.ndarray:
        """The validation loss, each epoch the middle one of three; (seeds, epochs)."""
        edged = np.pad(self.val_loss, ((0, 0), (1, 1)), mode="edge")
        before, here, after = edged[:, :-2], edged[:, 1:-1], edged[:, 2:]
        low, high = np.minimum(before, here), np.maximum(before, here)
        return np.maximum(low, np.minimum(high, after))

    @cached_property
    def best(self) -> np.ndarray:
        """Index of the epoch with the lowest smoothed validation loss, (seeds,)."""
        return self.smooth.argmin(1)

    def at_end(self, curve: np.ndarray) -> np.ndarray:
        """A curve's value at the end, (seeds,)."""
        return at_end(curve)

    @property
    def step(self) -> np.ndarray:
        """How far a step moves the weights at the end, as a share of their size, (seeds,)."""
        return self.at_end(self.update) / np.maximum(self.at_end(self.weight), TINY)

    def at(self, curve: np.ndarray, epochs: np.ndarray) -> np.ndarray:
        """A curve's value at an index for each seed, (seeds,)."""
        return curve[np.arange(len(curve)), epochs]

    def jumps(self, curve: np.ndarray) -> np.ndarray:
        """How far a curve moves from one epoch to the next in its last half, (seeds, epochs)."""
        return np.diff(curve[:, self.epochs // 2 :], axis=1)
