"""The learning rate of a run over its epochs: in stairs where it jumps."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from components.figures.curves import curves
from components.figures.run import Line
from training.scheduled import schedule_of
from training.states import RunState

WIDE = 100.0  # times the smallest rate: two decades, whose lower one a linear axis hides


def far_apart(drawn: Sequence[Line], times: float) -> bool:
    """Whether the largest learning rate is more than so many times the smallest."""
    rates = np.concatenate([line.values("learning_rate") for line in drawn])
    rates = rates[np.isfinite(rates)]
    return len(rates) > 0 and bool(rates.min() > 0 and rates.max() > times * rates.min())


def rate_curve(run: RunState, drawn: Sequence[Line], epochs: int) -> dict[str, Any]:
    """The curve, on a logarithmic axis where rates are far apart."""
    made = curves(
        drawn,
        "learning_rate",
        epochs=epochs,
        title="learning rate",
        log_y=far_apart(drawn, WIDE),
        parts=("train",),
    )
    if _jumps(run):
        for trace in made["data"]:
            if trace.get("mode", "").startswith("lines"):
                # an epoch's rate holds from the end of the one before
                trace["line"] = {**trace.get("line", {}), "shape": "vh"}
    return made


def _jumps(run: RunState) -> bool:
    schedule = schedule_of(run.experiment.compile.optimizer)
    if schedule is None:
        return True
    return schedule.name == "PiecewiseConstantDecay" or bool(schedule.params.get("staircase"))
