"""How the result depends on the learning rate: what a sweep over rates found, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, log10

import numpy as np

from training.catalog import entry
from training.scheduled import at_rate, schedule_of, top_rate
from training.spec import Choice, Experiment
from training.states import RunState

NEAR = 0.1  # of the best value: rates that come so close are good ones
DIGITS = 6  # to which two schedules agree that are one in proportion
FEWEST = 3  # rates that make a sweep


@dataclass(frozen=True)
class Sweep:
    """One row at several learning rates.

    values: by rate, the number of each seed after the last epoch; NaN where it diverged, and
    nothing of a seed that has not begun or was stopped.
    """

    name: str
    rates: tuple[float, ...]  # ascending
    values: tuple[tuple[float, ...], ...]

    def middles(self) -> np.ndarray:
        """Median over seeds, float64 (rates,); NaN where fewer than half have a number."""
        return np.array([_median(values) for values in self.values])

    @property
    def lost(self) -> tuple[float, ...]:
        """The rates at which half of the seeds diverged, or more."""
        pairs = zip(self.rates, self.values, strict=True)
        return tuple(r for r, own in pairs if own and 2 * np.isnan(own).sum() >= len(own))

    @property
    def seeds(self) -> int:
        """The most seeds that are known at one rate."""
        return max(map(len, self.values))

    def best(self, lower: bool) -> int | None:
        """Position of the best rate, or None where no rate has a number."""
        ranked = self.middles() if lower else -self.middles()
        return int(np.nanargmin(ranked)) if np.isfinite(ranked).any() else None

    def width(self, lower: bool) -> float:
        """Decades around the best rate in which every rate of the sweep is good.

        Good is a value within NEAR of the best: at most 1.1 times the lowest, or at least 0.9 times
        the highest. 0 when only the best is; from the first good rate to the last.
        """
        best, middles = self.best(lower), self.middles()
        if best is None:
            return 0.0
        top = middles[best]
        good = middles <= top + NEAR * abs(top) if lower else middles >= top - NEAR * abs(top)
        first = last = best
        while first > 0 and good[first - 1]:
            first -= 1
        while last + 1 < len(good) and good[last + 1]:
            last += 1
        return log10(self.rates[last] / self.rates[first])


def sweeps(runs: Sequence[RunState], names: Sequence[str], column: str) -> list[Sweep]:
    """A sweep for each of `names` (one per run) that was run at FEWEST rates or more.

    Of a schedule the rate is the highest that it names. Runs that never move are left out.
    """
    found: dict[str, dict[float, list[float]]] = {}
    for run, name in zip(runs, names, strict=True):
        rate = top_rate(run.experiment.compile.optimizer)
        if not rate:
            continue  # has no place on a logarithmic axis
        known = found.setdefault(name, {}).setdefault(rate, [])
        if run.diverged or np.isfinite(last(run, f"val_{column}")):
            known.append(last(run, f"val_{column}"))
    return [
        Sweep(name, tuple(sorted(at)), tuple(tuple(at[rate]) for rate in sorted(at)))
        for name, at in found.items()
        if len(at) >= FEWEST
    ]


def last(run: RunState, column: str) -> float:
    """A column after the last epoch so far; NaN for a run that diverged, was stopped or is new."""
    stopped = run.ended and run.status != "finished"
    if run.diverged or stopped or not len(run.history) or column not in run.columns:
        return float("nan")
    return float(run.history[-1, run.columns.index(column)])


def rateless(experiment: Experiment) -> Experiment:
    """The variant at its optimizer's own learning rate: equal for those that differ in the rate.

    Of a schedule all rates are taken in proportion; one of zeros stays.
    """
    own = experiment.compile.optimizer
    usual = entry("optimizer", own.name).argument("learning_rate").default
    params = {name: value for name, value in own.params.items() if name != "learning_rate"}
    if schedule_of(own):
        if not top_rate(own):
            return experiment.variant
        params["learning_rate"] = at_rate(own, usual, DIGITS)
    compiled = replace(experiment.compile, optimizer=Choice(own.name, params))
    return replace(experiment.variant, compile=compiled)


def _median(values: Sequence[float]) -> float:
    finite = np.isfinite(values)
    if not len(values) or 2 * finite.sum() < len(values):
        return float("nan")
    middle = float(np.median(np.where(finite, values, inf)))
    return middle if np.isfinite(middle) else float("nan")
