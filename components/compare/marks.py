"""Which number of a column is the best one, where the seeds support it."""

from collections.abc import Mapping

import numpy as np
from scipy.stats import trim_mean

from components.compare.intervals import TRIMMED, Estimate, middle
from components.compare.table import Measured
from components.compare.verdict import FEWEST
from training.states import RESULTS


def best_rows(found: Measured, one_loss: bool) -> dict[str, str]:
    """Column -> the row whose interval overlaps no other's; columns without one are left out.

    A row takes part in a column with a number for every seed, at least FEWEST of them, none of
    which was stopped. Losses of unlike meaning, as `one_loss` says, are not ranked.
    """
    best = {}
    ended = [name for name, own in found.rows.items() if all(r.status in RESULTS for r in own)]
    alike = len({run.experiment.compile.losses for own in found.rows.values() for run in own}) == 1
    for column in found.columns:
        unlike = column.name.endswith(" loss") and not one_loss
        unlike = unlike or (column.name.endswith("_loss") and not alike)  # of an output
        if not column.way or unlike:
            continue
        values = {name: found.values(name, column.name) for name in ended}
        whole = {
            name: tuple(own)
            for name, own in values.items()
            if len(own) >= FEWEST and not np.isnan(own).any()
        }
        row = _best(whole, column.way == "lower")
        if row:
            best[column.name] = row
    return best


def _best(whole: Mapping[str, tuple[float, ...]], lower: bool) -> str:
    """The row ahead of all others, or "". The nearest is asked first: a bootstrap takes a while."""
    order = sorted(whole, key=lambda name: _centre(whole[name]), reverse=not lower)
    if len(order) < 2:
        return ""
    first, *others = order
    level = any(_interval(whole[first]).overlaps(_interval(whole[name])) for name in others)
    return "" if level else first


def _centre(values: tuple[float, ...]) -> float:
    return float(trim_mean(values, TRIMMED) if np.isfinite(values).all() else np.median(values))


def _interval(values: tuple[float, ...]) -> Estimate:
    """As in the verdict; with misses of a target, from the fastest seed to never."""
    if np.isfinite(values).all():
        return middle(values)
    return Estimate(_centre(values), min(values), np.inf)
