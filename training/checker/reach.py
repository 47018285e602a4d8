"""Last activations from which a loss leads to right answers, where shapes go together.

Measured in Keras 3.15; tests/test_checker_losses.py holds every cell against it.
"""

from collections.abc import Mapping
from typing import Any

from training.checker.facing import Facing

BENDS = frozenset({"linear", "sigmoid", "softmax", "tanh", "softplus"})  # all that keep a slope
UNIT = {"sigmoid"}
SHARES = {"sigmoid", "softmax"}
POSITIVE = {"sigmoid", "softmax", "softplus"}
SIDED = {"linear", "sigmoid", "tanh"}
DISTANCES = ("MeanSquaredError", "MeanAbsoluteError", "Huber", "LogCosh")
HINGES = ("Hinge", "SquaredHinge")

# Each output is a yes or no of its own: one unit, or a unit for each label.
APART: dict[str, set[str] | frozenset[str]] = {
    "BinaryCrossentropy": UNIT,
    "BinaryFocalCrossentropy": BENDS,
    "Dice": UNIT,
    "Tversky": UNIT,
    "Poisson": POSITIVE,
    "MeanSquaredLogarithmicError": POSITIVE,
    "CategoricalHinge": SIDED,
    "CategoricalCrossentropy": UNIT,
    **dict.fromkeys(HINGES, SIDED),
    **dict.fromkeys(DISTANCES, BENDS),
}
# The largest output is the answer.
LARGEST: dict[str, set[str] | frozenset[str]] = {
    "BinaryCrossentropy": SHARES,
    "BinaryFocalCrossentropy": BENDS,
    "KLDivergence": {"softmax"},
    "Dice": SHARES,
    "Tversky": SHARES,
    "CategoricalCrossentropy": POSITIVE,
    "CategoricalFocalCrossentropy": POSITIVE,
    "SparseCategoricalCrossentropy": SHARES,
    "CategoricalGeneralizedCrossEntropy": {"softmax"},
    "Poisson": POSITIVE,
    "MeanSquaredLogarithmicError": POSITIVE,
    "CategoricalHinge": BENDS,
    "CosineSimilarity": BENDS,
    **dict.fromkeys(HINGES, BENDS),
    **dict.fromkeys(DISTANCES, BENDS),
}
# Labels of -1 and 1.
SIDES: dict[str, set[str]] = {
    "Poisson": UNIT,
    "MeanSquaredLogarithmicError": UNIT,
    "MeanAbsolutePercentageError": SIDED,
    "CategoricalHinge": SIDED,
    **dict.fromkeys(HINGES, SIDED),
    **dict.fromkeys(DISTANCES, SIDED),
}
NUMBERS = (*DISTANCES, "MeanAbsolutePercentageError")
POSITIVE_NUMBERS = ("Poisson", "MeanSquaredLogarithmicError")


def reach(loss: str, params: Mapping[str, Any], at: Facing) -> frozenset[str]:
    """The activations of the last layer that work."""
    if at.task == "regression":
        return frozenset(_numbers(loss, params, at))
    logits = bool(params.get("from_logits"))
    if at.form == "-1/1":
        blurred = loss == "BinaryFocalCrossentropy" and logits  # holds its value above 0
        return frozenset(UNIT if blurred else SIDES.get(loss, ()))
    if at.units == 1:  # softmax over one unit is always 1
        return frozenset((SIDED if logits else APART.get(loss, set())) - {"softmax"})
    if at.task == "multilabel":
        served = loss in (
            "BinaryCrossentropy",
            "BinaryFocalCrossentropy",
            "CategoricalCrossentropy",
        )
        found = (SIDED if served else set()) if logits else APART.get(loss, set())
        found = set() if loss == "CategoricalHinge" else found  # expects one true label
        return frozenset(found - {"softmax"})
    return BENDS if logits else frozenset(LARGEST.get(loss, ()))


def _numbers(loss: str, params: Mapping[str, Any], at: Facing) -> set[str]:
    """Those whose range holds all targets."""
    share = at.low >= 0 and at.high <= 1
    if loss in ("BinaryCrossentropy", "BinaryFocalCrossentropy"):
        blurred = loss == "BinaryFocalCrossentropy" and params.get("from_logits")
        return UNIT if share and not blurred else set()
    found = {"sigmoid"} if share else set()
    found |= {"softplus"} if at.low >= 0 else set()
    if loss in POSITIVE_NUMBERS:
        return found
    found |= {"tanh"} if at.low >= -1 and at.high <= 1 else set()
    return {"linear", *found} if loss in NUMBERS else set()
