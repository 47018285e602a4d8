"""A formula tried on a few numbers with NumPy, before anything is trained."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from training.formula.grammar import ARITHMETIC, COMPARISONS
from training.formula.tree import Apply, Formula, Name, Node, Number

_FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: getattr(np, name) for name in ("abs", "square", "sqrt", "exp", "expm1", "log")},
    **{name: getattr(np, name) for name in ("log1p", "sign", "sin", "cos", "tanh", "where")},
    **{name: getattr(np, name) for name in ("maximum", "minimum", "clip")},
    **{name: getattr(np, name) for name in ("logical_and", "logical_or", "logical_not")},
    "sigmoid": lambda x: 1 / (1 + np.exp(-np.asarray(x))),
    "relu": lambda x: np.maximum(x, 0),
    "softplus": lambda x: np.logaddexp(x, 0),
    **{f: lambda x, f=f: getattr(np, f)(x, axis=-1) for f in ("mean", "sum", "max", "min")},
    **ARITHMETIC,
    **COMPARISONS,
}
LOST = 0.2  # share of answers without a number: at a single one, such as 0, there may be no row
STEP = 1e-3  # how far a prediction is moved to see whether the value follows


def tried(formula: Formula, numbers: Mapping[str, float], answers: str) -> str:
    """Why a loss would not train on such answers: flat, or no finite number; "" if neither.

    answers: "numbers" from -3 to 3, or "classes": labels 0 and 1 with predictions from 0 to 1.
    """
    y_true, y_pred = _pairs(answers)
    value = _run(formula, numbers, y_true, y_pred)
    if broken := _broken(value, y_true, y_pred):
        return broken
    moved = y_pred + np.where(y_pred < y_pred.max(), STEP, -STEP)
    if np.array_equal(value, _run(formula, numbers, y_true, moved)):
        return "does not change with y_pred: its gradient is zero, and no weight will move."
    return ""


def unmeasured(formula: Formula, numbers: Mapping[str, float], answers: str) -> str:
    """Why a metric would show no number on many such answers; "" where it does on most."""
    y_true, y_pred = _pairs(answers)
    value = _run(formula, numbers, y_true, y_pred)
    lost = 1 - np.isfinite(value).mean()
    return _broken(value, y_true, y_pred) if lost > LOST else ""


def _broken(value: np.ndarray, y_true: np.ndarray, y_pred: np.ndarray) -> str:
    finite = np.isfinite(_by_row(value, len(y_true)))
    if finite.all():
        return ""
    row = int(np.argmin(finite))
    return (
        f"is no finite number where y_true is {y_true[row, 0]:g} and y_pred is "
        f"{y_pred[row, 0]:g}; a logarithm, a root or a division needs clip(..., 1e-7, ...)."
    )


def aim(formula: Formula, numbers: Mapping[str, float], answers: str) -> tuple[float, float] | None:
    """A true answer at which the loss is not lowest, and a wrong one where it is lower, or None."""
    truth, outputs = _answers(answers)
    for right in truth:
        given = np.append(outputs, right)
        value = _along(formula, numbers, right, given)
        if value.min() < value[-1] - _hair(value[-1]):
            return float(right), float(given[value.argmin()])
    return None


def astray(formula: Formula, numbers: Mapping[str, float], answers: str) -> bool:
    """Whether the lowest place never goes up with y_true: at the largest, it is none higher."""
    truth, outputs = _answers(answers)
    lowest = []
    for right in (truth[0], truth[-1]):
        value = _along(formula, numbers, right, outputs)
        lowest.append(outputs[value <= value.min() + _hair(value.min())])
    return lowest[1].max() <= lowest[0].min()


def _along(
    formula: Formula, numbers: Mapping[str, float], right: float, outputs: np.ndarray
) -> np.ndarray:
    """The value at each of the outputs, where one answer is the true one."""
    given = outputs[:, None]
    return _by_row(_run(formula, numbers, np.full_like(given, right), given), len(given))


def _by_row(value: np.ndarray, rows: int) -> np.ndarray:
    """A number for each row: a mean over it has no second axis, and a constant none."""
    return np.broadcast_to(value.reshape(-1), rows)


def _hair(value: float) -> float:
    """What a value may differ by from rounding alone."""
    return 1e-6 * max(1.0, abs(value))


def _pairs(kind: str) -> tuple[np.ndarray, ...]:
    """Every true answer beside every answer that a model may give, each (pairs, 1)."""
    return tuple(grid.reshape(-1, 1) for grid in np.meshgrid(*_answers(kind)))


def _answers(kind: str) -> tuple[np.ndarray, np.ndarray]:
    """True answers to try a loss on, and answers that a model may give."""
    if kind == "classes":
        return np.array([0.0, 1.0]), np.linspace(0, 1, 11)
    return np.linspace(-3, 3, 9), np.linspace(-3, 3, 9)


def _run(
    formula: Formula, numbers: Mapping[str, float], y_true: np.ndarray, y_pred: np.ndarray
) -> np.ndarray:
    return worked_out(formula, {**numbers, "y_true": y_true, "y_pred": y_pred})


def worked_out(formula: Formula, given: Mapping[str, Any]) -> np.ndarray:
    """The value of a formula, float64; `given` has arrays and numbers by name."""
    known = dict(given)
    with np.errstate(all="ignore"):
        for name, node in formula.assignments:
            known[name] = _value(node, known)
        return np.asarray(_value(formula.result, known), float)


def _value(node: Node | None, known: Mapping[str, Any]) -> Any:
    match node:
        case Number(value=value):
            return np.float64(value)
        case Name(name=name):
            return known[name]
        case Apply(function=function, arguments=arguments):
            return _FUNCTIONS[function](*(_value(argument, known) for argument in arguments))
    raise TypeError("a rule has no value")
