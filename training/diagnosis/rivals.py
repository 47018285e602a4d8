"""How far other rows of a comparison came: a measure for a row that learned little."""

from collections.abc import Hashable, Sequence

import numpy as np

from training.diagnosis.curves import at_end
from training.spec import Experiment
from training.states import RunState


def rivals(rows: Sequence[Sequence[RunState]]) -> list[float | None]:
    """By row, the validation loss at the end of the best other one whose loss means the same.

    Such a row has the same data, model, losses and weights. None where there is no better one.
    """
    ends = [_end(runs) for runs in rows]
    kinds = [_kind(runs[0].experiment.variant) if runs else None for runs in rows]
    found: list[float | None] = []
    for own, kind in zip(ends, kinds, strict=True):
        alike = [end for end, its in zip(ends, kinds, strict=True) if its == kind and end < own]
        found.append(min(alike, default=None))
    return found


def _end(runs: Sequence[RunState]) -> float:
    """The median over seeds; infinite where all diverged or none has begun."""
    losses = [
        float(at_end(run.history[None, :, run.columns.index("val_loss")])[0])
        for run in runs
        if len(run.history) and not run.diverged
    ]
    return float(np.median(losses)) if losses else np.inf


def _kind(e: Experiment) -> Hashable:
    compiled = e.compile
    return e.dataset, e.model, compiled.losses, compiled.loss_weights, e.fit.row_weights
