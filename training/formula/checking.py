"""Shapes, constants and gradients of a formula, worked out before anything is trained.

A value has rank 0 (one number for all), 1 (one number a row, (N,)) or 2 (a row of outputs, (N, k));
in an update rule rank 1 stands for a tensor of weights, in a surface for places on it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from training.formula.grammar import (
    ARITHMETIC,
    COMPARING,
    FLAT,
    GRAMMARS,
    LARGEST,
    LOGIC,
    MOST_EXPONENT,
    REDUCING,
)
from training.formula.tree import Apply, Formula, FormulaError, Name, Node, Number, Place

SHAPES = {0: "one number", 1: "(N,)", 2: "(N, k)"}


@dataclass(frozen=True)
class Kind:
    """What is known of a value."""

    rank: int
    value: float | None = None  # of what Python works out before Keras sees it
    condition: bool = False  # yes or no
    moves: bool = False  # has a gradient: with respect to y_pred, or to a place on a surface


def validate(formula: Formula, kind: str, numbers: Mapping[str, float], labels: int = 2) -> None:
    """FormulaError at shapes that do not fit, constants that cannot be, and what has no gradient.

    labels: the rank of y_true; 1 where labels are class numbers of shape (N,).
    """
    env = kinds(formula, kind, numbers, labels)
    if formula.result is None:
        for name in {"weight", *formula.state}:
            node = next(n for own, n in reversed(formula.assignments) if own == name)
            if env[name].condition:
                raise FormulaError(f"{name} is a number, and this is yes or no.", node.place)
        return
    _check_result(formula, formula.result, kind, env["="])


def kinds(
    formula: Formula, kind: str, numbers: Mapping[str, float], labels: int = 2
) -> dict[str, Kind]:
    """What is known of every name after the last line, and of the result as "="."""
    rule = GRAMMARS[kind].rule
    env = {name: Kind(0, numbers[name]) for name in GRAMMARS[kind].numbers}
    if rule:
        tensors = ("gradient", "weight", *formula.state)
        env |= dict.fromkeys(tensors, Kind(1)) | dict.fromkeys(("learning_rate", "step"), Kind(0))
    elif kind == "surface":
        env |= dict.fromkeys(GRAMMARS[kind].given, Kind(1, moves=True))
    else:
        env |= {"y_true": Kind(labels), "y_pred": Kind(2, moves=True)}
    for name, node in formula.assignments:
        env[name] = _kind(node, env)
    if formula.result is not None:
        env["="] = _kind(formula.result, env)
    return env


def _check_result(formula: Formula, result: Node, kind: str, found: Kind) -> None:
    where = result.place
    if found.condition:
        raise FormulaError("this is yes or no; where(condition, 1, 0) makes a number of it.", where)
    if kind == "surface":
        _check_surface(found, where)
        return
    if kind == "loss" and not found.moves:
        read = formula.reads("y_pred")
        why = "comparisons, sign and conditions are flat" if read else "it does not read y_pred"
        raise FormulaError(
            f"this loss has the gradient zero everywhere ({why}), so no weight would ever move.",
            where,
        )
    if found.rank == 0:
        raise FormulaError("this is the same number for every row; use y_true and y_pred.", where)


def _check_surface(found: Kind, where: Place) -> None:
    if found.rank == 0:
        raise FormulaError("this is the same height everywhere; use x and y.", where)
    if not found.moves:
        raise FormulaError(
            "this surface has the gradient zero everywhere (comparisons, sign and conditions are "
            "flat), so no optimizer would ever move on it.",
            where,
        )


def _kind(node: Node, env: Mapping[str, Kind]) -> Kind:
    if isinstance(node, Number):
        return Kind(0, node.value)
    if isinstance(node, Name):
        return env[node.name]
    given = [_kind(argument, env) for argument in node.arguments]
    _check_conditions(node, given)
    if node.function == "clip" and given[0].value is not None:  # Keras's clip takes tensors only
        where = node.arguments[0].place
        raise FormulaError("this is always the same number; clip something that changes.", where)
    if node.function in REDUCING:
        return _reduced(node, given[0])
    ranks = {kind.rank for kind in given}
    if ranks >= {1, 2}:
        raise FormulaError(_trap(node, given), node.place)
    condition = node.function in (*COMPARING, *LOGIC)
    flat = condition or node.function in FLAT
    smooth = given[1:] if node.function == "where" else given
    moves = not flat and any(kind.moves for kind in smooth)
    return Kind(max(ranks), _value(node, given), condition, moves)


def _check_conditions(node: Apply, given: list[Kind]) -> None:
    for position, (kind, argument) in enumerate(zip(given, node.arguments, strict=True)):
        wanted = node.function in LOGIC or (node.function == "where" and position == 0)
        if wanted and not kind.condition:
            raise FormulaError(
                f"{node.function} needs a comparison here, such as a > 0.5.", argument.place
            )
        if kind.condition and not wanted:
            raise FormulaError(
                "a comparison is yes or no and no number; where(condition, 1, 0) makes one of it.",
                argument.place,
            )


def _reduced(node: Apply, given: Kind) -> Kind:
    if given.rank == 2:
        return Kind(1, moves=given.moves)
    why = (
        "this has one number a row, (N,), so its last axis is that of the rows: the value would be "
        "one for the whole batch, in which no row can have a weight of its own"
        if given.rank
        else "this is one number"
    )
    raise FormulaError(
        f"{node.function} goes over the last axis, and {why}; "
        f"leave out {node.function}: Keras averages over the rows.",
        node.place,
    )


def _trap(node: Apply, given: list[Kind]) -> str:
    shapes = " with ".join(SHAPES[kind.rank] for kind in given if kind.rank)
    labels = "labels of shape (N,) or " if "y_true" in _names(node) else ""
    return (
        f"{node.function!r} joins {shapes}: Keras would lay every row beside every other, N times "
        f"N numbers, without an error where k is 1. It comes from {labels}a mean or sum on one "
        "side only."
    )


def _names(node: Node) -> set[str]:
    if isinstance(node, Name):
        return {node.name}
    return set().union(*map(_names, node.arguments)) if isinstance(node, Apply) else set()


def _value(node: Apply, given: list[Kind]) -> float | None:
    """The number that Python makes of numbers; None where tensors are among them."""
    if node.function == "**" and given[1].value is not None:
        exponent = given[1].value
        if abs(exponent) > MOST_EXPONENT:
            raise FormulaError(
                f"an exponent is from -{MOST_EXPONENT} to {MOST_EXPONENT}, and this is "
                f"{exponent:g}.",
                node.arguments[1].place,
            )
    if node.function == "/" and given[1].value == 0:
        raise FormulaError("this is no number: it divides by 0.", node.place)
    values = [kind.value for kind in given]
    if None in values or node.function not in ARITHMETIC:
        return None
    try:
        made = ARITHMETIC[node.function](*values)
    except (ZeroDivisionError, OverflowError):
        made = math.nan
    if isinstance(made, complex) or not abs(made) <= LARGEST:
        raise FormulaError(
            "this is no number, or one too large; a root of a number below 0 is none.",
            node.place,
        )
    return made
