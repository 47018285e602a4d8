"""The numbers of a comparison: a row per variant, mean and spread over its seeds."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from components.progress import word
from training.states import RunState

PARTS = ("train", "validation", "test")
SPREAD = "±"


def table(runs: Sequence[RunState], names: Sequence[str], final: bool) -> pd.DataFrame:
    """Variants in rows; runs, outcome, epochs, then mean and standard deviation by part and column.

    final: numbers of the finished model on all three parts; else those of the last epoch so far.
    Diverged runs count in the outcome, not in the means; a spread needs two numbers.
    """
    columns = list(dict.fromkeys(c for run in runs for c in _own(run)))
    several_losses = len({run.experiment.compile.loss_name for run in runs}) > 1
    records = []
    for name in dict.fromkeys(names):
        own = [run for run, its in zip(runs, names, strict=True) if its == name]
        record: dict[str, Any] = {"Variant": name}
        if several_losses:
            record["Loss function"] = own[0].experiment.compile.loss_name
        record |= {"Outcome": outcome(own), "Epochs": float(np.mean([r.epochs_done for r in own]))}
        found = [_numbers(run, final) for run in own]
        record["n"] = sum(bool(numbers) for numbers in found)
        for part in PARTS if final else PARTS[:2]:
            for column in columns:
                values = [
                    n[part, column] for n in found if np.isfinite(n.get((part, column), np.nan))
                ]
                record[f"{part} {column}"] = np.mean(values) if values else np.nan
                if len(own) > 1:
                    spread = np.std(values, ddof=1) if len(values) > 1 else np.nan
                    record[f"{part} {column} {SPREAD}"] = spread
        records.append(record)
    return pd.DataFrame(records)


def outcome(runs: Sequence[RunState]) -> str:
    """What became of the runs of one variant, such as "3 finished, 2 diverged (epochs 4 to 9)"."""
    counts: dict[str, int] = {}
    for run in runs:
        status = word(run.status)
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


def _own(run: RunState) -> list[str]:
    return [c for c in run.experiment.columns if not c.startswith("val_")]


def _numbers(run: RunState, final: bool) -> dict[tuple[str, str], float]:
    """(part, column) -> value; empty for a run that diverged or has nothing to say."""
    if run.diverged or not len(run.history):
        return {}
    if final and run.finals:
        return {(p, c): v for p, values in run.finals.items() for c, v in values.items()}
    last = dict(zip(run.columns, map(float, run.history[-1]), strict=False))
    parts = (("train", ""), ("validation", "val_"))
    return {(p, c): last[prefix + c] for p, prefix in parts for c in _own(run)}
