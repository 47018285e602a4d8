"""How much each output's loss counts in the total: the argument `loss_weights` of compile."""

from collections.abc import Mapping, Sequence
from typing import Any

from training.catalog import check

LARGEST = 1000.0
Weights = tuple[tuple[str, float], ...]  # by head; empty where every loss counts once


def loss_weights(spec: Any, heads: Sequence[str], where: str) -> Weights:
    """Validate the field, found at `where`; heads that are not named count once, as None says.

    ValueError for a single output, unknown heads, numbers below 0, and weights that are all 0.
    """
    if spec is None:
        return ()
    if len(heads) == 1:
        raise ValueError(
            f"{where} weighs outputs against each other, and this model has one output; leave it "
            "out, a larger learning rate does the same."
        )
    if not isinstance(spec, Mapping):
        raise ValueError(f"{where} is {spec!r}; it must be an object with {', '.join(heads)}.")
    for name in spec:
        if name not in heads:
            raise ValueError(f"{where} has {name!r}, which is no output; they are {_said(heads)}.")
    made = tuple(
        (head, float(check.real(spec.get(head, 1.0), 0.0, LARGEST, f"{where}.{head}")))
        for head in heads
    )
    if not any(weight for _, weight in made):
        raise ValueError(f"{where} is 0 for every output, so there is nothing to learn.")
    return made if any(weight != 1 for _, weight in made) else ()


def weight_of(weights: Weights, head: str) -> float:
    """What a head's loss is multiplied by."""
    return dict(weights).get(head, 1.0)


def _said(heads: Sequence[str]) -> str:
    return " and ".join(heads)
