"""What is given to `model.fit` and changes the result, beside epochs and batch size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from datasets import Head
from training import weights
from training.catalog import check
from training.choice import Choice, as_json, choice, fields_of
from training.epoch import steps_per_epoch


@dataclass(frozen=True)
class Fit:
    """Arguments of `model.fit`; each is left out of the JSON where it is Keras's default.

    Digests of specs without them are older than this field.
    """

    shuffle: bool = True  # rows in a new order every epoch
    class_weight: tuple[float, ...] = ()  # by class; empty where all count once
    sample_weight: str = ""  # a rule of datasets/row_weights.py
    callbacks: tuple[Choice, ...] = ()  # what may end the run or lower its rate
    steps_per_epoch: int | None = None  # full batches of an epoch; without it all rows once

    def to_json(self) -> dict[str, Any]:
        """What differs from Keras's defaults."""
        return {
            field.name: as_json(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != field.default
        }

    @property
    def weighted(self) -> bool:
        """Whether rows count differently in the training loss."""
        return any(self.row_weights)

    @property
    def row_weights(self) -> tuple[tuple[float, ...], str]:
        """How much rows count: the class weights, or the rule."""
        return self.class_weight, self.sample_weight

    @classmethod
    def from_json(cls, spec: Any, where: str, heads: Sequence[Head]) -> "Fit":
        """Validate the field `fit`, found at `where`; ValueError says what is wrong with it."""
        usual = {field.name: field.default for field in fields(cls)}
        spec = usual | dict(spec) if isinstance(spec, Mapping) else spec
        spec = fields_of(spec, where, usual)
        by_class = weights.class_weight(spec["class_weight"], heads, f"{where}.class_weight")
        rule = weights.sample_weight(spec["sample_weight"], heads, f"{where}.sample_weight")
        if by_class and rule:
            raise ValueError(
                f"{where} has class_weight and sample_weight, and Keras takes one of them; "
                "leave one out."
            )
        return cls(
            check.flag(spec["shuffle"], f"{where}.shuffle"),
            by_class,
            rule,
            _callbacks(spec["callbacks"], f"{where}.callbacks"),
            steps_per_epoch(spec["steps_per_epoch"], f"{where}.steps_per_epoch"),
        )


def _callbacks(spec: Any, where: str) -> tuple[Choice, ...]:
    if not isinstance(spec, list | tuple):
        raise ValueError(f"{where} is {spec!r}; it must be a list of callbacks, or [].")
    made = tuple(choice(one, "callback", f"{where}[{i}]") for i, one in enumerate(spec))
    if len({one.name for one in made}) < len(made):
        raise ValueError(f"{where} has a callback twice; give each once.")
    return made


USUAL = Fit()
