"""Validation of arguments: every sentence names the field, the value and what would be right."""

import math
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from training.catalog.entry import Argument, Entry
from training.catalog.texts import formula, formula_text, shown, text, texts

CLIPS = ("clipnorm", "clipvalue", "global_clipnorm")


def closest(name: str, names: Iterable[str]) -> str:
    """The one of `names` that `name` was probably meant to be, or ""."""
    lower = {known.lower(): known for known in names}
    found = get_close_matches(name.lower().replace("_", ""), lower, 1) or get_close_matches(
        name.lower(), lower, 1
    )
    return lower[found[0]] if found else ""


def whole(value: Any, low: float, high: float, where: str) -> int:
    """`value` as an int from low to high; a float without a fraction counts, a bool does not."""
    number = _number(value, low, high, where, "a whole number", _plain)
    if number != int(number):
        raise ValueError(
            f"{where}: {shown(value)} is not a whole number; "
            f"give one from {_plain(low)} to {_plain(high)}."
        )
    return int(number)


def real(value: Any, low: float, high: float, where: str) -> float:
    """`value` as a finite float from low to high; an int counts, a bool does not."""
    return float(_number(value, low, high, where, "a number", _short))


def flag(value: Any, where: str) -> bool:
    """`value` if it is true or false."""
    if isinstance(value, bool):
        return value
    raise ValueError(f"{where}: {shown(value)} is neither true nor false; give one of the two.")


def one_of(value: Any, options: Sequence[Any], where: str) -> Any:
    """One of the options; ValueError names the place and lists them."""
    if value in options:
        return value
    raise ValueError(f"{where}: {shown(value)} is not one of {', '.join(map(str, options))}.")


def arguments(entry: Entry, params: Any, where: str) -> dict[str, Any]:
    """The arguments in `params` that differ from the entry's defaults, converted and in its order.

    `where` is the field path of `params`. ValueError says in one sentence which argument is
    unknown, of a wrong type or out of range, or which values exclude each other.
    """
    if not isinstance(params, Mapping):
        raise ValueError(
            f"{where}: {shown(params)} is no set of arguments; "
            'give an object such as {"argument": value}, or {}.'
        )
    for name in params:
        if not isinstance(name, str) or entry.argument(name) is None:
            raise ValueError(_unknown(entry, name, where))
    made = {
        argument.name: _value(argument, params[argument.name], f"{where}.{argument.name}")
        for argument in entry.arguments
        if argument.name in params
    }
    _together(entry, made, where)
    formula(entry, made, where)
    return {name: value for name, value in made.items() if value != entry.argument(name).default}


def _unknown(entry: Entry, name: Any, where: str) -> str:
    known = [argument.name for argument in entry.arguments]
    if name == "lr" and "learning_rate" in known:
        return f"{where}.lr: this was its name in old Keras; write learning_rate."
    if not known:
        return f"{where}.{name}: {entry.name} takes no arguments; leave it out."
    guess = closest(str(name), known)
    meant = f" Did you mean {guess}?" if guess else ""
    return f"{where}.{name}: {entry.name} has no such argument.{meant} It takes {', '.join(known)}."


def _value(argument: Argument, value: Any, where: str) -> Any:
    if value is None and argument.optional:
        return None
    match argument.kind:
        case "float":
            return real(value, argument.low, argument.high, where)
        case "int":
            return whole(value, argument.low, argument.high, where)
        case "formula":
            return formula_text(value, where)
        case "bool":
            return flag(value, where)
        case "choice":
            return _option(argument, value, where)
        case "text":
            return text(value, argument.longest, where)
        case "texts":
            return texts(argument, value, where)
        case "column":
            return _column(value, where)
        case _:
            return _items(argument, value, where)


def _column(value: Any, where: str) -> str:
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise ValueError(f"{where}: {shown(value)} is no name of a column; give one like 'val_loss'.")


def _option(argument: Argument, value: Any, where: str) -> Any:
    for option in argument.options:
        if type(option) is type(value) and option == value:
            return option
    guess = closest(value, map(str, argument.options)) if isinstance(value, str) else ""
    meant = f" Did you mean {guess!r}?" if guess else ""
    listed = ", ".join(repr(option) for option in argument.options)
    raise ValueError(
        f"{where}: {shown(value)} is not one of its values.{meant} Give one of {listed}."
    )


def _items(argument: Argument, value: Any, where: str) -> tuple[Any, ...]:
    one, what = (whole, "whole numbers") if argument.kind == "ints" else (real, "numbers")
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= argument.longest:
        raise ValueError(
            f"{where}: {shown(value)} is not a list of 1 to {argument.longest} {what}; "
            f"give one such as {list(argument.default or (argument.low,))}."
        )
    return tuple(
        one(item, argument.low, argument.high, f"{where}[{i}]") for i, item in enumerate(value)
    )


def _number(value: Any, low: float, high: float, where: str, what: str, show: Any) -> Any:
    wanted = f"give one from {show(low)} to {show(high)}."
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{where}: {shown(value)} is not {what}; {wanted}")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{where}: {shown(value)} is not a finite number; {wanted}")
    if not low <= value <= high:
        size = "small" if value < low else "large"
        raise ValueError(f"{where}: {shown(value)} is too {size}; {wanted}")
    return value


def _plain(number: float) -> str:
    return str(int(number))


def _short(number: float) -> str:
    return f"{number:g}"


def _together(entry: Entry, made: Mapping[str, Any], where: str) -> None:
    """ValueError if values exclude each other, each alone being right."""
    clips = [name for name in CLIPS if made.get(name) is not None]
    if len(clips) > 1:
        raise ValueError(
            f"{where}: {' and '.join(clips)} exclude each other; set one and leave out the rest."
        )
    full = {argument.name: argument.default for argument in entry.arguments} | dict(made)
    _pieces(full, where)
    ids, classes = full.get("target_class_ids"), full.get("num_classes")
    if ids and classes and max(ids) >= classes:
        raise ValueError(
            f"{where}.target_class_ids: there is no class {max(ids)} with num_classes={classes}; "
            f"give numbers from 0 to {classes - 1}."
        )


def _pieces(full: Mapping[str, Any], where: str) -> None:
    """ValueError if the boundaries of a schedule do not ascend, or do not part its values."""
    boundaries, values = full.get("boundaries"), full.get("values")
    if boundaries is None or values is None:
        return
    if list(boundaries) != sorted(set(boundaries)):
        raise ValueError(f"{where}.boundaries: {list(boundaries)} must ascend; each step once.")
    if len(values) != len(boundaries) + 1:
        raise ValueError(
            f"{where}.values: {len(values)} rates and {len(boundaries)} boundaries do not fit; "
            "give one rate more than boundaries."
        )
