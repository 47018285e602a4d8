"""How far, and how long, a run trains to a target; and the target's line in a chart."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from training.clock import together
from training.epoch import steps_of
from training.states import RESULTS, RunState
from training.target import PREFIX, Target

GREY = "#6b7280"  # readable on a light and on a dark page

NOT_TOGETHER = (
    "Not all runs here trained together: some are of an earlier or a separate job, with other "
    "company on the computer. Hold no row's seconds against another's; epochs can be compared."
)


def epochs_to(run: RunState, target: Target) -> float:
    """The first epoch after which a run meets the target.

    Infinite when it finished or diverged without; NaN while that is open, or was left open because
    the run was stopped.
    """
    if target.column in run.columns and len(run.history):
        met = target.reached(run.history[:, run.columns.index(target.column)])
        if met.any():
            return float(met.argmax() + 1)
    return np.inf if run.status in RESULTS else np.nan


def steps_to(run: RunState, epochs: float) -> float:
    """Updates of the weights in as many epochs."""
    return epochs * steps_of(run.experiment)


def epoch_seconds(run: RunState) -> float:
    """Mean seconds of an epoch; NaN where nobody measured them.

    A run is one of many in a graph, and has an equal share of its time. Epochs whose time says
    nothing are left out, as the first, which prepares the graph.
    """
    if "seconds" not in run.columns or not len(run.history):
        return np.nan
    seconds = run.history[:, run.columns.index("seconds")]
    known = seconds[np.isfinite(seconds)]
    return float(known.sum() / len(known)) if len(known) else np.nan


def trained_together(runs: Sequence[RunState]) -> bool:
    """Whether seconds of these runs can be held against each other: all are shares of one graph."""
    return together(
        run.history[:, run.columns.index("seconds")]
        for run in runs
        if "seconds" in run.columns and len(run.history)
    )


def seconds_to(run: RunState, epochs: float) -> float:
    """Seconds in as many epochs, those that nobody measured counted as the mean of the others."""
    if not np.isfinite(epochs) or "seconds" not in run.columns:
        return epochs if np.isinf(epochs) else np.nan
    seconds = run.history[: int(epochs), run.columns.index("seconds")]
    known = np.isfinite(seconds)
    missing = len(seconds) - int(known.sum())
    return float(seconds[known].sum()) + (missing * epoch_seconds(run) if missing else 0.0)


def middle_of(values: Sequence[float]) -> float:
    """Median over seeds, in which a miss counts as infinite; NaN while it is open.

    As AlgoPerf scores a workload: the median over studies, a study that misses its target taking
    infinitely long (docs/DOCUMENTATION.md of github.com/mlcommons/algorithmic-efficiency, Scoring;
    the benchmark of https://arxiv.org/abs/2306.07179).
    """
    array = np.array(values, "float64")
    still_open = np.isnan(array)
    middle = float(np.median(np.where(still_open, np.inf, array)))
    return np.nan if np.isinf(middle) and still_open.any() else middle


def target_line(target: Target | None, column: str, log_y: bool) -> dict[str, list[dict[str, Any]]]:
    """Shapes and annotations for a chart of `column` ("accuracy" for "val_accuracy").

    Empty lists where the chart shows something else, or cannot show the number. What the line is
    stands above the curves, where none can lie on it.
    """
    if not target or target.column != PREFIX + column or (log_y and target.value <= 0):
        return {"shapes": [], "annotations": []}
    line = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "layer": "below"}
    line |= {"y0": target.value, "y1": target.value}
    line["line"] = {"color": GREY, "width": 1.5, "dash": "dot"}
    said = {"name": "target", "text": f"┄ target {target.value:.4g}", "showarrow": False}
    said |= {"xref": "paper", "x": 0, "xanchor": "left", "font": {"size": 11, "color": GREY}}
    said |= {"yref": "paper", "y": 1, "yanchor": "bottom"}
    return {"shapes": [line], "annotations": [said]}
