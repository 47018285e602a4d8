"""A race on a surface, as a frozen value: the surface, where to start, how far, who takes part."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any, ClassVar

from training.catalog import check
from training.catalog.texts import formula_text, shown
from training.choice import Choice, choice, fields_of
from training.formula.checking import validate
from training.formula.reading import read
from training.surface.heights import height
from training.surface.surfaces import Place

STEPS = (1, 1000)
MOST_LANES = 8
FARTHEST = 1e6  # of a start, in x and y
FIELDS = ("formula", "start", "steps", "optimizers")


@dataclass(frozen=True)
class SurfaceRace:
    """Optimizers that step on one surface, all from the same place."""

    formula: str
    start: Place
    steps: int
    optimizers: tuple[Choice, ...]
    kind: ClassVar[str] = "race"  # of the errand that runs it

    @property
    def alike(self) -> frozenset:
        """Equal for what a worker can do without tracing a new graph, or nearly so."""
        return frozenset([self.kind])

    def to_json(self) -> dict[str, Any]:
        """Everything, as JSON has it."""
        return {
            "formula": self.formula,
            "start": list(self.start),
            "steps": self.steps,
            "optimizers": [optimizer.to_json() for optimizer in self.optimizers],
        }

    @classmethod
    def from_json(cls, spec: Any, where: str = "the race") -> "SurfaceRace":
        """Validate; ValueError says in a sentence what is wrong and what would be right."""
        fields = fields_of(spec, where, FIELDS)
        formula = checked(fields["formula"])
        start = _start(fields["start"])
        if isnan(height(formula, start)):
            raise ValueError(
                f"start: the surface has no height at ({start[0]:g}, {start[1]:g}), as the formula "
                "gives no finite number there; start somewhere else."
            )
        return cls(
            formula,
            start,
            check.whole(fields["steps"], *STEPS, "steps"),
            _optimizers(fields["optimizers"]),
        )


def checked(formula: Any) -> str:
    """A surface's formula, tidied; ValueError says what is wrong with it, and where."""
    text = formula_text(formula, "formula")
    validate(read(text, "surface"), "surface", {})
    return text


def _start(spec: Any) -> Place:
    if not isinstance(spec, Sequence) or isinstance(spec, str) or len(spec) != 2:
        raise ValueError(f"start is {shown(spec)}; it must be two numbers, x and y.")
    x, y = (
        check.real(value, -FARTHEST, FARTHEST, f"start, {name}")
        for name, value in zip("xy", spec, strict=True)
    )
    return x, y


def _optimizers(spec: Any) -> tuple[Choice, ...]:
    if not isinstance(spec, list | tuple) or not 1 <= len(spec) <= MOST_LANES:
        raise ValueError(f"optimizers must be a list of 1 to {MOST_LANES} optimizers.")
    return tuple(choice(one, "optimizer", f"optimizers[{i}]") for i, one in enumerate(spec))
