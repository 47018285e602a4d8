"""Changes of the learning rate in mid-run: what a spec may say of them, and how they are told."""

from math import nan
from typing import Any

from training.catalog import check, entry
from training.choice import Choice
from training.scheduled import constant_rate, schedule_of

# Pairs of an epoch and the learning rate from its start on; epochs count from 1.
Rates = tuple[tuple[int, float], ...]

FIRST = 2  # the first epoch that can have another rate than the one before it
MOST = 20  # changes in one run
TAKEN = (
    "a schedule decides the learning rate of every step, so it cannot be changed in mid-run as "
    "well; take a constant learning rate, or put the change into the schedule."
)


def rates(spec: Any, optimizer: Choice, epochs: int, where: str) -> Rates:
    """Validate the field `rates`, found at `where`: a list of [epoch, learning rate], ascending.

    A pair that changes nothing is left out, so that one training has one way of being written.
    """
    if not isinstance(spec, list | tuple):
        raise ValueError(
            f"{where} is {spec!r}; it must be a list of [epoch, learning rate], or []."
        )
    if len(spec) > MOST:
        raise ValueError(f"{where} has {len(spec)} changes; give at most {MOST}.")
    if spec and schedule_of(optimizer):
        raise ValueError(f"{where}: {TAKEN}")
    made: list[tuple[int, float]] = []
    before = FIRST - 1
    for i, pair in enumerate(spec):
        epoch, rate = _pair(pair, optimizer, epochs, f"{where}[{i}]")
        if epoch <= before:
            raise ValueError(
                f"{where}[{i}]: epoch {epoch} comes after epoch {before}; "
                "give the changes in ascending order, at most one for an epoch."
            )
        before = epoch
        if rate != rate_at(optimizer, tuple(made), epoch):
            made.append((epoch, rate))
    return tuple(made)


def rate_at(optimizer: Choice, changes: Rates, epoch: int) -> float:
    """The learning rate in an epoch; NaN where a schedule decides from step to step."""
    passed = [rate for start, rate in changes if start <= epoch]
    constant = constant_rate(optimizer)
    return passed[-1] if passed else nan if constant is None else constant


def checked(rate: Any, optimizer: Choice, where: str) -> float:
    """`rate` as a float if the optimizer may have it; ValueError, with `where`, says the limits."""
    limits = entry("optimizer", optimizer.name).argument("learning_rate")
    return check.real(rate, limits.low, limits.high, where)


def told(changes: Rates) -> str:
    """Such as "lr 0.01 from epoch 20, 0.001 from epoch 40"; empty without changes."""
    texts = [f"{rate:g} from epoch {epoch}" for epoch, rate in changes]
    return f"lr {', '.join(texts)}" if texts else ""


def _pair(pair: Any, optimizer: Choice, epochs: int, where: str) -> tuple[int, float]:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise ValueError(f"{where} is {pair!r}; it must be a pair such as [20, 0.001].")
    if epochs < FIRST:
        raise ValueError(f"{where}: a run of 1 epoch has no later one to change its rate in.")
    epoch = check.whole(pair[0], FIRST, epochs, f"{where}[0]")
    return epoch, checked(pair[1], optimizer, f"{where}[1]")
