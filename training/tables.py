"""Histories as rows for CSV files: the same columns everywhere."""

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from training.spec import Experiment


class Trained(Protocol):
    """Whatever holds a history: float32 (epochs, columns) or None."""

    @property
    def rows(self) -> np.ndarray | None: ...


def history(experiments: Sequence[Experiment], runs: Sequence[Trained]) -> Iterator[list[object]]:
    """Header, then a row for each experiment and epoch; empty where a column is not its own."""
    names = all_columns(experiments)
    yield ["experiment", "seed", "epoch", *names]
    for position, (e, run) in enumerate(zip(experiments, runs, strict=True)):
        for epoch, row in enumerate([] if run.rows is None else run.rows, start=1):
            cells = dict(zip(e.columns, row, strict=False))
            numbers = [f"{cells[name]:.9g}" if name in cells else "" for name in names]
            yield [position, e.seed, epoch, *numbers]


def all_columns(experiments: Sequence[Experiment]) -> list[str]:
    """Columns of all experiments, each once: loss, metrics, val_loss, val_metrics."""
    names = dict.fromkeys(name for e in experiments for name in e.columns)
    return sorted(names, key=lambda name: name.startswith("val_"))
