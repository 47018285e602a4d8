"""Variants: a base experiment, rows that say what each changes in it, and seeds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from training.catalog import check, entry
from training.spec import SEED, Comparison, Experiment

ROWS = (2, 12)
SEEDS = (1, 10)
MODEL_FIELDS = ("hidden", "activation", "initializer", "dropout", "batch_normalization", "l2")
FIELDS = (
    *("optimizer", "learning_rate", "optimizer_arguments", "loss", "loss_arguments"),
    *("batch_size", "model", *MODEL_FIELDS),
)


@dataclass(frozen=True)
class Row:
    """One variant: what it changes in the base, by the names in FIELDS; what is absent stays.

    Another optimizer or loss starts from Keras's defaults, the optimizer with the base's learning
    rate. An empty label is made from what differs.
    """

    label: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "changes", MappingProxyType(dict(self.changes)))

    def to_json(self) -> dict[str, Any]:
        """The changes, and the label if it has one."""
        return dict(self.changes) | ({"label": self.label} if self.label else {})

    @classmethod
    def from_json(cls, spec: Any, where: str = "row") -> "Row":
        """Validate the fields' names; their values are judged together with a base."""
        if not isinstance(spec, Mapping):
            raise ValueError(f"{where} is {spec!r}; it must be an object with what it changes.")
        changes = {name: value for name, value in spec.items() if name != "label"}
        unknown = [name for name in changes if name not in FIELDS]
        if unknown:
            raise ValueError(
                f"{where} changes {unknown[0]!r}, which is unknown; it takes {', '.join(FIELDS)}."
            )
        label = spec.get("label", "")
        if not isinstance(label, str):
            raise ValueError(f"{where}: its label is {label!r}; it must be text.")
        return cls(label.strip(), changes)


@dataclass(frozen=True)
class Design:
    """What Compare is set up to: every row with every seed, seeds counted up from the base's."""

    base: Experiment
    rows: tuple[Row, ...]
    seeds: int

    def to_json(self) -> dict[str, Any]:
        """{"base": an experiment, "rows": [changes], "seeds": n}."""
        rows = [row.to_json() for row in self.rows]
        return {"base": self.base.to_json(), "rows": rows, "seeds": self.seeds}

    @classmethod
    def from_json(cls, spec: Any) -> "Design":
        """Validate everything; ValueError names the row, the field, the value and the remedy."""
        if not isinstance(spec, Mapping) or set(spec) != {"base", "rows", "seeds"}:
            raise ValueError("A comparison is set up by an object with base, rows and seeds.")
        if not isinstance(spec["rows"], list):
            raise ValueError(f"rows is {spec['rows']!r}; it must be a list of rows.")
        rows = tuple(Row.from_json(r, f"Row {i}") for i, r in enumerate(spec["rows"], start=1))
        return cls.of(Experiment.from_json(spec["base"]), rows, spec["seeds"])

    @classmethod
    def of(cls, base: Experiment, rows: Sequence[Row], seeds: int) -> "Design":
        """A design that can be trained; ValueError says what to mend."""
        comparison(base, rows, seeds)
        return cls(base, tuple(rows), seeds)

    @cached_property
    def comparison(self) -> Comparison:
        """All that is to be trained: a row with all its seeds, then the next row."""
        return comparison(self.base, self.rows, self.seeds)


def comparison(base: Experiment, rows: Sequence[Row], seeds: int) -> Comparison:
    """Each row with seeds base.seed, base.seed + 1, ...; ValueError says what to mend."""
    low, high = ROWS
    if len(rows) < low:
        raise ValueError(
            f"A comparison needs {low} to {high} rows, and there {_are(len(rows))}; add a row, "
            "or train a single experiment in the Playground."
        )
    if len(rows) > high:
        raise ValueError(
            f"A comparison takes {low} to {high} rows, and there are {len(rows)}; "
            f"delete {len(rows) - high}, more curves than that cannot be told apart."
        )
    check.whole(seeds, *SEEDS, "seeds")
    if base.seed + seeds - 1 > SEED[1]:
        raise ValueError(f"seed: {base.seed} leaves no room for {seeds} seeds; take a smaller one.")
    made = [variant(base, row, number) for number, row in enumerate(rows, start=1)]
    _all_different(rows, made)
    return Comparison(tuple(e.with_seed(base.seed + i) for e in made for i in range(seeds)))


def variant(base: Experiment, row: Row, number: int = 0) -> Experiment:
    """The base with what a row changes; ValueError names the row by its label or its number."""
    where = f"{title(row, number)}: "
    spec, changes = base.to_json(), dict(row.changes)
    compiled = spec["compile"]
    compiled["optimizer"] = _optimizer(base, changes, where)
    if {"loss", "loss_arguments"} & set(changes):
        compiled["loss"] = _loss(base, changes, where)
    if "model" in changes:
        spec["model"] = _other_model(spec["model"], changes["model"], where)
    spec["model"]["params"] |= {k: v for k, v in changes.items() if k in MODEL_FIELDS}
    spec["batch_size"] = changes.get("batch_size", spec["batch_size"])
    return Experiment.from_json(spec, where)


def title(row: Row, number: int) -> str:
    """How sentences call a row."""
    return f"Row {number} ({row.label})" if row.label else f"Row {number}"


def _optimizer(base: Experiment, changes: Mapping[str, Any], where: str) -> dict[str, Any]:
    choice = base.compile.optimizer
    name, params = choice.name, choice.to_json()["params"]
    asked = _known("optimizer", changes.get("optimizer", name), where)
    if asked != name:
        name, params = asked, {"learning_rate": choice.full("optimizer")["learning_rate"]}
    params |= _arguments(changes, "optimizer_arguments", where)
    if "learning_rate" in changes:
        params["learning_rate"] = changes["learning_rate"]
    return {"name": name, "params": params}


def _loss(base: Experiment, changes: Mapping[str, Any], where: str) -> dict[str, Any]:
    if len(base.compile.losses) > 1:
        raise ValueError(
            f"{where}loss: {base.dataset.name} has {len(base.compile.losses)} outputs with a loss "
            "each; choose them in the set-up, and leave this cell empty."
        )
    choice = base.compile.loss
    name, params = choice.name, choice.to_json()["params"]
    asked = _known("loss", changes.get("loss", name), where)
    if asked != name:
        name, params = asked, {}
    return {"name": name, "params": params | _arguments(changes, "loss_arguments", where)}


def _other_model(model: dict[str, Any], asked: Any, where: str) -> dict[str, Any]:
    """Another model keeps the changed arguments that it has too."""
    name = _known("model", asked, where)
    kept = {k: v for k, v in model["params"].items() if entry("model", name).argument(k)}
    return {"name": name, "params": kept}


def _known(kind: str, name: Any, where: str) -> str:
    try:
        return entry(kind, str(name)).name
    except ValueError as error:
        raise ValueError(f"{where}{kind}: {error}") from None


def _arguments(changes: Mapping[str, Any], name: str, where: str) -> dict[str, Any]:
    given = changes.get(name, {})
    if not isinstance(given, Mapping):
        raise ValueError(f"{where}{name}: {given!r} is no set of arguments; give an object.")
    return dict(given)


def _all_different(rows: Sequence[Row], made: Sequence[Experiment]) -> None:
    """ValueError for two rows of the same name or the same experiment."""
    names: dict[str, int] = {}
    seen: dict[Experiment, int] = {}
    for number, (row, experiment) in enumerate(zip(rows, made, strict=True), start=1):
        if row.label in names:
            raise ValueError(
                f"Rows {names[row.label]} and {number} are both called {row.label!r}; "
                "rename one, or empty its name to have it made from what differs."
            )
        if row.label:
            names[row.label] = number
        if experiment in seen:
            first = seen[experiment]
            raise ValueError(
                f"{title(rows[first - 1], first)} and {title(row, number)} are the same "
                "experiment; change something in one of them, or delete it."
            )
        seen[experiment] = number


def _are(count: int) -> str:
    return {0: "are none", 1: "is 1"}.get(count, f"are {count}")
