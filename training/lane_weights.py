"""Weights of single lanes: read, kept until the others have ended too, and put in place."""

from collections.abc import Mapping

import numpy as np

from training.program import Program
from training.watching import Weights


def weights_of(program: Program, lane: int) -> Weights:
    """What a lane has now: its row of trainable weights, then the non-trainable variables."""
    state = [
        np.concatenate([v.numpy() for v in parts]) for parts in zip(*program.state, strict=True)
    ]
    return [program.rows().numpy()[lane], *(part[lane] for part in state)]


def ended_weights(program: Program, lane: int) -> Weights:
    """What `fit` would leave to a lane if it ended now, averages in place of the last weights."""
    now = program.rows().numpy()
    program.finish()
    found = weights_of(program, lane)
    _put_rows(program, now)
    return found


def put_weights(program: Program, weights: Mapping[int, Weights]) -> None:
    """Give lanes other weights."""
    if not weights:
        return
    rows = program.rows().numpy()
    for lane, (row, *_) in weights.items():
        rows[lane] = row
    _put_rows(program, rows)
    first = 0
    for group, variables in zip(program.groups, program.state, strict=True):
        own = {lane: w for lane, w in weights.items() if first <= lane < first + group.count}
        for i, variable in enumerate(variables):
            values = variable.numpy()
            for lane, kept in own.items():
                values[lane - first] = kept[1 + i]
            variable.assign(values)
        first += group.count


def _put_rows(program: Program, rows: np.ndarray) -> None:
    at = 0
    for part in (part for group in program.lanes for part in group):
        part.put(rows[at : at + part.count])
        at += part.count
