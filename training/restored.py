"""The epoch whose weights a run ends with, where early stopping takes back those of the best."""

import numpy as np

from training.direction import direction
from training.monitored import stopping
from training.states import RunState


def pictured(run: RunState, epoch: int) -> int:
    """The epoch whose weights the picture that was kept at an epoch is of.

    The last one is of the finished model, whose weights may be those of an earlier epoch.
    """
    return restored(run) or epoch if epoch == run.epochs_done else epoch


def restored(run: RunState) -> int | None:
    """The epoch whose weights a finished run has, where early stopping took them back; else None.

    That is the best one by the column that is watched, as Keras counts improvements.
    """
    found = stopping(run.experiment)
    if run.status != "finished" or not found or not found.params.get("restore_best_weights"):
        return None
    params = found.full("callback")
    column, first = params["monitor"], params["start_from_epoch"]
    way = (
        params["mode"]
        if params["mode"] != "auto"
        else direction(run.experiment, column.removeprefix("val_"))
    )
    sign = 1.0 if way in ("max", "higher") else -1.0
    values = sign * run.history[first:, run.columns.index(column)].astype("float64")
    best, at = -np.inf, 0
    for epoch, value in enumerate(values):
        if value - params["min_delta"] > best:
            best, at = value, epoch
    return first + at + 1 if len(values) else None
