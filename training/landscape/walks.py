"""The ways of weights through training: the runs are trained once more, with the same numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from training.lane_weights import weights_of
from training.plan import plan
from training.spec import Experiment
from training.stack import Stack, initial

MOST = 30  # epochs that are kept of a run, beside its start
ROOM = 8_000_000  # weights that are kept of all runs together


@dataclass(frozen=True, eq=False)
class Walk:
    """One run: its weights at k epochs, the first one 0, the last one as `evaluate` sees them."""

    epochs: list[int]
    weights: np.ndarray  # float32 (k, parameters)
    state: list[np.ndarray]  # non-trainable variables at the end
    stack: Stack  # in which it was trained
    lane: int  # of that stack


def walks(experiments: Sequence[Experiment], say: Callable[[str], None]) -> list[Walk]:
    """The walk of each run. `say` hears how far it is, and may raise to end the work."""
    found: dict[int, Walk] = {}
    for positions in plan(experiments):
        own = [experiments[position] for position in positions]
        for position, walk in zip(positions, _stacked(own, len(experiments), say), strict=True):
            found[position] = walk
    return [found[position] for position in range(len(experiments))]


def _stacked(
    experiments: Sequence[Experiment], lanes: int, say: Callable[[str], None]
) -> list[Walk]:
    say("Preparing to train once more")
    stack = Stack(experiments)
    epochs, kept = experiments[0].epochs, max(2, ROOM // (lanes * stack.program.size))
    wanted = np.linspace(0, epochs, min(MOST, epochs, kept) + 1).round().astype(int).tolist()
    rows = [{0: initial(stack.layers, e.seed)[0]} for e in experiments]
    done = [0] * len(experiments)
    for chunk in stack.chunks(wanted[1:]):
        say(f"Training once more: epoch {chunk.epochs} of {epochs}")
        now = stack.program.rows().numpy() if chunk.over or chunk.epochs in wanted else None
        for position, table in enumerate(chunk.rows):
            done[position] += len(table)
            ended = done[position] < chunk.epochs
            if now is not None and (chunk.over or not ended):
                rows[position][done[position]] = now[stack.arrangement.place[position]]
    walked = []
    for position, own in enumerate(rows):
        lane = stack.arrangement.place[position]
        real = {epoch: row for epoch, row in own.items() if np.isfinite(row).all()}
        weights = np.stack(list(real.values()))
        walked.append(Walk(list(real), weights, weights_of(stack.program, lane)[1:], stack, lane))
    return walked
