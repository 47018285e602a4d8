"""Runs of other people's files beside those of a comparison, as one comparison."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from training.likeness import likeness
from training.spec import Experiment
from training.states import RESULTS, ComparisonState, RunState

MOST_ROWS = 24  # variants of all runs together; more curves cannot be told apart


@dataclass(frozen=True)
class Joined:
    """A comparison with its guests, and what became of those that came."""

    state: ComparisonState
    guests: tuple[RunState, ...]  # that are in it
    foreign: frozenset[Experiment]  # variants of guests only
    doubled: int  # were there already: the same experiment with the same seed
    unfinished: int  # neither finished nor diverged
    beyond: int  # would have made more than MOST_ROWS rows
    unlike: Mapping[str, int]  # what is other than in the comparison -> runs that stay outside


def joined(state: ComparisonState, given: Sequence[RunState]) -> Joined:
    """`state` with `given`: behind the seeds of the same variant, or in rows of their own.

    Runs that mean something else than its own, as `likeness` tells, stay outside.
    The version is another one for other guests, so that whatever is drawn from it is drawn anew.
    """
    seen = {run.experiment.canonical for run in state.runs}
    rows: dict[Experiment, list[RunState]] = {}
    for run in state.runs:
        rows.setdefault(run.experiment.variant, []).append(run)
    own, guests = set(rows), []
    doubled = unfinished = beyond = 0
    like, unlike = likeness(run.experiment for run in state.runs), Counter[str]()
    for run in given:
        variant = run.experiment.variant
        if broken := like.broken_by(run.experiment):
            unlike[broken] += 1
        elif run.status not in RESULTS:
            unfinished += 1
        elif run.experiment.canonical in seen:
            doubled += 1
        elif variant not in rows and len(rows) >= MOST_ROWS:
            beyond += 1
        else:
            seen.add(run.experiment.canonical)
            rows.setdefault(variant, []).append(run)
            guests.append(run)
    made = state
    if guests:
        version = hash((state.version, *(run.digest for run in guests)))
        made = replace(state, version=version, runs=tuple(r for row in rows.values() for r in row))
    foreign = frozenset(rows.keys() - own)
    return Joined(made, tuple(guests), foreign, doubled, unfinished, beyond, unlike)
