"""How far a rule of one's own is from the rule of Keras that trained most like it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from training.states import RunState

Pairs = Mapping[tuple[int, int], RunState]  # a variant's runs by seed and split


@dataclass(frozen=True)
class Twin:
    """Two variants and the largest difference of their losses over all epochs and shared seeds."""

    own: str
    other: str
    difference: float


def twins(runs: Sequence[RunState], names: Sequence[str]) -> Iterator[Twin]:
    """For each variant whose optimizer is a formula, the nearest of Keras's, once all have ended.

    `names` has the variant of each run. Compared are runs of the same data, model, loss, seed and
    batches.
    """
    if not all(run.status == "finished" for run in runs):
        return
    variants: dict[str, dict[tuple[int, int], RunState]] = {}
    for run, name in zip(runs, names, strict=True):
        e = run.experiment
        variants.setdefault(name, {})[e.seed, e.split] = run
    for name, own in variants.items():
        if not _formula(own):
            continue
        found = {n: _difference(own, v) for n, v in variants.items() if not _formula(v)}
        near = {n: d for n, d in found.items() if d is not None}
        if near:
            nearest = min(near, key=near.__getitem__)
            yield Twin(name, nearest, near[nearest])


def _formula(pairs: Pairs) -> bool:
    run = next(iter(pairs.values()))
    return run.experiment.compile.optimizer.name == "CustomOptimizer"


def _difference(own: Pairs, other: Pairs) -> float | None:
    """None where nothing can be compared."""
    shared = own.keys() & other.keys()
    if not shared or any(_rest(own[key]) != _rest(other[key]) for key in shared):
        return None
    return max(_apart(own[key], other[key]) for key in shared)


def _apart(one: RunState, other: RunState) -> float:
    """Over the epochs that both have: callbacks may have ended one of them earlier."""
    epochs = min(one.epochs_done, other.epochs_done)
    return float(np.abs(_losses(one)[:epochs] - _losses(other)[:epochs]).max())


def _rest(run: RunState) -> tuple:
    e = run.experiment
    losses = e.compile.losses, e.compile.loss_weights
    return e.dataset, e.model, losses, e.epochs, e.batch_size, e.fit


def _losses(run: RunState) -> np.ndarray:
    return run.history[:, [run.columns.index("loss"), run.columns.index("val_loss")]]
