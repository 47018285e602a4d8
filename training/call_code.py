"""Calls and mappings as Python text, with a line for each argument where one line is too long."""

from collections.abc import Mapping
from typing import Any

from training.catalog import ENTRIES, entry, required
from training.choice import Choice
from training.formula.letters import one_line

LONG = 80  # characters of a call, before it is broken


def call(name: str, params: Mapping[str, Any]) -> str:
    """A call with keyword arguments, in one line."""
    return f"{name}({', '.join(f'{k}={_value(v)}' for k, v in params.items())})"


def broken(line: str, params: Mapping[str, Any], indent: int = 0) -> str:
    """A call whose arguments are `params`, with a line for each if `line` is too long."""
    if len(line) + indent < LONG:
        return line
    name = line.split("(", 1)[0]
    inner = "".join(
        f"{' ' * indent}    {k}={_line(v, indent + 4, len(k))},\n" for k, v in params.items()
    )
    return f"{name}(\n{inner}{' ' * indent})"


def mapping(codes: Mapping[str, str], indent: str = "    ") -> str:
    """A dictionary with a line for each key."""
    inner = "".join(f"{indent}    {key!r}: {code},\n" for key, code in codes.items())
    return "{\n" + inner.replace("'", '"') + indent + "}"


def _value(value: Any) -> str:
    match value:
        case Choice():
            return _nested(value)
        case tuple():
            return repr(list(value))
        case str():
            return '"' + one_line(value) + '"'
        case _:
            return repr(value)


def _line(value: Any, indent: int, before: int) -> str:
    """An argument on a line of its own, after `before` characters of its name."""
    if not isinstance(value, Choice):
        return _value(value)
    called, params = _value(value), _given(value)
    return called if len(called) + indent + before < LONG else broken(called, params, indent)


def _nested(choice: Choice) -> str:
    """A choice inside another one: a regularizer or a schedule."""
    place = "optimizers.schedules" if choice.name in ENTRIES["schedule"] else "regularizers"
    return call(f"keras.{place}.{choice.name}", _given(choice))


def _given(choice: Choice) -> dict[str, Any]:
    """What a nested choice's call says: of a schedule also all that Keras demands."""
    if choice.name not in ENTRIES["schedule"]:
        return dict(choice.params)
    found = entry("schedule", choice.name)
    given = required(found) | dict(choice.params)
    return {a.name: given[a.name] for a in found.arguments if a.name in given}
