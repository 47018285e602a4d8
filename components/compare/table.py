"""The numbers of a comparison: a row per variant, mean and spread over its seeds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from components.compare.measures import TO_TARGET, Column, columns, measured, ruler
from components.compare.target import middle_of
from components.progress import word
from training.catalog.state_bytes import state_bytes
from training.layers import architecture
from training.monitored import stopped_early
from training.shapes import trained_shapes
from training.states import RunState
from training.target import Target

SPREAD = "±"
STATE = "state bytes per parameter"


@dataclass(frozen=True)
class Measured:
    """Numbers of every seed: by row, what each of its runs measures; `by`: the common ruler."""

    columns: tuple[Column, ...]
    rows: Mapping[str, Sequence[RunState]]
    numbers: Mapping[str, Sequence[Mapping[str, float]]]
    by: str

    def values(self, row: str, column: str) -> list[float]:
        """One number per seed, NaN where it has none."""
        return [numbers.get(column, np.nan) for numbers in self.numbers[row]]


def measure(
    runs: Sequence[RunState],
    names: Sequence[str],
    final: bool,
    target: Target | None = None,
    metric: str = "",
) -> Measured:
    """Measure runs, `names` has the row of each; `metric` rules where losses cannot."""
    rows: dict[str, list[RunState]] = {}
    for run, name in zip(runs, names, strict=True):
        rows.setdefault(name, []).append(run)
    by = ruler(runs, metric)
    numbers = {
        name: [measured(run, final, target, by) for run in own] for name, own in rows.items()
    }
    return Measured(columns(runs, final, target, by), rows, numbers, by)


def table(
    runs: Sequence[RunState],
    names: Sequence[str],
    final: bool,
    target: Target | None = None,
    metric: str = "",
) -> pd.DataFrame:
    """Variants in rows; runs, outcome, epochs, then mean and standard deviation by part and column.

    final: numbers of the finished model on all three parts; else those of the last epoch so far.
    Diverged runs count in the outcome, not in the means; a spread needs two numbers. What is
    counted, such as epochs to the target, has its median: a miss is infinite.
    """
    return framed(measure(runs, names, final, target, metric))


def framed(found: Measured) -> pd.DataFrame:
    """The table of what was measured."""
    several_losses = len({_loss(own) for own in found.rows.values()}) > 1
    records = []
    for name, own in found.rows.items():
        record: dict[str, Any] = {"Variant": name}
        if several_losses:
            record["Loss function"] = _loss(own)
        record |= {"Outcome": outcome(own), "Epochs": float(np.mean([r.epochs_done for r in own]))}
        record["n"] = sum("train loss" in numbers for numbers in found.numbers[name])
        record["diverged"] = sum(run.diverged is not None for run in own) / len(own)
        for column in found.columns:
            record |= _summed_up(column, found.values(name, column.name))
        record[STATE] = _state(own[0])
        records.append(record)
    return pd.DataFrame(records)


def _summed_up(column: Column, values: list[float]) -> dict[str, float]:
    if column.group == TO_TARGET:
        return {column.name: middle_of(values)}
    finite = [value for value in values if np.isfinite(value)]
    if column.middle:
        return {column.name: float(np.median(finite)) if finite else np.nan}
    found = {column.name: float(np.mean(finite)) if finite else np.nan}
    if len(values) > 1:
        spread = float(np.std(finite, ddof=1)) if len(finite) > 1 else np.nan
        found[f"{column.name} {SPREAD}"] = spread
    return found


def _loss(runs: Sequence[RunState]) -> str:
    return runs[0].experiment.compile.loss_name


def _state(run: RunState) -> float:
    optimizer = run.experiment.compile.optimizer
    shapes = trained_shapes(architecture(run.experiment))
    return state_bytes(optimizer.name, optimizer.full("optimizer"), shapes)


def outcome(runs: Sequence[RunState]) -> str:
    """What became of the runs of one variant, such as "3 finished, 2 diverged (epochs 4 to 9)"."""
    counts: dict[str, int] = {}
    for run in runs:
        status = "stopped early" if stopped_early(run) else word(run.status)
        counts[status] = counts.get(status, 0) + 1
    texts = []
    for status, count in counts.items():
        text = status if len(runs) == 1 else f"{count} {status}"
        if status == "diverged":
            at = sorted(run.diverged for run in runs if run.diverged)
            span = f"epoch {at[0]}" if at[0] == at[-1] else f"epochs {at[0]} to {at[-1]}"
            text += f" ({span})"
        texts.append(text)
    return ", ".join(texts)
