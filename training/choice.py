"""What is chosen, as frozen values: a catalog entry with its arguments, and a whole `compile`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from training.catalog import Entry, check, defaults, entry
from training.loss_names import summed
from training.loss_weights import Weights, argument, loss_weights

OPTIONAL = {
    "loss_weights": None,
    "weighted_metrics": None,
}  # fields of `compile` that may be left out


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
        """{"name": ..., "params": {...}}, tuples as lists, choices as their own JSON."""
        return {"name": self.name, "params": {k: as_json(v) for k, v in self.params.items()}}

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
    loss_weights: Weights = ()
    # as `metrics`; empty where no output has any
    weighted_metrics: tuple[tuple[str, tuple[Choice, ...]], ...] = ()

    @property
    def measured(self) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
        """By head all that is measured: metrics, then weighted metrics."""
        weighted = dict(self.weighted_metrics)
        return tuple((head, (*listed, *weighted.get(head, ()))) for head, listed in self.metrics)

    @property
    def loss(self) -> Choice:
        """The loss of the first (usually only) output."""
        return self.losses[0][1]

    @property
    def loss_name(self) -> str:
        """Names of all outputs' losses; losses with the same name can share an axis."""
        return summed(self.losses, self.loss_weights, lambda loss: loss.name)

    @property
    def loss_label(self) -> str:
        """The same as a learner reads it."""
        return summed(self.losses, self.loss_weights, lambda loss: entry("loss", loss.name).label)

    def to_json(self) -> dict[str, Any]:
        """JSON of the `compile` field."""
        losses = {head: loss.to_json() for head, loss in self.losses}
        if len(losses) == 1:
            (losses,) = losses.values()
        made = {"optimizer": self.optimizer.to_json(), "loss": losses}
        made["metrics"] = _listed(self.metrics)
        # left out where they change nothing: digests of such specs are older than these fields
        if self.loss_weights:
            made["loss_weights"] = argument(self.loss_weights)
        if self.weighted_metrics:
            made["weighted_metrics"] = _listed(self.weighted_metrics)
        return made

    @classmethod
    def from_json(cls, spec: Any, heads: list[str], where: str) -> "Compile":
        """Validate the `compile` field, found at `where`, of a model with these heads."""
        spec = OPTIONAL | dict(spec) if isinstance(spec, Mapping) else spec
        made = fields_of(spec, where, ("optimizer", "loss", "metrics", *OPTIONAL))
        return cls(
            choice(made["optimizer"], "optimizer", f"{where}.optimizer"),
            _losses(made["loss"], heads, f"{where}.loss"),
            _metrics(made["metrics"], heads, f"{where}.metrics"),
            loss_weights(made["loss_weights"], heads, f"{where}.loss_weights"),
            _weighted(made["weighted_metrics"], heads, f"{where}.weighted_metrics"),
        )


def fields_of(spec: Any, where: str, keys: Iterable[str]) -> Mapping[str, Any]:
    """`spec` if it is an object with exactly `keys`; ValueError says what is missing or unknown."""
    keys = list(keys)
    if not isinstance(spec, Mapping):
        raise ValueError(f"{where} is {spec!r}; it must be an object with {', '.join(keys)}.")
    missing = [k for k in keys if k not in spec]
    if missing:
        raise ValueError(f"{where} lacks {', '.join(missing)}; it needs {', '.join(keys)}.")
    extra = [k for k in spec if k not in keys]
    if extra:
        raise ValueError(f"{where} has {extra[0]!r}, which is unknown; it takes {', '.join(keys)}.")
    return spec


def choice(spec: Any, kind: str, where: str) -> Choice:
    """A catalog choice; a bare name stands for the entry with its defaults.

    `where` is the field path; ValueError says what is wrong with it.
    """
    if isinstance(spec, str):
        spec = {"name": spec}
    if not isinstance(spec, Mapping) or "name" not in spec or not isinstance(spec["name"], str):
        raise ValueError(
            f'{where} is {spec!r}; it must look like {{"name": "...", "params": {{}}}}.'
        )
    fields_of({"params": {}} | dict(spec), where, ("name", "params"))
    try:
        found = entry(kind, spec["name"])
    except ValueError as error:
        raise ValueError(f"{where}.name: {error}") from None
    params = spec.get("params", {})
    nested = _nested(found, params, f"{where}.params")
    plain = {k: v for k, v in params.items() if k not in nested} if nested else params
    return Choice(found.name, check.arguments(found, plain, f"{where}.params") | nested)


def _nested(found: Entry, params: Any, where: str) -> dict[str, Choice]:
    """Arguments that are choices themselves, such as a schedule as learning rate."""
    given = params if isinstance(params, Mapping) else {}
    return {
        a.name: choice(given[a.name], a.nested, f"{where}.{a.name}")
        for a in found.arguments
        if a.nested and isinstance(given.get(a.name), Mapping)
    }


def as_json(value: Any) -> Any:
    """An argument as JSON."""
    if isinstance(value, Choice):
        return value.to_json()
    return [as_json(item) for item in value] if isinstance(value, tuple) else value


def _losses(spec: Any, heads: list[str], where: str) -> tuple[tuple[str, Choice], ...]:
    if len(heads) == 1:
        return ((heads[0], choice(spec, "loss", where)),)
    fields = fields_of(spec, where, heads)
    return tuple((head, choice(fields[head], "loss", f"{where}.{head}")) for head in heads)


def _listed(metrics: tuple[tuple[str, tuple[Choice, ...]], ...]) -> Any:
    """JSON of a list of metrics, by head where there are several."""
    made = {head: [m.to_json() for m in listed] for head, listed in metrics}
    return made if len(made) > 1 else next(iter(made.values()))


def _weighted(
    spec: Any, heads: list[str], where: str
) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    found = () if spec is None else _metrics(spec, heads, where)
    return found if any(listed for _, listed in found) else ()


def _metrics(spec: Any, heads: list[str], where: str) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    fields = {heads[0]: spec} if len(heads) == 1 else fields_of(spec, where, heads)
    result = []
    for head in heads:
        at = where if len(heads) == 1 else f"{where}.{head}"
        if not isinstance(fields[head], list):
            raise ValueError(f"{at} is {fields[head]!r}; it must be a list of metrics, or [].")
        listed = [choice(m, "metric", f"{at}[{i}]") for i, m in enumerate(fields[head])]
        if sum(metric.name == "accuracy" for metric in listed) > 1:
            raise ValueError(
                f"{at} has 'accuracy' twice, and Keras would show one of them only; list it once."
            )
        result.append((head, tuple(listed)))
    return tuple(result)
