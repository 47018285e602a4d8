"""Keras objects from choices: models, optimizers, losses, metrics, by keyword arguments only."""

import logging
import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

from typing import Any

import keras
import numpy as np

from training.accuracy import accuracy_class
from training.formula.built import CustomLoss, CustomMetric, CustomOptimizer
from training.layers import Architecture, Layer
from training.spec import Choice

# TensorFlow tells of every operation that it cannot vectorize; users cannot do anything about it.
logging.getLogger("tensorflow").setLevel(logging.ERROR)


def model(architecture: Architecture, seed: int) -> keras.Model:
    """A fresh Keras model whose initial weights follow from `seed` alone."""
    keras.utils.set_random_seed(seed)
    inputs = keras.Input(architecture.shape)
    trunk = inputs
    for layer in architecture.trunk:
        trunk = _layer(layer)(trunk)
    outputs: dict[str, Any] = {}
    for head, layers in architecture.heads:
        outputs[head] = trunk
        for layer in layers:
            outputs[head] = _layer(layer)(outputs[head])
    return keras.Model(inputs, outputs if len(outputs) > 1 else next(iter(outputs.values())))


def optimizer(choice: Choice, **override: Any) -> keras.optimizers.Optimizer:
    """A fresh optimizer; `override` replaces arguments (a learning rate per lane, say)."""
    given = choice.full("optimizer") | override
    if isinstance(given["learning_rate"], Choice):
        given["learning_rate"] = schedule(given["learning_rate"])
    if choice.name == "CustomOptimizer":
        return CustomOptimizer(given)
    return getattr(keras.optimizers, choice.name)(**given)


def schedule(choice: Choice) -> keras.optimizers.schedules.LearningRateSchedule:
    """A fresh learning-rate schedule."""
    return getattr(keras.optimizers.schedules, choice.name)(**choice.full("schedule"))


def loss(choice: Choice) -> keras.losses.Loss:
    """A fresh loss object."""
    if choice.name == "CustomLoss":
        return CustomLoss(choice.full("loss"))
    return getattr(keras.losses, choice.name)(**choice.full("loss"))


def metric(choice: Choice, name: str, y_true: np.ndarray, y_pred: np.ndarray) -> Any:
    """A fresh metric called `name`. "accuracy" becomes the class that Keras picks from the shapes.

    Args:
        y_true, y_pred: arrays or tensors of one batch; only their shapes are read.
    """
    if choice.name == "accuracy":
        found = getattr(keras.metrics, accuracy_class(tuple(y_true.shape), tuple(y_pred.shape)))
        return found(name=name)
    return named_metric(choice, name)


def named_metric(choice: Choice, name: str) -> keras.metrics.Metric:
    """A fresh metric of the class that the choice names, called `name`."""
    if choice.name == "CustomMetric":
        return CustomMetric(choice.full("metric"), name)
    return getattr(keras.metrics, choice.name)(name=name, **choice.full("metric"))


def _layer(layer: Layer) -> keras.layers.Layer:
    params = {k: _regularizer(v) if isinstance(v, Choice) else v for k, v in layer.params.items()}
    return getattr(keras.layers, layer.name)(**params)


def _regularizer(choice: Choice) -> keras.regularizers.Regularizer:
    return getattr(keras.regularizers, choice.name)(**choice.params)
