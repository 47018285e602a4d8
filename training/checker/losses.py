"""Loss, labels and last layer together: whether that works, and in a sentence why not."""

from collections.abc import Mapping
from typing import Any

from training.catalog import mismatch
from training.checker.facing import Facing
from training.checker.reach import reach
from training.checker.shapes import Said, shapes
from training.choice import Choice
from training.custom import is_formula
from training.formula.traps import doubt, leads_astray, mixes, trap

PUTS_OUT = {
    "sigmoid": "numbers from 0 to 1",
    "tanh": "numbers from -1 to 1",
    "relu": "nothing below 0",
    "softplus": "nothing below 0",
    "softmax": "shares that add up to 1",
    "linear": "any number",
}


def judged(loss: Choice, at: Facing) -> Said:
    """The verdict on a chosen loss; of a formula, whose best nobody knows, what its traps say."""
    if not is_formula("loss", loss):
        return verdict(loss.name, loss.full("loss"), at)
    trapped = trap(loss, at.task, at.form)
    if not trapped:
        doubted = doubt(loss, at.task)
        wrong = doubted and leads_astray(loss, at.task)
        return "silently wrong" if wrong else "works", doubted
    # with one unit Keras mixes the rows without a word, with several the shapes do not fit
    clash = at.units > 1 and mixes(loss, at.form)
    return "raises" if clash else "silently wrong", trapped


def verdict(loss: str, params: Mapping[str, Any], at: Facing) -> Said:
    """Severity and why ("" if there is nothing to say) of a loss with these labels and outputs.

    "silently wrong" means: let every row's scores (what the last activation is given) go freely
    where the loss sends them, and they do not arrive at right answers, or its value leaves its
    range. `tests/test_checker_losses.py` does that with Keras in every cell.
    """
    found = shapes(loss, at)
    if found:
        severity, end = found
        return severity, f"{loss} {end}."
    blind = at.task == "binary" and params.get("axis") == -1
    if blind:
        return "silently wrong", mismatch(loss, params, at.task)
    working = reach(loss, params, at)
    if at.activation in working:
        return "works", _remark(loss, params, at)
    return "silently wrong", f"{loss} {_unreached(loss, params, at, working)}."


def _remark(loss: str, params: Mapping[str, Any], at: Facing) -> str:
    """What is odd about a choice that works."""
    if params.get("from_logits") and at.activation in ("sigmoid", "softmax"):
        return (
            f"{loss} is told from_logits=True, yet the last layer has {at.activation}; "
            "Keras warns, and reads the scores before it."
        )
    if at.task == "regression" and at.units > 1:
        return f"All {at.units} outputs learn the same number."
    if at.form in ("int", "0/1") and at.units > at.classes and not at.wide:
        return f"There are {at.units} outputs for {at.classes} classes; the rest stays empty."
    return mismatch(loss, params, at.task)


def _unreached(loss: str, params: Mapping[str, Any], at: Facing, working: frozenset[str]) -> str:
    if at.activation == "relu" and working:
        return "gets no slope through relu where a score is below 0, and such a row never moves"
    if at.activation == "softmax" and at.units == 1 and working:
        return "sees the output 1 for every row: softmax over one unit is always 1"
    if at.task == "regression" and working:
        span = f"from {at.low:.3g} to {at.high:.3g}"
        if at.activation == "linear":
            return "needs outputs of 0 or more, and a linear last layer puts out any number"
        return f"has targets {span}, and {at.activation} puts out {PUTS_OUT[at.activation]}"
    if working:
        return (
            f"needs {' or '.join(sorted(working))} at the end; {at.activation} puts out "
            f"{PUTS_OUT[at.activation]}, where it has no slope or another meaning"
        )
    return _never(loss, params, at)


def _never(loss: str, params: Mapping[str, Any], at: Facing) -> str:
    """Why no last activation would do."""
    if at.task == "regression" and loss in ("Poisson", "MeanSquaredLogarithmicError"):
        return f"needs targets of 0 or more, and here they start at {at.low:.3g}"
    known = mismatch(loss, params, at.task)
    if known:
        return known.removeprefix(f"{loss} ").removesuffix(".")
    if at.form == "-1/1":
        return "needs labels of 0 and 1; with -1 its value falls below its range"
    return "has no direction for a row without any label, so such a row teaches nothing"
