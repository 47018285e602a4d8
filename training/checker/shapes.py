"""Labels and outputs whose shapes do not go together, and what Keras does about it.

Measured in Keras 3.15; tests/test_checker_losses.py holds every cell against it.
"""

from training.checker.facing import Facing
from training.checker.finding import Severity

SPARSE = "SparseCategoricalCrossentropy"
GENERALIZED = "CategoricalGeneralizedCrossEntropy"
# These ask for equal shapes; all others let TensorFlow repeat the smaller side.
SAME_SHAPE = {"BinaryCrossentropy", "BinaryFocalCrossentropy", "CategoricalCrossentropy"}
SEVERAL = {  # compare the outputs of one row with each other
    *("CategoricalCrossentropy", "CategoricalFocalCrossentropy", GENERALIZED),
    *("KLDivergence", "CosineSimilarity"),
}
NUMBERS = {
    *("MeanSquaredError", "MeanAbsoluteError", "MeanAbsolutePercentageError", "Huber", "LogCosh"),
    *("MeanSquaredLogarithmicError", "Poisson"),
}
Said = tuple[Severity, str]


def shapes(loss: str, at: Facing) -> Said | None:
    """What is wrong with the shapes, as a sentence's end; None where they go together."""
    if at.wide:
        return _columns(loss, at)
    if at.units == 1:
        return _one_unit(loss, at)
    return _numbers(loss, at) if at.form == "int" else _one_label(loss, at)


def _columns(loss: str, at: Facing) -> Said | None:
    wide = f"labels have {at.classes} columns"
    if loss in (SPARSE, GENERALIZED):
        return "raises", f"reads one class number per row, and these {wide}"
    if at.units == at.classes:
        return None
    if at.units == 1 and loss not in SAME_SHAPE:
        return "silently wrong", (
            f"meets {wide.replace('have', 'of')} and one output: "
            "TensorFlow repeats it for every column, so no answer can be right"
        )
    return "raises", f"needs an output for each column: {wide}, the last layer {_units(at)}"


def _one_unit(loss: str, at: Facing) -> Said | None:
    if loss == SPARSE:
        if at.task == "regression" and at.low > -1 and at.high < 1:
            return "silently wrong", "takes targets for class numbers, and cuts them all to 0"
        return "raises", "needs an output per class; with one unit class 0 is the only one"
    if loss in SEVERAL:
        return "silently wrong", (
            "compares the outputs of one row with each other; with one unit nothing is to learn"
        )
    if at.task == "multiclass":
        return "silently wrong", (
            "takes class numbers for amounts; one unit cannot tell several classes apart"
        )
    return None


def _numbers(loss: str, at: Facing) -> Said | None:
    if loss == SPARSE:
        short = f"has no output for class {at.units}: the last layer has {_units(at)}"
        return ("raises", short) if at.units < at.classes else None
    if loss == GENERALIZED:
        short = f"finds no output for class {at.units} and counts it as nothing"
        return ("silently wrong", short) if at.units < at.classes else None
    return "raises", (
        f"needs labels shaped like the outputs: here it is one class number beside {_units(at)}"
    )


def _one_label(loss: str, at: Facing) -> Said | None:
    if loss in SAME_SHAPE:
        return "raises", f"needs as many outputs as labels: one label a row, {_units(at)}"
    if loss == SPARSE:
        if at.form == "0/1":
            return None  # read as class numbers
        if at.task == "regression" and at.low > -1 and at.high < at.units:
            return "silently wrong", "takes targets for class numbers, and cuts off their decimals"
        return (
            "raises",
            f"takes labels for class numbers, and here some are not 0 to {at.units - 1}",
        )
    if at.task == "regression" and loss in NUMBERS:
        return None
    return "silently wrong", (
        f"meets one label and {at.units} outputs a row: TensorFlow repeats the label, so all "
        "outputs learn the same"
    )


def _units(at: Facing) -> str:
    return f"{at.units} unit{'s' * (at.units != 1)}"
