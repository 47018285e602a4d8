"""A finding about a variant, and the remedy that goes with it."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from training.cells import shortest
from training.spec import Experiment
from training.variants import Row, variant

Kind = Literal[
    "diverged",
    "dead",
    "oscillating",
    "frozen",
    "crawling",
    "stuck",
    "overfitting",
    "improving",
    "healthy",
    "short",
]

WORDS = {"initializer": "initial weights", "activation": "activation", "model": "model"}


@dataclass(frozen=True)
class Remedy:
    """One change: `field` is one of `variants.FIELDS`, which a row can hold, or "epochs"."""

    field: str
    value: Any

    @property
    def label(self) -> str:
        """Such as "learning rate 0.003" or "200 epochs"."""
        match self.field:
            case "epochs":
                return f"{self.value} epoch{'s' if self.value > 1 else ''}"
            case "l2":
                return f"L2 {shortest(self.value)}"
            case "model":
                return "hidden layers (model mlp)"
        shown = shortest(self.value) if isinstance(self.value, float) else str(self.value)
        return f"{WORDS.get(self.field, self.field.replace('_', ' '))} {shown}"

    def applied(self, experiment: Experiment) -> Experiment:
        """The experiment with this change; ValueError where it cannot take it."""
        if self.field == "epochs":
            return Experiment.from_json(replace(experiment, epochs=self.value).to_json())
        return variant(experiment, Row("", {self.field: self.value}))


@dataclass(frozen=True)
class Finding:
    """What holds for a variant: `sentence` says it, `evidence` the numbers it rests on.

    "healthy" says that nothing was found, "short" that there are too few epochs to find anything.
    """

    kind: Kind
    sentence: str
    evidence: str
    remedy: Remedy | None = None
