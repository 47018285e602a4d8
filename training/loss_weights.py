"""How much each output's loss counts in the total: the argument `loss_weights` of compile."""

from collections.abc import Mapping, Sequence
from typing import Any

from training.catalog import check

LARGEST = 1000.0
Weights = tuple[tuple[str, float], ...]  # by head; empty where every loss counts once


def loss_weights(spec: Any, heads: Sequence[str], where: str) -> Weights:
    """Validate the field, found at `where`: a number of an only output, else numbers by head.

    Heads that are not named count once, as None says. ValueError for unknown heads, numbers below
    0, and weights that are all 0.
    """
    if spec is None:
        return ()
    if len(heads) == 1:
        if isinstance(spec, Mapping):
            raise ValueError(f"{where} is {dict(spec)!r}; with one output it must be a number.")
        made = ((heads[0], float(check.real(spec, 0.0, LARGEST, where))),)
    else:
        made = _by_head(spec, heads, where)
    if not any(weight for _, weight in made):
        every = " for every output" if len(heads) > 1 else ""
        raise ValueError(f"{where} is 0{every}, so there is nothing to learn.")
    return made if any(weight != 1 for _, weight in made) else ()


def listed(spec: Any, heads: Sequence[str], where: str) -> Any:
    """The field from a list of numbers in the order of the heads, [] for none.

    ValueError, beginning with `where`, for another number of them.
    """
    if not isinstance(spec, list | tuple):
        raise ValueError(f"{where} is {spec!r}; it must be a list of numbers, one an output.")
    if not spec:
        return None
    if len(spec) != len(heads):
        raise ValueError(
            f"{where} has {len(spec)} number{'s' * (len(spec) != 1)}, and the outputs are "
            f"{_said(heads)}; give one for each, in this order."
        )
    return dict(zip(heads, spec, strict=True)) if len(heads) > 1 else spec[0]


def argument(weights: Weights) -> dict[str, float] | float | None:
    """What Keras is given: a number by head, the bare number of an only output, None for none."""
    if not weights:
        return None
    return dict(weights) if len(weights) > 1 else weights[0][1]


def weight_of(weights: Weights, head: str) -> float:
    """What a head's loss is multiplied by."""
    return dict(weights).get(head, 1.0)


def _by_head(spec: Any, heads: Sequence[str], where: str) -> Weights:
    if not isinstance(spec, Mapping):
        raise ValueError(f"{where} is {spec!r}; it must be an object with {', '.join(heads)}.")
    for name in spec:
        if name not in heads:
            raise ValueError(f"{where} has {name!r}, which is no output; they are {_said(heads)}.")
    return tuple(
        (head, float(check.real(spec.get(head, 1.0), 0.0, LARGEST, f"{where}.{head}")))
        for head in heads
    )


def _said(heads: Sequence[str]) -> str:
    return " and ".join(heads)
