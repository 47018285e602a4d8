"""The classes that a compile call needs and Keras does not have: those written as formulas."""

from collections.abc import Iterator, Mapping
from typing import Any

from training.catalog import entry
from training.choice import Choice, Compile
from training.formula.classes import class_code
from training.formula.grammar import GRAMMARS

Names = Mapping[tuple[str, Choice], str]  # the class of a formula, by kind and choice


def class_names(compiled: Compile) -> dict[tuple[str, Choice], str]:
    """A name for each formula, numbered where a kind has several."""
    names: dict[tuple[str, Choice], str] = {}
    for kind, choice in _formulas(compiled):
        number = sum(known == kind for known, _ in names) + 1
        names.setdefault((kind, choice), choice.name if number == 1 else f"{choice.name}{number}")
    return names


def definitions(compiled: Compile) -> dict[str, str]:
    """The code of each class, by its name."""
    return {
        name: class_code(kind, name, choice.full(kind))
        for (kind, choice), name in class_names(compiled).items()
    }


def call_arguments(kind: str, choice: Choice) -> dict[str, Any]:
    """The changed arguments that a call has; those of a formula are in its class."""
    if not is_formula(kind, choice):
        return dict(choice.params)
    inside = {"formula", "better", *GRAMMARS[kind].numbers}
    return {name: value for name, value in choice.params.items() if name not in inside}


def is_formula(kind: str, choice: Choice) -> bool:
    """Whether a choice is written as a formula."""
    return "formula" in entry(kind, choice.name).traits


def _formulas(compiled: Compile) -> Iterator[tuple[str, Choice]]:
    rulers = (*compiled.metrics, *compiled.weighted_metrics)
    chosen = [
        ("optimizer", compiled.optimizer),
        *(("loss", loss) for _, loss in compiled.losses),
        *(("metric", metric) for _, listed in rulers for metric in listed),
    ]
    yield from (one for one in chosen if is_formula(*one))
