"""One exhibit of the museum: a program with a fault, what is wrong, and by what it shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Mark:
    """A number of a run, and the mark that it must pass."""

    where: str  # "seen" or "truth"
    name: str
    above: float | None = None
    below: float | None = None
    equals: float | str | None = None
    begins: str | None = None  # for text
    at: int = -1  # which of two numbers

    def value(self, found: Mapping[str, Any]) -> Any:
        """The number, out of what a run returned."""
        value = found[self.where][self.name]
        return value[self.at] if isinstance(value, list) else value

    def passed(self, found: Mapping[str, Any]) -> bool:
        """Whether that run shows what it should."""
        value = self.value(found)
        if self.begins is not None:
            return value.startswith(self.begins)
        if self.equals is not None:
            return value == self.equals
        return (self.above is None or value > self.above) and (
            self.below is None or value < self.below
        )

    def __str__(self) -> str:
        if self.begins is not None:
            return f"begins with {self.begins}"
        if self.equals is not None:
            return f"exactly {self.equals}"
        bounds = (("above", self.above), ("below", self.below))
        return " and ".join(f"{word} {bound:g}" for word, bound in bounds if bound is not None)


@dataclass(frozen=True)
class Exhibit:
    """A fault that nothing tells. `name` is the one under which its prediction is kept."""

    name: str
    title: str  # what a learner notices, if anything
    demo: str  # in training/demos/museum
    story: str
    options: tuple[str, ...]
    right: str
    why: str
    remedy: str
    found: tuple[Mark, ...]
    cured: tuple[Mark, ...]
    setup: Mapping[str, Any] | None = None  # the same in the Playground, where it can be set up


def setup(
    dataset: str, loss: Any, metrics: tuple[str, ...] = ("accuracy",), **last: Any
) -> dict[str, Any]:
    """A set-up for the Playground; `last` has the arguments of the last layer."""
    return {
        "dataset": dataset,
        "model": {"name": "mlp", "params": {"hidden": [16], **last}},
        "compile": {
            "optimizer": {"name": "Adam", "params": {"learning_rate": 0.03}},
            "loss": loss,
            "metrics": list(metrics),
        },
        "epochs": 20,
        "batch_size": 32,
        "seed": 0,
    }
