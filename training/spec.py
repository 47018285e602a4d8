"""What is trained, as frozen JSON-able values: Experiment and Comparison, made of choices.

`from_json` is the one place that validates; everything behind it trusts these values. Arguments
that equal the catalog's default are dropped on the way in, so that two ways of writing the same
experiment have the same digest.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import datasets
from training.catalog import check, entry
from training.choice import Choice, Compile
from training.columns import metric_columns

EPOCHS = (1, 5000)
BATCH_SIZE = (1, 5000)
SEED = (0, 2**31 - 1)
MOST_EXPERIMENTS = 300


@dataclass(frozen=True)
class Experiment:
    """One training run, complete: the same experiment always gives the same numbers."""

    dataset: Choice
    model: Choice
    compile: Compile
    epochs: int
    batch_size: int
    seed: int

    def to_json(self) -> dict[str, Any]:
        """The spec's JSON, as in README."""
        return {
            "dataset": self.dataset.to_json(),
            "model": self.model.to_json(),
            "compile": self.compile.to_json(),
            "epochs": self.epochs,
            "batch_size": self.batch_size,
            "seed": self.seed,
        }

    @classmethod
    def from_json(cls, spec: Any, where: str = "") -> "Experiment":
        """Validate a spec; ValueError names the field, the value and what would be right."""
        fields = _object(spec, where.rstrip(": ") or "the experiment", cls.__annotations__)
        dataset = _choice(fields["dataset"], "dataset", f"{where}dataset")
        model = _choice(fields["model"], "model", f"{where}model")
        try:
            heads, shape = facts(dataset).heads, facts(dataset).shape
        except ValueError as error:
            raise ValueError(f"{where}dataset: {error}") from None
        if model.name == "cnn" and len(shape) != 3:
            raise ValueError(
                f"{where}model.name: 'cnn' slides over pictures, and {dataset.name} has a row of "
                "numbers for each example; take digits or fashion_mnist, or the model 'mlp'."
            )
        at = f"{where}compile"
        made = _object(fields["compile"], at, ("optimizer", "loss", "metrics"))
        return cls(
            dataset,
            model,
            Compile(
                _choice(made["optimizer"], "optimizer", f"{at}.optimizer"),
                _losses(made["loss"], [h.name for h in heads], f"{at}.loss"),
                _metrics(made["metrics"], [h.name for h in heads], f"{at}.metrics"),
            ),
            check.whole(fields["epochs"], *EPOCHS, f"{where}epochs"),
            check.whole(fields["batch_size"], *BATCH_SIZE, f"{where}batch_size"),
            check.whole(fields["seed"], *SEED, f"{where}seed"),
        )

    @cached_property
    def facts(self) -> datasets.Facts:
        """Facts of the data set, without making it."""
        return facts(self.dataset)

    @cached_property
    def canonical(self) -> str:
        """The one way of writing this experiment: sorted, compact JSON."""
        return json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over canonical JSON and the versions that decide the numbers; 64 hex digits."""
        return hashlib.sha256(f"{self.canonical} {versions()}".encode()).hexdigest()

    @cached_property
    def data_params(self) -> dict[str, Any]:
        """Every parameter that makes the data."""
        return without_labels(self.dataset.full("dataset"))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The history's columns as Keras names them: loss, metrics, val_loss, val_metrics."""
        several = len(self.compile.losses) > 1
        heads = [f"{head}_loss" for head, _ in self.compile.losses] if several else []
        own = ["loss", *heads, *(c for names in self.metric_columns for m in names for c in m)]
        return (*own, *(f"val_{name}" for name in own))

    @cached_property
    def metric_columns(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """By head and metric, the columns it fills: one, or one per unit if it returns a vector."""
        return metric_columns(self.model, self.compile, self.facts.heads)

    def with_seed(self, seed: int) -> "Experiment":
        """The same experiment from other initial weights and in another batch order."""
        return replace(self, seed=seed)


@dataclass(frozen=True)
class Comparison:
    """One experiment or many; seeds are experiments that differ in seed only."""

    experiments: tuple[Experiment, ...]

    def to_json(self) -> list[dict[str, Any]]:
        """A list of experiments."""
        return [experiment.to_json() for experiment in self.experiments]

    @classmethod
    def from_json(cls, spec: Any) -> "Comparison":
        """Validate one experiment (an object) or a list of them."""
        if isinstance(spec, Mapping):
            return cls((Experiment.from_json(spec),))
        if not isinstance(spec, list) or not spec:
            raise ValueError(
                "The spec must be one experiment (a JSON object) "
                "or a list of at least one experiment."
            )
        if len(spec) > MOST_EXPERIMENTS:
            raise ValueError(
                f"{len(spec)} experiments are too many for one comparison; "
                f"take at most {MOST_EXPERIMENTS}: fewer variants or fewer seeds."
            )
        return cls(tuple(Experiment.from_json(e, f"experiment {i}: ") for i, e in enumerate(spec)))


def facts(dataset: Choice) -> datasets.Facts:
    """Facts of a chosen data set, without making it."""
    return datasets.facts(dataset.name, without_labels(dataset.full("dataset")))


def without_labels(params: Mapping[str, Any]) -> dict[str, Any]:
    """Those of a data set's arguments that make the data; `labels` only says how to write them."""
    return {name: value for name, value in params.items() if name != "labels"}


def versions() -> str:
    """Versions of what computes the numbers, read without importing it."""
    found = []
    for package in ("keras", "tensorflow-cpu", "tensorflow", "numpy", "scikit-learn"):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def _object(spec: Any, where: str, keys: Any) -> Mapping[str, Any]:
    """`spec` if it is an object with exactly `keys`."""
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


def _choice(spec: Any, kind: str, where: str) -> Choice:
    """A catalog choice; a bare name stands for the entry with its defaults."""
    if isinstance(spec, str):
        spec = {"name": spec}
    if not isinstance(spec, Mapping) or "name" not in spec or not isinstance(spec["name"], str):
        raise ValueError(
            f'{where} is {spec!r}; it must look like {{"name": "...", "params": {{}}}}.'
        )
    _object({"params": {}} | dict(spec), where, ("name", "params"))
    try:
        found = entry(kind, spec["name"])
    except ValueError as error:
        raise ValueError(f"{where}.name: {error}") from None
    return Choice(found.name, check.arguments(found, spec.get("params", {}), f"{where}.params"))


def _losses(spec: Any, heads: list[str], where: str) -> tuple[tuple[str, Choice], ...]:
    if len(heads) == 1:
        return ((heads[0], _choice(spec, "loss", where)),)
    fields = _object(spec, where, heads)
    return tuple((head, _choice(fields[head], "loss", f"{where}.{head}")) for head in heads)


def _metrics(spec: Any, heads: list[str], where: str) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    fields = {heads[0]: spec} if len(heads) == 1 else _object(spec, where, heads)
    result = []
    for head in heads:
        at = where if len(heads) == 1 else f"{where}.{head}"
        if not isinstance(fields[head], list):
            raise ValueError(f"{at} is {fields[head]!r}; it must be a list of metrics, or [].")
        listed = [_choice(m, "metric", f"{at}[{i}]") for i, m in enumerate(fields[head])]
        if sum(metric.name == "accuracy" for metric in listed) > 1:
            raise ValueError(
                f"{at} has 'accuracy' twice, and Keras would show one of them only; list it once."
            )
        result.append((head, tuple(listed)))
    return tuple(result)
