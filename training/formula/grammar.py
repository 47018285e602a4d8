"""What may stand in a formula: its names, its functions, and how large it may be."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LONGEST = 1000  # characters
MOST_NODES = 250
DEEPEST = 40  # expressions within each other
LARGEST, SMALLEST = 1e30, 1e-30  # numbers that float32 holds with room to spare
MOST_EXPONENT = 64
MOST_VARIABLES = 20
LONGEST_NAME = 24

# Operators by their sign; Python's own work on numbers, arrays and tensors alike.
ARITHMETIC: dict[str, Callable[..., Any]] = {
    "minus": operator.neg,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
}
COMPARISONS: dict[str, Callable[..., Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_, *CALCULATING = ARITHMETIC  # between two values
COMPARING = tuple(COMPARISONS)
LOGIC = ("logical_and", "logical_or", "logical_not")  # of comparisons
REDUCING = ("mean", "sum", "max", "min")  # over the last axis
FLAT = ("sign",)  # their gradient is zero wherever there is one

# How many arguments each function takes; all are functions of keras.ops with the same name.
ELEMENTWISE = {
    **dict.fromkeys(("abs", "square", "sqrt", "exp", "expm1", "log", "log1p", "sign"), 1),
    **dict.fromkeys(("sin", "cos", "tanh", "sigmoid", "relu", "softplus"), 1),
    **dict.fromkeys(("maximum", "minimum"), 2),
    **dict.fromkeys(("clip", "where"), 3),
    **{name: 1 if name == "logical_not" else 2 for name in LOGIC},
}
OVER_ROWS = ELEMENTWISE | dict.fromkeys(REDUCING, 1)

# Names that mean something else in the class that a formula is written as.
RESERVED = frozenset({"keras", "self", "super", "sample_weight", "variable", "index", "values"})


@dataclass(frozen=True)
class Grammar:
    """The names and functions of one kind of formula."""

    what: str
    given: tuple[str, ...]  # cannot be assigned
    numbers: tuple[str, ...]  # given beside the formula, as arguments
    functions: dict[str, int]
    rule: bool = False  # assigns `weight`, and remembers; else it ends with a value

    @property
    def known(self) -> tuple[str, ...]:
        """All names that have a value before the first line."""
        return (*self.given, *(("weight",) if self.rule else ()), *self.numbers)


_NUMBERS = ("tau", "alpha", "gamma")
GRAMMARS = {
    "loss": Grammar("loss", ("y_true", "y_pred"), _NUMBERS, OVER_ROWS),
    "metric": Grammar("metric", ("y_true", "y_pred"), _NUMBERS, OVER_ROWS),
    "optimizer": Grammar(
        "update rule",
        ("gradient", "learning_rate", "step"),
        ("beta_1", "beta_2", "epsilon"),
        ELEMENTWISE,
        rule=True,
    ),
    "surface": Grammar("surface", ("x", "y"), (), ELEMENTWISE),
}
