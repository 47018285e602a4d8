"""What is given to `model.fit` and changes the result, beside epochs and batch size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from datasets import Head
from training import weights
from training.catalog import check


@dataclass(frozen=True)
class Fit:
    """Arguments of `model.fit`; each is left out of the JSON where it is Keras's default.

    Digests of specs without them are older than this field.
    """

    shuffle: bool = True  # rows in a new order every epoch
    class_weight: tuple[float, ...] = ()  # by class; empty where all count once
    sample_weight: str = ""  # a rule of datasets/row_weights.py

    def to_json(self) -> dict[str, Any]:
        """What differs from Keras's defaults."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            field.name: list(value) if isinstance(value, tuple) else value
            for field, value in zip(fields(self), values.values(), strict=True)
            if value != field.default
        }

    @property
    def weighted(self) -> bool:
        """Whether rows count differently in the training loss."""
        return bool(self.class_weight or self.sample_weight)

    @classmethod
    def from_json(cls, spec: Any, where: str, heads: Sequence[Head]) -> "Fit":
        """Validate the field `fit`, found at `where`; ValueError says what is wrong with it."""
        known = [field.name for field in fields(cls)]
        if not isinstance(spec, Mapping):
            raise ValueError(f"{where} is {spec!r}; it must be an object with {', '.join(known)}.")
        for name in spec:
            if name not in known:
                raise ValueError(
                    f"{where} has {name!r}, which is unknown; it takes {', '.join(known)}."
                )
        shuffle = check.flag(spec.get("shuffle", True), f"{where}.shuffle")
        by_class = weights.class_weight(spec.get("class_weight"), heads, f"{where}.class_weight")
        rule = weights.sample_weight(spec.get("sample_weight"), heads, f"{where}.sample_weight")
        if by_class and rule:
            raise ValueError(
                f"{where} has class_weight and sample_weight, and Keras takes one of them; "
                "leave one out."
            )
        return cls(shuffle, by_class, rule)


USUAL = Fit()
