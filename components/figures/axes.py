"""How curves are laid out: what runs along the x axis, scales, smoothing, size."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from components.figures.run import Line
from components.figures.variant import Variant

Across = Literal["epochs", "steps", "examples", "seconds"]
TITLES: dict[Across, str] = {
    "epochs": "epoch",
    "steps": "step (one update of the weights)",
    "examples": "examples seen",
    "seconds": "seconds of training",
}
UNTIMED = "seconds (not trained together: not comparable)"


@dataclass(frozen=True)
class Axes:
    """What is the same in every chart of a page, whatever column it draws."""

    across: Across = "epochs"
    log_x: bool = False
    smoothing: float = 0.0  # weight of what was before, see `smoothed`; 0 leaves curves raw
    seeds: bool = True  # each seed's own curve, thin, beside the median
    zoom: float = 1.0  # of text, lines and height
    coarse: float = 1.0  # how many times fewer points are sent than a chart alone would have


@dataclass(frozen=True)
class Places:
    """Where a curve's epochs lie along the x axis."""

    each: float  # from one epoch to the next, where they are evenly spaced
    times: np.ndarray | None = None  # float64 (epochs,) where they are not: seconds

    def at(self, positions: np.ndarray) -> np.ndarray:
        """x of epochs counted from 0, float64."""
        return self.each * (positions + 1.0) if self.times is None else self.times[positions]


def places(runs: Line | Variant, across: Across) -> Places:
    """Of a run, or of the median of a variant's runs."""
    first = runs.lines[0] if isinstance(runs, Variant) else runs
    match across:
        case "seconds":
            spent = runs.median if isinstance(runs, Variant) else runs.values
            return Places(1, elapsed(spent("seconds")))
        case "steps":
            return Places(first.steps)
        case "examples":
            return Places(first.examples)
    return Places(1)


def elapsed(seconds: np.ndarray) -> np.ndarray:
    """Seconds since the start after each epoch, float64 (epochs,), from those that each took.

    The first epoch's are not known (see `training.clock`), so it counts like the second.
    """
    each = seconds.astype("float64")
    if len(each) > 1 and np.isnan(each[0]):
        each[0] = each[1]
    return np.cumsum(each)


def length(lines: Sequence[Line], across: Across, epochs: int) -> float | None:
    """Where the x axis ends when all epochs are done; None where nobody knows: seconds."""
    if across == "seconds":
        return None
    last = max((places(line, across).each * (line.epochs or epochs) for line in lines), default=0)
    return max(last, epochs, 2)
