"""One exhibit of the museum: a program with a fault, what is wrong, and by what it shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PAIRS = ("first and last", "lowest and highest")  # how two numbers are named
PLACES = {word: place for pair in PAIRS for place, word in enumerate(pair.split(" and "))}


@dataclass(frozen=True)
class Mark:
    """A number of a run, and the mark that it must pass."""

    where: str  # "seen" or "truth"
    name: str
    above: float | None = None
    below: float | None = None
    equals: float | str | None = None
    begins: str | None = None  # for text
    which: str = ""  # of two numbers; without it both must pass

    def value(self, found: Mapping[str, Any]) -> Any:
        """What the name says, out of what a run returned: a text, a number, or two."""
        return found[self.where][self.name]

    def passed(self, found: Mapping[str, Any]) -> bool:
        """Whether that run shows what it should."""
        value = self.value(found)
        if not isinstance(value, list):
            return self._passes(value)
        return all(map(self._passes, [value[PLACES[self.which]]] if self.which else value))

    def _passes(self, value: Any) -> bool:
        if self.begins is not None:
            return value.startswith(self.begins)
        if self.equals is not None:
            return value == self.equals
        return (self.above is None or value > self.above) and (
            self.below is None or value < self.below
        )

    def __str__(self) -> str:
        """The mark in words."""
        if self.begins is not None:
            return f"begins with {self.begins}"
        if self.equals is not None:
            number = isinstance(self.equals, float)
            said = f"exactly {self.equals:g}" if number else f"exactly {self.equals}"
        else:
            bounds = (("above", self.above), ("below", self.below))
            said = " and ".join(f"{word} {bound:g}" for word, bound in bounds if bound is not None)
        which = self.which or ("both" if any(pair in self.name for pair in PAIRS) else "")
        return f"the {which} {said}" if self.which else f"{which} {said}".strip()


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
