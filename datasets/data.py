"""What a data set is: its facts, known without making it, and its arrays."""

from dataclasses import dataclass
from math import ceil
from typing import Literal

import numpy as np

from datasets.parameters import VALIDATION

Task = Literal["binary", "multiclass", "multilabel", "regression"]


@dataclass(frozen=True)
class Head:
    """One thing to predict. `units` is 1 (binary), or the number of classes, labels or numbers."""

    name: str
    task: Task
    units: int
    names: tuple[str, ...]  # of classes, of labels, or of the number


@dataclass(frozen=True)
class Facts:
    """What is known of a data set before its arrays are made: enough to draw a model."""

    shape: tuple[int, ...]  # of one input: (features,) or (rows, columns, channels)
    features: tuple[str, ...]  # feature names; empty for pictures
    heads: tuple[Head, ...]  # one, or several for several outputs
    rows: int  # train + validation + test together
    validation: float = VALIDATION.default  # share of the rows that the test leaves

    @property
    def train_rows(self) -> int:
        """Rows to train on, as `split` deals them: each cut rounds its smaller part up."""
        return self._learnt_from - self.validation_rows

    @property
    def validation_rows(self) -> int:
        """Rows to validate on."""
        return ceil(self.validation * self._learnt_from)

    @property
    def _learnt_from(self) -> int:
        """All but the test rows."""
        return self.rows - ceil(0.2 * self.rows)


@dataclass(frozen=True)
class Split:
    """One part of the data. x: float32 (rows, *shape). y: by head name, see `Data`."""

    x: np.ndarray
    y: dict[str, np.ndarray]


@dataclass(frozen=True)
class Data:
    """A data set, ready to train on; inputs standardised by the training part's mean and deviation.

    Targets by task: binary and multiclass int64 (rows,), multilabel float32 (rows, labels) of 0
    and 1, regression float32 (rows, 1).
    """

    facts: Facts
    train: Split
    validation: Split
    test: Split
    centre: np.ndarray  # float32, mean taken from each feature
    scale: np.ndarray  # float32, what it was divided by
