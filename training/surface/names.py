"""What the lanes of a race are called: each optimizer as everywhere, with what tells it apart."""

from collections.abc import Sequence

from training.choice import Choice
from training.formula.letters import tidy
from training.formula.presets import OPTIMIZERS
from training.variant_labels import SHORT, choice_texts


def names(optimizers: Sequence[Choice]) -> list[str]:
    """A name for each, all different; two of a kind say what differs between them."""
    called = [_called(optimizer) for optimizer in optimizers]
    named: list[str] = []
    for optimizer, name in zip(optimizers, called, strict=True):
        alike = [o for o, other in zip(optimizers, called, strict=True) if other == name]
        told = choice_texts("optimizer", alike)[alike.index(optimizer)]
        words = [text.removeprefix(f"{name.lower()} ") for text in told if "\n" not in text]
        text, number = " ".join([name, *words]), 2
        full = text
        while full in named:
            full = f"{text} ({number})"
            number += 1
        named.append(full)
    return named


def _called(optimizer: Choice) -> str:
    full = optimizer.full("optimizer")
    match optimizer.name:
        case "SGD" if full["momentum"]:
            return "Nesterov" if full["nesterov"] else "Momentum"
        case "CustomOptimizer":
            text = tidy(full["formula"])
            return next(
                (rule.label for rule in OPTIMIZERS if rule.text == text), SHORT["CustomOptimizer"]
            )
    return optimizer.name
