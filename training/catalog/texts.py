"""Validation of arguments that are text, and how a wrong value is shown."""

from collections.abc import Mapping
from typing import Any

from training.catalog.entry import Argument, Entry
from training.formula.checking import validate
from training.formula.letters import tidy
from training.formula.reading import read

LONGEST_NAME = 100  # letters of each of several texts


def formula_text(value: Any, where: str) -> str:
    """`value` as a formula is kept, if it is text."""
    if not isinstance(value, str):
        raise ValueError(f"{where}: {shown(value)} is no text; write it in quotes.")
    return tidy(value)


def formula(entry: Entry, made: Mapping[str, Any], where: str) -> None:
    """ValueError if the text of a formula, with the numbers beside it, is none."""
    if "formula" not in entry.traits:
        return
    full = {argument.name: argument.default for argument in entry.arguments} | dict(made)
    try:
        validate(read(full["formula"], entry.kind), entry.kind, full)
    except ValueError as error:
        raise ValueError(f"{where}.formula: {error}") from None


def text(value: Any, longest: int, where: str) -> str:
    """`value` if it is text of at most `longest` letters."""
    if isinstance(value, str) and len(value) <= longest:
        return value
    raise ValueError(f"{where}: {shown(value)} is no text of up to {longest} letters.")


def texts(argument: Argument, value: Any, where: str) -> tuple[str, ...]:
    """`value` as a tuple if it is a list of texts, at most as many as the argument takes."""
    if not isinstance(value, list | tuple) or len(value) > argument.longest:
        raise ValueError(
            f"{where}: {shown(value)} is not a list of up to {argument.longest} texts."
        )
    return tuple(text(item, LONGEST_NAME, f"{where}[{i}]") for i, item in enumerate(value))


def shown(value: Any) -> str:
    """The value as typed, cut when it is long."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
