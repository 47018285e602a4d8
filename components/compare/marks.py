"""Which number of a column is the best one, where the seeds support it."""

from collections.abc import Sequence

import numpy as np

from components.compare.intervals import Estimate, middle
from components.compare.table import Measured
from components.compare.verdict import FEWEST


def best_rows(found: Measured, one_loss: bool) -> dict[str, str]:
    """Column -> the row whose interval overlaps no other's; columns without one are left out.

    A row takes part in a column with a number for every seed, at least FEWEST of them. Losses of
    unlike meaning, as `one_loss` says, are not ranked.
    """
    best = {}
    for column in found.columns:
        if not column.way or (column.name.endswith("loss") and not one_loss):
            continue
        values = {name: found.values(name, column.name) for name in found.rows}
        judged = {
            name: _interval(tuple(own))
            for name, own in values.items()
            if len(own) >= FEWEST and not np.isnan(own).any()
        }
        row = _best(judged, column.way == "lower")
        if row:
            best[column.name] = row
    return best


def _best(judged: dict[str, Estimate], lower: bool) -> str:
    if len(judged) < 2:
        return ""
    name = (min if lower else max)(judged, key=lambda name: judged[name].value)
    others: Sequence[Estimate] = [its for other, its in judged.items() if other != name]
    return "" if any(judged[name].overlaps(its) for its in others) else name


def _interval(values: tuple[float, ...]) -> Estimate:
    """As in the verdict; with misses of a target, from the fastest seed to never."""
    if np.isfinite(values).all():
        return middle(values)
    return Estimate(float(np.median(values)), min(values), np.inf)
