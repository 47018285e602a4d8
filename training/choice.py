"""What is chosen, as frozen values: a catalog entry with its arguments, and a whole `compile`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from training.catalog import defaults, entry


@dataclass(frozen=True)
class Choice:
    """A catalog entry with its changed arguments: Choice("Adam", {"learning_rate": 0.01})."""

    name: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        frozen = {k: tuple(v) if isinstance(v, list) else v for k, v in sorted(self.params.items())}
        object.__setattr__(self, "params", MappingProxyType(frozen))

    def __hash__(self) -> int:
        return hash((self.name, tuple(self.params.items())))

    def to_json(self) -> dict[str, Any]:
        """{"name": ..., "params": {...}}, tuples as lists."""
        listed = {k: list(v) if isinstance(v, tuple) else v for k, v in self.params.items()}
        return {"name": self.name, "params": listed}

    def full(self, kind: str) -> dict[str, Any]:
        """Every argument: the catalog's defaults overlaid with what was changed."""
        return defaults(entry(kind, self.name)) | dict(self.params)


@dataclass(frozen=True)
class Compile:
    """The arguments of `model.compile` that change the result.

    `losses` holds one (head name, loss) pair per output of the model, `metrics` one (head name,
    metrics) pair; with a single output JSON shows the bare loss and the bare list.
    """

    optimizer: Choice
    losses: tuple[tuple[str, Choice], ...]
    metrics: tuple[tuple[str, tuple[Choice, ...]], ...]

    @property
    def loss(self) -> Choice:
        """The loss of the first (usually only) output."""
        return self.losses[0][1]

    def to_json(self) -> dict[str, Any]:
        """JSON of the `compile` field."""
        losses = {head: loss.to_json() for head, loss in self.losses}
        metrics = {head: [m.to_json() for m in listed] for head, listed in self.metrics}
        if len(losses) == 1:
            (losses,), (metrics,) = losses.values(), metrics.values()
        return {"optimizer": self.optimizer.to_json(), "loss": losses, "metrics": metrics}
