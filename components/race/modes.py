"""The three ways of choosing learning rates that a race shows, and the runs that belong to each."""

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from math import nan

from training.design import Design
from training.race import default_rates, defaults, shared, tuned
from training.spec import Experiment
from training.states import ComparisonState, RunState
from training.variant_labels import labels

TUNED, DEFAULTS, SHARED = "each tuned", "Keras defaults", "one shared learning rate"
MODES = (TUNED, DEFAULTS, SHARED)


@dataclass(frozen=True)
class Shown:
    """Runs of one mode as a comparison of their own; `names` has the row of each run."""

    state: ComparisonState
    names: tuple[str, ...]
    title: str  # of charts: the mode, and what it cost


def race_of(state: ComparisonState) -> Design | None:
    """The design of a comparison that is a race, or None: also where another version planned it."""
    if not state.plan or "race" not in state.plan:
        return None
    return _read(json.dumps(state.plan))


@lru_cache(maxsize=32)  # a page asks again at every tick
def _read(plan: str) -> Design | None:
    try:
        return Design.from_json(json.loads(plan))
    except ValueError:
        return None


def row_names(design: Design) -> list[str]:
    """A name for each row, as typed or made from what differs beside the rate."""
    rate = design.race.rates[0]
    entrants = [design.trials[i, rate] for i in range(len(design.rows))]
    given = {e.variant: row.label for e, row in zip(entrants, design.rows, strict=True)}
    made = labels(entrants, given)
    # beside a schedule, a constant rate is told; in a race it is none of the row's own
    return [
        name if row.label else name.replace(f"lr {rate:g}", "constant rate")
        for name, row in zip(made, design.rows, strict=True)
    ]


def shown(state: ComparisonState, design: Design, mode: str, rate: float) -> Shown:
    """What a mode shows of a race; `rate` is the one that all rows share in the mode for it.

    That mode shows every rate of the grid, so it has no test numbers: they would choose a rate too.
    """
    trials = len(design.race.rates)
    if mode == TUNED:
        chosen = design.race.chosen or (None,) * len(design.rows)
        wanted, rates = tuned(design), dict(enumerate(chosen))
        title = f"each tuned ({trials} trials)"
    elif mode == DEFAULTS:
        wanted = defaults(design)
        rates = dict(enumerate(default_rates(design)))
        title = "Keras defaults (no trials)"
    else:
        wanted, rates = shared(design, rate), dict.fromkeys(range(len(design.rows)), rate)
        title = f"one shared learning rate {rate:g} (unfair)"
    called = {
        design.trials[i, its].variant: name if mode == SHARED else f"{name} lr {its:g}"
        for (i, its), name in zip(rates.items(), row_names(design), strict=True)
        if its is not None
    }
    if mode == SHARED:
        return _part(_sealed(state), wanted, called, f"{mode}{rate}", title)
    return _part(state, wanted, called, mode, title)


def _sealed(state: ComparisonState) -> ComparisonState:
    """The same without a number of the test rows."""
    return replace(state, runs=tuple(map(_without_test, state.runs)))


def _without_test(run: RunState) -> RunState:
    if not run.finals:
        return run
    test = dict.fromkeys(run.finals.get("test", ()), nan)
    return replace(run, finals={**run.finals, "test": test})


def _part(
    state: ComparisonState,
    wanted: list[Experiment],
    called: dict[Experiment, str],
    key: str,
    title: str,
) -> Shown:
    there = {run.experiment: run for run in state.runs}
    runs = tuple(there[e] for e in wanted if e in there)
    names = tuple(called[run.experiment.variant] for run in runs)
    # another id, so that what is remembered of one mode is not taken for another's
    return Shown(replace(state, id=f"{key} {state.id}", runs=runs), names, title)
