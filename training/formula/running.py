"""Works out a formula with keras.ops: walks its tree and makes one call for each function."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import keras

from training.formula.grammar import ARITHMETIC, COMPARISONS, OVER_ROWS, REDUCING
from training.formula.tree import Formula, Name, Node, Number

_FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: partial(getattr(keras.ops, name), axis=-1)
    if name in REDUCING
    else getattr(keras.ops, name)
    for name in OVER_ROWS
}
# tensors are equal or not by functions: their own == asks whether they are the same object
_FUNCTIONS |= ARITHMETIC | COMPARISONS | {"==": keras.ops.equal, "!=": keras.ops.not_equal}


def run(formula: Formula, given: Mapping[str, Any]) -> dict[str, Any]:
    """Every name after the last line, by name, and the result as "="; tensors or numbers.

    given: tensors and numbers by name, all that the formula reads before it assigns.
    """
    known = dict(given)
    for name, node in formula.assignments:
        known[name] = _value(node, known)
    if formula.result is not None:
        known["="] = _value(formula.result, known)
    return known


def _value(node: Node, known: Mapping[str, Any]) -> Any:
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Name):
        return known[node.name]
    return _FUNCTIONS[node.function](*(_value(argument, known) for argument in node.arguments))
