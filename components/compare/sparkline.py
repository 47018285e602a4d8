"""Small curves for the table: the median over seeds, on one scale where rows share a ruler."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from components.compare.measures import way_of
from training.states import RunState
from training.target import PREFIX

POINTS, LIVE_POINTS = 30, 12  # most points of a curve, ended and while it grows


@dataclass(frozen=True)
class Sparklines:
    """curves: by row, finite numbers; low and high: the scale of all, None for one each.

    of: the column of the history that they draw.
    """

    curves: Mapping[str, list[float]]
    low: float | None = None
    high: float | None = None
    of: str = PREFIX + "loss"


def sparklines(rows: Mapping[str, Sequence[RunState]], by: str, most: int) -> Sparklines:
    """Medians of validation column `by`, which all rows share; of each row's own loss for "".

    An epoch is drawn where at least half of the seeds have a number, as in the charts.
    """
    found = {name: _median(runs, PREFIX + (by or "loss"), most) for name, runs in rows.items()}
    drawn = [curve for curve in found.values() if len(curve)]
    if not by or not drawn:
        return Sparklines({name: curve.tolist() for name, curve in found.items()})
    falls = way_of([run for runs in rows.values() for run in runs], by) == "lower"
    low, high = _scale(drawn, falls)
    # a number beside the scale, by however little, and the browser gives its row another scale
    clipped = {name: np.clip(curve, low, high).tolist() for name, curve in found.items()}
    return Sparklines(clipped, low, high, PREFIX + by)


def _scale(curves: Sequence[np.ndarray], falls: bool) -> tuple[float, float]:
    """From the lowest number to the highest; what should fall is cut at twice a usual start.

    The second is larger than the first, or no curve would be drawn.
    """
    low = min(float(curve.min()) for curve in curves)
    high = max(float(curve.max()) for curve in curves)
    start = float(np.median([curve[0] for curve in curves]))
    limit = start + abs(start)
    high = limit if falls and low < limit < high else high
    return low, high if high > low else low + (abs(low) or 1.0)


def _median(runs: Sequence[RunState], column: str, most: int) -> np.ndarray:
    longest = max((len(run.history) for run in runs), default=0)
    at = np.unique(np.linspace(0, longest - 1, min(most, longest)).round().astype(int))
    table = np.full((len(runs), len(at)), np.nan)
    for row, run in zip(table, runs, strict=True):
        if column in run.columns:
            its = at[at < len(run.history)]
            row[: len(its)] = run.history[its, run.columns.index(column)]
    table[~np.isfinite(table)] = np.nan
    enough = np.isfinite(table).sum(0) * 2 >= len(runs)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # an epoch without any number
        middle = np.nanmedian(table, 0)[enough]
    return np.array([float(f"{value:.4g}") for value in middle])
