"""What an optimizer keeps beside the weights, in bytes for each weight that it trains."""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

from training.formula.reading import read

FLOAT = 4  # bytes: everything here is float32

# Numbers kept for each weight when nothing is switched on.
SLOTS = {
    "SGD": 0,
    "RMSprop": 1,
    "Adagrad": 1,
    "Adadelta": 2,
    "Adam": 2,
    "AdamW": 2,
    "Adamax": 2,
    "Nadam": 2,
    "Adafactor": 1,  # and row and column sums of matrices
    "Ftrl": 2,
    "Lion": 1,
    "Lamb": 2,
    "Muon": 1,  # and one more of what is no matrix
    "ScheduleFreeAdamW": 2,
}
# Arguments that add a number for each weight when they are neither 0, False nor None.
SWITCHES = {
    "SGD": ("momentum",),
    "RMSprop": ("momentum", "centered"),
    "Adam": ("amsgrad",),
    "AdamW": ("amsgrad",),
}
SWITCHES_OF_ALL = ("use_ema", "gradient_accumulation_steps")


def state_bytes(
    optimizer: str, arguments: Mapping[str, Any], shapes: Sequence[tuple[int, ...]]
) -> float:
    """Bytes per weight of what Keras's optimizer remembers from step to step; 0 of no weights.

    arguments: all of the optimizer's; shapes: of the variables it trains. Single numbers, such as
    the count of steps, are left out: they do not grow with the weights.
    """
    switches = (*SWITCHES.get(optimizer, ()), *SWITCHES_OF_ALL)
    slots = SLOTS[optimizer] if optimizer in SLOTS else len(_remembered(arguments["formula"]))
    slots += sum(bool(arguments.get(name)) for name in switches)
    weights = sum(map(prod, shapes))
    numbers = slots * weights + sum(_more(optimizer, shape) for shape in shapes)
    return FLOAT * numbers / weights if weights else 0.0


def _remembered(rule: str) -> tuple[str, ...]:
    return read(rule, "optimizer").state


def _more(optimizer: str, shape: tuple[int, ...]) -> int:
    """Numbers that an optimizer keeps for a variable of this shape and not for every one.

    Adafactor as published keeps the sums instead of a number for each weight, Keras beside it.
    """
    match optimizer, len(shape):
        case "Adafactor", dimensions if dimensions >= 2:
            return prod(shape[:-1]) + prod(shape[:-2]) * shape[-1]
        case "Muon", dimensions if dimensions != 2:
            return prod(shape)
    return 0
