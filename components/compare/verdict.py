"""What the seeds support, in plain words: a winner, or rows that cannot be told apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from components.compare.intervals import Estimate, middle, odds
from training.direction import direction
from training.states import RunState

FEWEST = 4  # seeds for a verdict: with three, two equal rows look different one time in ten
ENOUGH = 5  # seeds to advise
NEXT = 3  # rows of which it is said how often they are beaten


@dataclass(frozen=True)
class Verdict:
    """text: sentences, names as they were typed; winner: the row that is best for sure, or ""."""

    text: str
    winner: str = ""


def verdict(runs: Sequence[RunState], names: Sequence[str], column: str) -> Verdict | None:
    """Compare rows by a column on the validation rows, after the last epoch.

    `names` has the row of each run. None where there is nothing to compare: fewer than two rows,
    a column without a better direction, or runs that have not ended.
    """
    ways = {direction(run.experiment, column) for run in runs if column in run.columns}
    if len(set(names)) < 2 or len(ways) != 1 or "" in ways or not all(run.ended for run in runs):
        return None
    whole, left_out = _sorted_out(runs, names, column)
    if len(whole) < 2:
        return Verdict(f"{_ruler(column)}: fewer than two rows have finished all seeds. {left_out}")
    lower = ways == {"lower"}
    found = _judged(whole, lower)
    return Verdict(f"{_ruler(column)}: {found.text} {left_out}".rstrip(), found.winner)


def _ruler(column: str) -> str:
    return f"Validation {column.replace('_', ' ')}"


def _sorted_out(
    runs: Sequence[RunState], names: Sequence[str], column: str
) -> tuple[dict[str, tuple[float, ...]], str]:
    """Numbers of the rows that finished every seed; and a sentence about each of the others."""
    whole, said = {}, []
    for name in dict.fromkeys(names):
        own = [run for run, its in zip(runs, names, strict=True) if its == name]
        values = [_final(run, column) for run in own]
        diverged = sum(run.diverged is not None for run in own)
        if diverged:
            said.append(f"{name} is left out: {diverged} of {_seeds(len(own))} diverged.")
        elif not np.isfinite(values).all():
            said.append(f"{name} is left out: not all its seeds have finished.")
        else:
            whole[name] = tuple(values)
    enough = {name: values for name, values in whole.items() if len(values) >= FEWEST}
    if len(enough) > 1:  # a row with fewer, as files may bring, must not cost the others theirs
        few = [(name, len(values)) for name, values in whole.items() if name not in enough]
        said += [f"{name} is left out: {_seeds(count)} cannot support it." for name, count in few]
        whole = enough
    return whole, " ".join(said)


def _final(run: RunState, column: str) -> float:
    finals: Mapping[str, float] = (run.finals or {}).get("validation", {})
    return finals.get(column, np.nan)


def _judged(whole: dict[str, tuple[float, ...]], lower: bool) -> Verdict:
    seeds = min(map(len, whole.values()))
    middles = {name: middle(values) for name, values in whole.items()}
    order = sorted(whole, key=lambda name: middles[name].value, reverse=not lower)
    if seeds < FEWEST:
        return Verdict(_few(whole, order, lower, seeds))
    best = order[0]
    level = [name for name in order if middles[name].overlaps(middles[best])]
    rest = [name for name in order if name not in level]
    if len(level) == 1:
        second = order[1]
        won = odds(whole[best], whole[second], lower)
        return Verdict(
            f"{best} is best with {_shown(middles[best])} over {seeds} seeds; "
            f"the next, {second}, has {_shown(middles[second])}. "
            f"A seed of {best} beats one of {second} {won:.0%} of the time.",
            best,
        )
    together = f"{listed(level)} cannot be told apart with {seeds} seeds"
    numbers = ", ".join(_shown(middles[name]) for name in level)
    behind = f"; {listed(rest)} {'is' if len(rest) == 1 else 'are'} behind {best}" if rest else ""
    won = [f"one of {n} {odds(whole[best], whole[n], lower):.0%}" for n in level[1 : NEXT + 1]]
    beats = f": a seed of {best} beats {listed(won)} of the time"
    return Verdict(f"{together} ({numbers}){beats}{behind}.")


def listed(names: Sequence[str]) -> str:
    """Names in a sentence, such as "SGD, Adam and Lion"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _few(whole: dict[str, tuple[float, ...]], order: Sequence[str], lower: bool, seeds: int) -> str:
    """What can be said of seeds that are too few for a verdict."""
    advice = f"Take {ENOUGH} seeds for a verdict."
    if seeds == 1:
        return f"one seed cannot tell skill from luck. {advice}"
    best = order[0]
    if all(odds(whole[best], whole[name], lower) == 1 for name in order[1:]):
        return f"{best} was ahead in all {seeds} seeds, which are too few to be sure. {advice}"
    return f"{seeds} seeds cannot tell who is ahead. {advice}"


def _shown(estimate: Estimate) -> str:
    return f"{estimate.value:.3g} [{estimate.low:.3g} to {estimate.high:.3g}]"


def _seeds(count: int) -> str:
    return f"{count} seed{'s' if count != 1 else ''}"
