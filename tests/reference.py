"""What plain Keras makes of an experiment with `compile` and `fit`, and what a stack makes."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from training.job import ENVIRONMENT

os.environ.update(ENVIRONMENT)

import keras
import numpy as np
import tensorflow as tf

import datasets
from datasets.labels import encode
from datasets.row_weights import row_weights
from training import build
from training.columns import metric_names
from training.layers import architecture, labels_form
from training.plan import EXTRA
from training.spec import Experiment
from training.stack import Stack

PARTS = ("train", "validation", "test")
# Float32 holds 7 digits; a few epochs of training may lose two of them. Numbers that are nought
# but for rounding (a perfect loss, say) are compared to 1e-7.
RELATIVE, ABSOLUTE = 1e-5, 1e-7


@dataclass
class Result:
    """History by column, each float (epochs,), and finals by part and column."""

    history: dict[str, np.ndarray]
    finals: dict[str, dict[str, float]] | None
    diverged: int | None = None
    frames: dict[int, np.ndarray] = field(default_factory=dict)
    extra: dict[str, np.ndarray] = field(default_factory=dict)


class Batches(keras.utils.PyDataset):
    """Training rows in the batch order of a seed, a new permutation for each epoch."""

    def __init__(
        self,
        x: np.ndarray,
        y: Any,
        batch_size: int,
        seed: int,
        shuffle: bool = True,
        weights: np.ndarray | None = None,
    ) -> None:
        super().__init__()
        self.x, self.y, self.batch_size = x, y, batch_size
        self.random, self.shuffle = np.random.default_rng(seed), shuffle
        self.order, self.weights = np.arange(len(x)), weights

    def __len__(self) -> int:
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, index: int) -> tuple:
        rows = self.order[index * self.batch_size : (index + 1) * self.batch_size]
        batch = self.x[rows], keras.tree.map_structure(lambda t: t[rows], self.y)
        return batch if self.weights is None else (*batch, self.weights[rows])

    def on_epoch_begin(self) -> None:
        """A new order, where rows are shuffled."""
        if self.shuffle:
            self.order = self.random.permutation(len(self.x))


class Rates(keras.callbacks.Callback):
    """Sets the learning rate at the start of the epochs in which an experiment changes it."""

    def __init__(self, e: Experiment) -> None:
        super().__init__()
        self.rates = dict(e.rates)

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        """Keras counts epochs from 0."""
        if epoch + 1 in self.rates:
            self.model.optimizer.learning_rate = self.rates[epoch + 1]


def experiment(
    dataset: Any,
    optimizer: Any = "SGD",
    loss: Any = "MeanSquaredError",
    metrics: Any = (),
    model: Any = None,
    compiled: Any = None,
    **more: Any,
) -> Experiment:
    """An experiment small enough for `fit`: few rows, 3 epochs, a last batch that is not full."""
    if isinstance(dataset, str):
        dataset = {"name": dataset}
    params = dict(dataset.get("params", {}))
    if "samples" in datasets.parameters.PARAMETERS[dataset["name"]]:
        params = {"samples": 150} | params  # 96 to train on, 24 and 30
    return Experiment.from_json(
        {
            "dataset": {"name": dataset["name"], "params": params},
            "model": model or {"name": "mlp", "params": {"hidden": [5]}},
            "compile": {
                "optimizer": optimizer,
                "loss": loss,
                "metrics": metrics if isinstance(metrics, dict) else list(metrics),
                **(compiled or {}),
            },
            "epochs": 3,
            "batch_size": 40,
            "seed": 0,
        }
        | more
    )


def fit(e: Experiment) -> Result:
    """Plain Keras: one `compile`, one `fit`, three times `evaluate`."""
    data = datasets.load(e.dataset.name, e.data_params)
    model = build.model(architecture(e), e.seed)
    model.compile(**compile_arguments(e, data))
    # only ScheduleFreeAdamW needs it: unbuilt, it forgets the initial weights
    model.optimizer.build(model.trainable_variables)
    x, y = {p: getattr(data, p).x for p in PARTS}, {p: targets(e, data, p) for p in PARTS}
    # a third faster than arrays, from which Keras makes such a dataset in some longer way
    batches = {
        part: tf.data.Dataset.from_tensor_slices((x[part], y[part])).batch(e.batch_size)
        for part in PARTS
    }
    given = x["train"], y["train"], e.batch_size, e.seed, e.fit.shuffle, sample_weights(e)
    found = model.fit(
        stream(*given, e.epochs * e.fit.steps_per_epoch)
        if e.fit.steps_per_epoch
        else Batches(*given),
        epochs=e.epochs,
        steps_per_epoch=e.fit.steps_per_epoch,
        shuffle=False,
        validation_data=batches["validation"],
        verbose=0,
        class_weight=class_weights(e),
        callbacks=[Rates(e), *callbacks(e)],
    ).history
    rates = found.pop("learning_rate", None)  # of ReduceLROnPlateau
    finals = {}
    for part in PARTS:
        said = model.evaluate(batches[part], verbose=0, return_dict=True)
        finals[part] = columns({name: [value] for name, value in said.items()})
    single = {part: {k: float(v[0]) for k, v in f.items()} for part, f in finals.items()}
    extra = {} if rates is None else {"learning_rate": np.asarray(rates, float)}
    return Result(columns(found), single, extra=extra)


def stream(
    x: np.ndarray,
    y: Any,
    batch_size: int,
    seed: int,
    shuffle: bool,
    weights: np.ndarray | None,
    steps: int,
) -> tf.data.Dataset:
    """The rows pass after pass, in full batches: enough for so many steps."""
    rows = (x, y) if weights is None else (x, y, weights)
    random, passes = np.random.default_rng(seed), 1 + steps * batch_size // len(x)
    if shuffle:
        order = np.concatenate([random.permutation(len(x)) for _ in range(passes)])
        rows = keras.tree.map_structure(lambda each: each[order], rows)
    return tf.data.Dataset.from_tensor_slices(rows).repeat().batch(batch_size)


def callbacks(e: Experiment) -> list[keras.callbacks.Callback]:
    """Real Keras callbacks of an experiment."""
    chosen = e.fit.callbacks
    return [getattr(keras.callbacks, c.name)(**c.full("callback")) for c in chosen]


def class_weights(e: Experiment) -> dict[int, float] | None:
    """The argument of `fit`, by label as Keras reads it."""
    first = -1 if labels_form(e, e.facts.heads[0]) == "-1/1" else 0
    step = 2 if first else 1
    return {first + step * i: w for i, w in enumerate(e.fit.class_weight)} or None


def sample_weights(e: Experiment) -> np.ndarray | None:
    """What the rows count by the experiment's rule."""
    data = datasets.load(e.dataset.name, e.data_params)
    rule, y = e.fit.sample_weight, next(iter(data.train.y.values()))
    return row_weights(y, rule) if rule else None


def compile_arguments(e: Experiment, data: datasets.Data) -> dict[str, Any]:
    """The arguments of `model.compile`, real Keras objects."""
    several = len(e.facts.heads) > 1
    losses = {head: build.loss(choice) for head, choice in e.compile.losses}
    metrics, weighted = (
        {
            head: [
                "accuracy"
                if metric.name == "accuracy" and name == "accuracy"
                else build.named_metric(metric, name)
                for metric, name in zip(listed, metric_names(listed), strict=True)
            ]
            for head, listed in every
        }
        for every in (e.compile.metrics, e.compile.weighted_metrics)
    )
    return {
        "optimizer": build.optimizer(e.compile.optimizer),
        "loss": losses if several else next(iter(losses.values())),
        "metrics": metrics if several else next(iter(metrics.values())),
        "weighted_metrics": (weighted if several else next(iter(weighted.values())))
        if weighted
        else None,
        "loss_weights": (dict(e.compile.loss_weights) or None)
        if several
        else dict(e.compile.loss_weights).get(e.facts.heads[0].name),
    }


def targets(e: Experiment, data: datasets.Data, part: str) -> Any:
    """Labels of a part, an array or a dict of them by head."""
    y = {
        head.name: encode(
            getattr(data, part).y[head.name], head.task, head.units, labels_form(e, head)
        )
        for head in e.facts.heads
    }
    return y if len(y) > 1 else next(iter(y.values()))


def columns(history: dict[str, Any]) -> dict[str, np.ndarray]:
    """Each number its own column, float (epochs,); vectors are numbered."""
    found = {}
    for name, values in history.items():
        table = np.reshape(np.asarray(values, float), (len(values), -1))
        for i, column in enumerate(table.T):
            found[name if table.shape[1] == 1 else f"{name}_{i}"] = column
    return found


def stack(experiments: Sequence[Experiment]) -> list[Result]:
    """The same from one stack."""
    return gather(experiments, Stack(experiments).chunks())


def gather(experiments: Sequence[Experiment], chunks: Iterable) -> list[Result]:
    """All chunks of a stack put together."""
    chunks = list(chunks)
    results = []
    for i, e in enumerate(experiments):
        rows = np.concatenate([chunk.rows[i] for chunk in chunks])
        named = dict(zip((*e.columns, *EXTRA), rows.T, strict=True))
        frames = {k: v for chunk in chunks for k, v in chunk.frames[i].items()}
        results.append(
            Result(
                {name: named[name] for name in e.columns},
                chunks[-1].finals[i],
                chunks[-1].diverged[i],
                frames,
                {name: named[name] for name in EXTRA},
            )
        )
    return results


def assert_same(ours: Result, keras: Result, where: str = "") -> None:
    """The whole history and all finals agree."""
    assert set(ours.history) == set(keras.history), where
    for name, wanted in keras.history.items():
        np.testing.assert_allclose(
            ours.history[name], wanted, RELATIVE, ABSOLUTE, err_msg=f"{where} {name}"
        )
    for part in PARTS:
        assert set(ours.finals[part]) == set(keras.finals[part]), where
        for name, wanted in keras.finals[part].items():
            np.testing.assert_allclose(
                ours.finals[part][name],
                wanted,
                RELATIVE,
                ABSOLUTE,
                err_msg=f"{where} {part} {name}",
            )
