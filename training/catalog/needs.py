"""What each loss needs of labels and last layer for each task, and why it does not fit others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Needs:
    """Labels and last layer under which a loss works.

    labels: forms that work, best first: "0/1", "-1/1", "int", "one-hot", "number".
    units: "one", "classes" (2 if binary) or "heads units" (one per label or number).
    activation: of the last layer.
    """

    labels: tuple[str, ...]
    units: str
    activation: str


YES_NO = Needs(("0/1",), "one", "sigmoid")
SIDES = Needs(("0/1", "-1/1"), "one", "tanh")
CLASS_NUMBER = Needs(("int",), "classes", "softmax")
ONE_HOT = Needs(("one-hot",), "classes", "softmax")
EACH_CLASS = Needs(("one-hot",), "classes", "sigmoid")
EACH_SIDE = Needs(("one-hot",), "classes", "tanh")
SCORES = Needs(("one-hot",), "classes", "linear")
LABELS = Needs(("0/1",), "heads units", "sigmoid")
LABEL_SIDES = Needs(("0/1",), "heads units", "tanh")
NUMBER = Needs(("number",), "heads units", "linear")
POSITIVE = Needs(("number",), "heads units", "softplus")

QUESTIONS = {"binary": YES_NO, "multiclass": EACH_CLASS, "multilabel": LABELS}
CLASSES = {"binary": ONE_HOT, "multiclass": ONE_HOT}
NUMBERED = {"binary": CLASS_NUMBER, "multiclass": CLASS_NUMBER}
MARGINS = {"binary": SIDES, "multiclass": EACH_SIDE, "multilabel": LABEL_SIDES}
OVERLAP = {"binary": YES_NO, "multiclass": ONE_HOT, "multilabel": LABELS}
DISTANCE = {**OVERLAP, "regression": NUMBER}

NEEDS: dict[str, dict[str, Needs]] = {
    "BinaryCrossentropy": QUESTIONS,
    "BinaryFocalCrossentropy": QUESTIONS,
    "CategoricalCrossentropy": CLASSES,
    "SparseCategoricalCrossentropy": NUMBERED,
    "CategoricalFocalCrossentropy": CLASSES,
    "CategoricalGeneralizedCrossEntropy": NUMBERED,
    "CategoricalHinge": {"binary": SCORES, "multiclass": SCORES},
    "Hinge": MARGINS,
    "SquaredHinge": MARGINS,
    "KLDivergence": CLASSES,
    "Poisson": {"regression": POSITIVE},
    "MeanSquaredError": DISTANCE,
    "MeanAbsoluteError": DISTANCE,
    "MeanAbsolutePercentageError": {"regression": NUMBER},
    "MeanSquaredLogarithmicError": {"regression": POSITIVE},
    "Huber": DISTANCE,
    "LogCosh": DISTANCE,
    "CosineSimilarity": {**CLASSES, "multilabel": LABELS},
    "Dice": OVERLAP,
    "Tversky": OVERLAP,
    "CustomLoss": DISTANCE,
}

_PROBABILITIES = "needs targets between 0 and 1; with other numbers it falls below 0 without end"
_ONE_CLASS = (
    "needs several classes of which one is true; these labels are independent of each other"
)
_NOT_NUMBERS = "compares classes, and a number to predict has none"
_NO_CLASSES = "is made for numbers to predict; its value says nothing about classes"

_ONE_NUMBER = "needs one class number per row, not several labels: Keras stops with an error"

MISMATCH: dict[tuple[str, str], str] = {
    ("BinaryCrossentropy", "regression"): _PROBABILITIES,
    ("BinaryFocalCrossentropy", "regression"): _PROBABILITIES,
    ("Hinge", "regression"): "only asks on which side of zero a number lies, not how large it is",
    ("SquaredHinge", "regression"): "only asks on which side of zero a number lies",
    (
        "CosineSimilarity",
        "regression",
    ): "compares directions, so with one number it learns the sign only",
    ("Dice", "regression"): "measures how two sets overlap, and needs targets of 0 and 1",
    ("Tversky", "regression"): "measures how two sets overlap, and needs targets of 0 and 1",
    (
        "KLDivergence",
        "multilabel",
    ): "needs probabilities that add up to 1; several labels can be true",
    ("SparseCategoricalCrossentropy", "multilabel"): _ONE_NUMBER,
    ("CategoricalGeneralizedCrossEntropy", "multilabel"): _ONE_NUMBER,
    ("MeanAbsolutePercentageError", "binary"): "divides by the target, and half the targets are 0",
    ("MeanAbsolutePercentageError", "multiclass"): "divides by the target, and most targets are 0",
    ("MeanAbsolutePercentageError", "multilabel"): "divides by the target, and many targets are 0",
}


def needs(loss_name: str, params: Mapping[str, Any], task: str) -> Needs | None:
    """Labels and last layer for this loss and task; None when the loss does not serve the task."""
    found = NEEDS[loss_name].get(task)
    if found and params.get("from_logits"):
        return replace(found, activation="linear")
    return found


def mismatch(loss_name: str, params: Mapping[str, Any], task: str) -> str:
    """One sentence why this loss fails or misleads on this task; "" if it fits."""
    if task in NEEDS[loss_name]:
        if task == "binary" and params.get("axis") == -1:
            return (
                f"{loss_name}(axis=-1) scores each row by itself, and with one unit "
                "a row of class 0 teaches nothing; leave axis at None."
            )
        return ""
    because = MISMATCH.get((loss_name, task))
    if because is None:
        numeric = "binary" not in NEEDS[loss_name]
        because = _NO_CLASSES if numeric else _NOT_NUMBERS if task == "regression" else _ONE_CLASS
    return f"{loss_name} {because}."
