"""Variants: rows that say what each changes in a base experiment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from training import loss_weights
from training.catalog import entry
from training.spec import Choice, Experiment

MODEL_FIELDS = ("hidden", "activation", "initializer", "dropout", "batch_normalization", "l2")
FIT_FIELDS = ("shuffle", "steps_per_epoch", "class_weight", "sample_weight", "callbacks")
FIELDS = (
    *("optimizer", "learning_rate", "optimizer_arguments"),
    *("loss", "loss_arguments", "loss_weights"),
    *("batch_size", *FIT_FIELDS, "model", *MODEL_FIELDS),
)

# How a spec calls what is a cell of its own here.
PATHS = re.compile(r"\b(?:(?:compile\.optimizer|compile\.loss|model)\.params|compile|fit)\.(?=\w)")


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


def variant(base: Experiment, row: Row, number: int = 0) -> Experiment:
    """The base with what a row changes; ValueError names the row by its label or its number."""
    where = f"{title(row.label, number)}: "
    spec, changes = base.to_json(), dict(row.changes)
    compiled = spec["compile"]
    compiled["optimizer"] = _optimizer(base, changes, where)
    if {"loss", "loss_arguments"} & set(changes):
        compiled["loss"] = _loss(base, changes, where)
    if "loss_weights" in changes:
        heads = [head.name for head in base.facts.heads]
        given = changes["loss_weights"]
        compiled["loss_weights"] = loss_weights.listed(given, heads, f"{where}loss_weights")
    if "model" in changes:
        spec["model"] = _other_model(spec["model"], changes["model"], where)
    spec["model"]["params"] |= {k: v for k, v in changes.items() if k in MODEL_FIELDS}
    spec["batch_size"] = changes.get("batch_size", spec["batch_size"])
    spec["fit"] = spec.get("fit", {}) | {k: v for k, v in changes.items() if k in FIT_FIELDS}
    try:
        return Experiment.from_json(spec, where)
    except ValueError as error:
        raise ValueError(_in_words_of_cells(str(error))) from None


def _in_words_of_cells(sentence: str) -> str:
    """A sentence about a spec's field as one about the row's cell: the cells have no paths."""
    return re.sub(r"(callbacks)\[\d\](?:\.params)?", r"\1", PATHS.sub("", sentence))


def title(label: str, number: int) -> str:
    """How sentences call a row."""
    return f"Row {number} ({label})" if label else f"Row {number}"


def _optimizer(base: Experiment, changes: Mapping[str, Any], where: str) -> dict[str, Any]:
    choice = base.compile.optimizer
    name, params = choice.name, choice.to_json()["params"]
    asked = _known("optimizer", changes.get("optimizer", name), where)
    if asked != name:
        rate = {"learning_rate": choice.full("optimizer")["learning_rate"]}
        name, params = asked, Choice(asked, rate).to_json()["params"]
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
