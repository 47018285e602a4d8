"""The fields of `Fit` in words: what titles, tables and reports call them, and say of each."""

from collections.abc import Callable
from dataclasses import dataclass

from training.code import called
from training.epoch import ALL_ROWS
from training.fit import USUAL, Fit
from training.weights import NONE


@dataclass(frozen=True)
class Words:
    """usual: what is said of Keras's default. text: what is said of another value."""

    name: str
    usual: str
    text: Callable[[Fit], str]


WORDS: dict[str, Words] = {
    "shuffle": Words("shuffle", "yes", lambda fit: "no"),
    "steps_per_epoch": Words("steps per epoch", ALL_ROWS, lambda fit: str(fit.steps_per_epoch)),
    "class_weight": Words(
        "class weights", NONE, lambda fit: ", ".join(f"{w:g}" for w in fit.class_weight)
    ),
    "sample_weight": Words("sample weights", NONE, lambda fit: fit.sample_weight),
    "callbacks": Words("callbacks", NONE, lambda fit: ", ".join(map(called, fit.callbacks))),
}


def changed(fit: Fit, field: str) -> str:
    """What is said of a field, "" where it is as in Keras."""
    usual = getattr(fit, field) == getattr(USUAL, field)
    return "" if usual else WORDS[field].text(fit)
