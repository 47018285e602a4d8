"""Rows of variants as cells of text, the way they are typed into a table, and back."""

import ast
import re
from collections.abc import Mapping
from typing import Any

from training.formula.letters import one_line
from training.variants import FIELDS, Row, title

NAMED = ("optimizer", "loss", "model", "activation", "initializer", "sample_weight")
NUMBERS = ("loss_weights", "class_weight")
ARGUMENTS = ("optimizer_arguments", "loss_arguments")
# A schedule in a cell is written as a call, such as CosineDecay(decay_steps=500).
SCHEDULE = re.compile(r"(?P<name>[A-Z]\w+)(\((?P<arguments>.*)\))?", re.DOTALL)
YES_NO = {"yes": True, "no": False}
UNREADABLE = (ValueError, SyntaxError, TypeError, MemoryError, RecursionError)
NONE = "none"  # a cell that takes away what the set-up has


def row(cells: Mapping[str, Any], position: int = 0) -> Row:
    """The row that cells (text or None, by field and "label") say.

    A number that cannot be read stays text, for the validator; ValueError for unreadable arguments.
    """
    label = _text(cells.get("label"))
    where = title(label, position)
    changes = {}
    for name in FIELDS:
        text = _text(cells.get(name))
        if text:
            changes[name] = _value(name, text, where)
    return Row(label, changes)


def cells(row: Row) -> dict[str, str | None]:
    """The cells that say a row; None where it changes nothing."""
    texts = {name: _shown(row.changes[name]) if name in row.changes else None for name in FIELDS}
    return {"label": row.label or None} | texts


def _value(name: str, text: str, where: str) -> Any:
    if name in NAMED:
        return text
    if name == "learning_rate" and SCHEDULE.fullmatch(text):
        called = SCHEDULE.fullmatch(text)
        inner = called["arguments"] or ""
        return {"name": called["name"], "params": arguments(inner, f"{where}: learning rate")}
    if name in ARGUMENTS:
        return arguments(text, f"{where}: {name.replace('_', ' ')}")
    if name in ("callbacks", *NUMBERS) and text.lower() == NONE:
        return []
    if name == "callbacks":
        return calls(text, f"{where}: callbacks")
    if name in ("batch_normalization", "shuffle"):
        return YES_NO.get(text.lower(), text)
    if name in ("hidden", *NUMBERS):
        # layers may be written as 16-16; the minus of a weight is left for the validator
        inner = text.replace("-", ",") if name == "hidden" else text
        items = [item.strip() for item in inner.strip("[]()").split(",")]
        return [parsed(item) for item in items if item]
    return parsed(text)


def arguments(text: str, where: str) -> dict[str, Any]:
    """Keyword arguments written as in a call; ValueError when they cannot be read."""
    try:
        return _called(ast.parse(f"f({text})", mode="eval").body)["params"]
    except UNREADABLE:
        raise ValueError(
            f"{where}: {_short(text)} cannot be read; write it as in a call, such as "
            "momentum=0.9, nesterov=True."
        ) from None


def calls(text: str, where: str) -> list[dict[str, Any]]:
    """Choices as JSON, written as calls with commas between; ValueError where they are not."""
    try:
        listed = ast.parse(f"[{text}]", mode="eval").body
        if not isinstance(listed, ast.List) or not listed.elts:
            raise ValueError
        return [_called(node) for node in listed.elts]
    except UNREADABLE:
        raise ValueError(
            f"{where}: {_short(text)} cannot be read; write calls with commas between, such as "
            f"EarlyStopping(patience=5), or {NONE}."
        ) from None


def _called(node: ast.expr) -> dict[str, Any]:
    """A name, or a call of one with keyword arguments only; ValueError for all else."""
    if isinstance(node, ast.Name):
        return {"name": node.id, "params": {}}
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.args
    if not named or not all(k.arg for k in node.keywords):
        raise ValueError
    params = {str(k.arg): ast.literal_eval(k.value) for k in node.keywords}
    return {"name": node.func.id, "params": params}


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:37]}...")


def _text(cell: Any) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def parsed(text: str) -> Any:
    """The int or float that a text says; a text that says none stays as it is."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping) and "name" in value:
        return f"{value['name']}({_shown(value.get('params', {}))})"
    if isinstance(value, Mapping):
        return ", ".join(f"{k}={_line(v)!r}" for k, v in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_shown(item) for item in value) or NONE
    return shortest(value) if isinstance(value, float) else str(value)


def _line(value: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value


def shortest(value: float) -> str:
    """The shortest text that is read as the same number again, such as "10" or "1e-05"."""
    return repr(value).removesuffix(".0")
