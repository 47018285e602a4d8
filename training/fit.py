"""What is given to `model.fit` and changes the result, beside epochs and batch size."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from training.catalog import check


@dataclass(frozen=True)
class Fit:
    """Arguments of `model.fit`; each is left out of the JSON where it is Keras's default.

    Digests of specs without them are older than this field.
    """

    shuffle: bool = True  # rows in a new order every epoch

    def to_json(self) -> dict[str, Any]:
        """What differs from Keras's defaults."""
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if getattr(self, field.name) != field.default
        }

    @classmethod
    def from_json(cls, spec: Any, where: str) -> "Fit":
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
        return cls(shuffle)


USUAL = Fit()
