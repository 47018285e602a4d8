"""Python's expressions into nodes of our own: numbers, names, signs and named functions."""

import ast
import math
from collections.abc import Sequence

from training.formula.grammar import DEEPEST, LARGEST, MOST_NODES, SMALLEST
from training.formula.tree import Apply, FormulaError, Name, Node, Number, Place

_SIGNS: dict[type, str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


class Reader:
    """Copies expressions; counts what it has copied."""

    def __init__(self, indents: Sequence[int]) -> None:
        self.indents = indents  # spaces that were taken off in front of each line
        self.copied = 0

    def place(self, node: ast.AST) -> Place:
        """Where a piece of Python stands in the text as typed."""
        line = getattr(node, "lineno", 1)
        column = getattr(node, "col_offset", 0) + self.indents[line - 1] + 1
        return Place(line, column)

    def node(self, found: ast.expr, depth: int = 0) -> Node:
        """A copy of an expression; FormulaError at what has no place in a formula."""
        where = self.place(found)
        self._count(where, depth)
        match found:
            case ast.Constant(value=value):
                return _number(value, where)
            case ast.Name(id=name):
                return Name(name, where)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Apply("minus", (self.node(operand, depth + 1),), where)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.node(operand, depth + 1)
            case (
                ast.BinOp(left=left, op=op, right=right)
                | ast.Compare(left=left, ops=[op], comparators=[right])
            ):
                sides = self.node(left, depth + 1), self.node(right, depth + 1)
                return Apply(self.sign(op, where), sides, where)
            case ast.Compare():
                raise FormulaError("write a < b < c as logical_and(a < b, b < c).", where)
            case ast.Call():
                return self._call(found, where, depth)
        raise FormulaError(
            "a formula has numbers, names, + - * / **, comparisons and functions such as "
            "log(x), and nothing else.",
            where,
        )

    def _count(self, where: Place, depth: int) -> None:
        self.copied += 1
        if depth > DEEPEST or self.copied > MOST_NODES:
            raise FormulaError(
                f"a formula has at most {MOST_NODES} parts, {DEEPEST} within each other; "
                "split it up with assignments, or make it simpler.",
                where,
            )

    def sign(self, op: ast.AST, where: Place) -> str:
        """The sign of an operator."""
        if type(op) not in _SIGNS:
            raise FormulaError("the signs are + - * / ** and comparisons.", where)
        return _SIGNS[type(op)]

    def _call(self, found: ast.Call, where: Place, depth: int) -> Apply:
        if not isinstance(found.func, ast.Name):
            raise FormulaError("only a function's name can stand before brackets.", where)
        if found.keywords:
            raise FormulaError(
                f"{found.func.id} takes no named arguments here; of a loss mean, sum, max and min "
                "go over the last axis.",
                where,
            )
        arguments = tuple(self.node(argument, depth + 1) for argument in found.args)
        return Apply(found.func.id, arguments, where)


def _number(value: object, where: Place) -> Number:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FormulaError("only numbers are written out; True, None and text are not.", where)
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not (number == 0 or SMALLEST <= abs(number) <= LARGEST):
        raise FormulaError(f"a number is 0, or from {SMALLEST:g} to {LARGEST:g} in size.", where)
    return Number(number, where)
