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
from typing import Any

import datasets
from training.catalog import check
from training.choice import Choice, Compile, choice, fields_of
from training.columns import metric_columns
from training.data_choice import facts, resplit, without_labels
from training.epoch import bounded
from training.fit import USUAL, Fit
from training.monitored import judged
from training.rates import Rates, rate_at, rates
from training.versions import versions

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
    rates: Rates = ()  # changes of the learning rate in mid-run
    fit: Fit = USUAL

    def to_json(self) -> dict[str, Any]:
        """The spec's JSON, as in README."""
        return {
            "dataset": self.dataset.to_json(),
            "model": self.model.to_json(),
            "compile": self.compile.to_json(),
            "epochs": self.epochs,
            "batch_size": self.batch_size,
            "seed": self.seed,
            # left out where there are none: digests of such specs are older than these fields
            **({"rates": [list(pair) for pair in self.rates]} if self.rates else {}),
            **({"fit": self.fit.to_json()} if self.fit != USUAL else {}),
        }

    @classmethod
    def from_json(cls, spec: Any, where: str = "") -> "Experiment":
        """Validate a spec; ValueError names the field, the value and what would be right."""
        spec = {"rates": [], "fit": {}} | dict(spec) if isinstance(spec, Mapping) else spec
        fields = fields_of(spec, where.rstrip(": ") or "the experiment", cls.__annotations__)
        dataset = choice(fields["dataset"], "dataset", f"{where}dataset")
        model = choice(fields["model"], "model", f"{where}model")
        try:
            heads, shape = facts(dataset).heads, facts(dataset).shape
        except ValueError as error:
            raise type(error)(f"{where}dataset: {error}") from None
        if model.name == "cnn" and len(shape) != 3:
            raise ValueError(
                f"{where}model.name: 'cnn' slides over pictures, and {dataset.name} has a row of "
                "numbers for each example; take digits or fashion_mnist, or the model 'mlp'."
            )
        compiled = Compile.from_json(
            fields["compile"], [head.name for head in heads], f"{where}compile"
        )
        epochs = check.whole(fields["epochs"], *EPOCHS, f"{where}epochs")
        made = cls(
            dataset,
            model,
            compiled,
            epochs,
            check.whole(fields["batch_size"], *BATCH_SIZE, f"{where}batch_size"),
            check.whole(fields["seed"], *SEED, f"{where}seed"),
            rates(fields["rates"], compiled.optimizer, epochs, f"{where}rates"),
            Fit.from_json(fields["fit"], f"{where}fit", heads),
        )
        return judged(bounded(made, where), where)

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
        return self.digest_with(versions())

    def digest_with(self, versions: str) -> str:
        """The digest that it has where these versions compute the numbers."""
        return hashlib.sha256(f"{self.canonical} {versions}".encode()).hexdigest()

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

    @cached_property
    def variant(self) -> "Experiment":
        """What its seeds have in common: equal where only the seed or the data's split differs."""
        return self.with_seed(0).with_split(0)

    @property
    def alike(self) -> frozenset:
        """Equal for what a worker can train without tracing a new graph, or nearly so."""
        made = self.compile
        return frozenset([(self.dataset.name, self.model, made.optimizer.name, made.losses)])

    def with_seed(self, seed: int) -> "Experiment":
        """The same experiment from other initial weights and in another batch order."""
        return replace(self, seed=seed)

    @property
    def split(self) -> int:
        """Which split of its data set it is trained on."""
        return self.dataset.params.get("split", 0)

    def with_split(self, split: int) -> "Experiment":
        """The same experiment on other training, validation and test rows of the same data."""
        return replace(self, dataset=resplit(self.dataset, split))

    @property
    def unchanged(self) -> "Experiment":
        """The same experiment with one learning rate from start to end."""
        return replace(self, rates=()) if self.rates else self

    def rate_at(self, epoch: int) -> float:
        """The learning rate in an epoch; NaN where a schedule decides from step to step."""
        return rate_at(self.compile.optimizer, self.rates, epoch)


@dataclass(frozen=True)
class Comparison:
    """One experiment or many; seeds are experiments that differ in seed (and split) only."""

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
