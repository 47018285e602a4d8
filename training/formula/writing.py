"""A formula as lines of Python with keras.ops, the very calls that training makes."""

from training.formula.grammar import COMPARING, REDUCING
from training.formula.tree import Apply, Formula, Name, Node, Number

_FUNCTIONS = {"==": "equal", "!=": "not_equal"}
# How tightly operators bind, as in Python.
_TIGHT = dict.fromkeys(COMPARING, 1) | {"+": 2, "-": 2, "*": 3, "/": 3, "minus": 4, "**": 5}


def lines(formula: Formula) -> list[str]:
    """The assignments, a line each."""
    return [f"{name} = {written(node)}" for name, node in formula.assignments]


def written(node: Node, within: int = 0) -> str:
    """A node as Python; in brackets where it binds less tightly than what is around it."""
    if isinstance(node, Number):
        return repr(node.value)
    if isinstance(node, Name):
        return node.name
    tight = 9 if node.function in _FUNCTIONS else _TIGHT.get(node.function, 9)
    text = _applied(node, tight)
    return f"({text})" if tight < within else text


def _applied(node: Apply, tight: int) -> str:
    given = node.arguments
    if tight == 9:
        inside = ", ".join(written(argument) for argument in given)
        axis = ", axis=-1" if node.function in REDUCING else ""
        return f"keras.ops.{_FUNCTIONS.get(node.function, node.function)}({inside}{axis})"
    if node.function == "minus":
        return f"-{written(given[0], tight)}"
    left, right = (tight + 1, tight) if node.function == "**" else (tight, tight + 1)
    return f"{written(given[0], left)} {node.function} {written(given[1], right)}"
