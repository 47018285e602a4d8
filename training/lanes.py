"""Lanes that share one optimizer configuration, trained by real Keras optimizers.

Optimizers that treat every weight alone see all their lanes as rows of one variable, with a column
of learning rates. Those that look at a whole tensor (a norm, a matrix) get one optimizer per lane
on properly shaped variables. Where schedules decide, the rates of every step stand in a table.
"""

from collections.abc import Sequence

import keras
import numpy as np
import tensorflow as tf

from training import build
from training.catalog import entry
from training.layers import Architecture
from training.rate_table import RateTable
from training.scheduled import schedule_of
from training.spec import Choice

PLANNED = Choice("schedule")  # stands for any schedule
NORMS = ("clipnorm", "global_clipnorm")


def without_rate(choice: Choice) -> Choice:
    """The configuration that lanes must share; the learning rate, or its schedule, may differ."""
    kept = {k: v for k, v in choice.params.items() if k != "learning_rate"}
    return Choice(choice.name, kept | ({"learning_rate": PLANNED} if schedule_of(choice) else {}))


def lanes(choice: Choice, count: int, architecture: Architecture) -> "RowLanes | ShapedLanes":
    """The right kind of group for `count` lanes of one optimizer configuration."""
    traits = entry("optimizer", choice.name).traits
    whole = "whole" in traits or any(choice.params.get(norm) is not None for norm in NORMS)
    if whole or "scalar_rate" in traits:
        return ShapedLanes(choice, count, architecture)
    return RowLanes(choice, count, architecture)


class RowLanes:
    """One optimizer over one variable of shape (lanes, parameters)."""

    def __init__(self, choice: Choice, count: int, architecture: Architecture) -> None:
        weights = build.model(architecture, 0).trainable_variables
        size = sum(int(np.prod(w.shape)) for w in weights)
        self.choice, self.count = choice, count
        self.variable = keras.Variable(np.zeros((count, size), "float32"), name="rows")
        self.rates = tf.Variable(tf.zeros((count, 1)), trainable=False)
        self.table = RateTable(count) if schedule_of(choice) else None
        self.optimizer = self._fresh()

    def _fresh(self) -> keras.optimizers.Optimizer:
        made = build.optimizer(self.choice, learning_rate=self._now)
        made.build([self.variable])
        return made

    def _now(self) -> tf.Tensor:
        """The rates in force, float32 (lanes, 1)."""
        return self.table.at(self.optimizer)[:, None] if self.table else self.rates

    def start(self, rows: np.ndarray, rates: Sequence[float]) -> None:
        """Begin anew. rows: float32 (lanes, parameters); rates: one learning rate a lane."""
        self.variable.assign(rows)
        self.change(rates)
        _copy_state(self._fresh(), self.optimizer)

    def change(self, rates: Sequence[float]) -> None:
        """Go on with other learning rates, one a lane."""
        self.rates.assign(np.asarray(rates, "float32")[:, None])

    def rows(self) -> tf.Tensor:
        """Weights, float32 (lanes, parameters)."""
        return tf.convert_to_tensor(self.variable)

    def apply(self, gradients: tf.Tensor) -> None:
        """One step. gradients: float32 (lanes, parameters)."""
        self.optimizer.apply([gradients], [self.variable])

    def learning_rates(self) -> tf.Tensor:
        """The rate in force now, float32 (lanes,)."""
        return self._now()[:, 0]

    def put(self, rows: np.ndarray) -> None:
        """Take other weights, float32 (lanes, parameters)."""
        self.variable.assign(rows)

    def finish(self) -> None:
        """What `fit` does after the last epoch (averaged weights take the place of the last)."""
        self.optimizer.finalize_variable_values([self.variable])


class ShapedLanes:
    """One optimizer per lane, each on the variables of a real Keras model."""

    def __init__(self, choice: Choice, count: int, architecture: Architecture) -> None:
        self.choice, self.count = choice, count
        self.table = RateTable(count) if schedule_of(choice) else None
        self.models = [build.model(architecture, 0) for _ in range(count)]
        self.variables = [m.trainable_variables for m in self.models]
        self.optimizers = [self._fresh(i, 0.0) for i in range(count)]

    def _fresh(self, lane: int, rate: float) -> keras.optimizers.Optimizer:
        given = (lambda: self.table.at(self.optimizers[lane])[lane]) if self.table else rate
        made = build.optimizer(self.choice, learning_rate=given)
        made.build(self.variables[lane])
        return made

    def start(self, rows: np.ndarray, rates: Sequence[float]) -> None:
        """Begin anew. rows: float32 (lanes, parameters); rates: one learning rate a lane."""
        self.put(rows)
        for lane, rate in enumerate(rates):
            _copy_state(self._fresh(lane, rate), self.optimizers[lane])

    def change(self, rates: Sequence[float]) -> None:
        """Go on with other learning rates, one a lane."""
        for optimizer, rate in zip(self.optimizers, rates, strict=True):
            optimizer.learning_rate = rate

    def rows(self) -> tf.Tensor:
        """Weights, float32 (lanes, parameters)."""
        return tf.stack(
            [tf.concat([tf.reshape(v, [-1]) for v in own], 0) for own in self.variables]
        )

    def apply(self, gradients: tf.Tensor) -> None:
        """One step. gradients: float32 (lanes, parameters)."""
        for lane, (optimizer, own) in enumerate(zip(self.optimizers, self.variables, strict=True)):
            optimizer.apply(unflatten(gradients[lane], [v.shape for v in own]), own)

    def learning_rates(self) -> tf.Tensor:
        """The rate in force now, float32 (lanes,)."""
        return tf.stack([tf.cast(o.learning_rate, "float32") for o in self.optimizers])

    def put(self, rows: np.ndarray) -> None:
        """Take other weights, float32 (lanes, parameters)."""
        for row, own in zip(rows, self.variables, strict=True):
            for variable, value in zip(own, unflatten(row, [v.shape for v in own]), strict=True):
                variable.assign(value)

    def finish(self) -> None:
        """What `fit` does after the last epoch (averaged weights take the place of the last)."""
        for optimizer, own in zip(self.optimizers, self.variables, strict=True):
            optimizer.finalize_variable_values(own)


def unflatten(row: tf.Tensor, shapes: Sequence[tuple[int, ...]]) -> list[tf.Tensor]:
    """A flat row, float32 (parameters,), as tensors of `shapes`."""
    parts = tf.split(row, [int(np.prod(s)) for s in shapes])
    return [tf.reshape(part, s) for part, s in zip(parts, shapes, strict=True)]


def _copy_state(source: keras.optimizers.Optimizer, target: keras.optimizers.Optimizer) -> None:
    """Put a fresh optimizer's state into the one that the graph holds."""
    for new, old in zip(source.variables, target.variables, strict=True):
        old.assign(new)
