"""A plain Keras model that carries a run's weights and is looked into: gradients, dead units."""

from collections.abc import Iterator, Sequence

import keras
import numpy as np
import tensorflow as tf

from training import build
from training.compiled import carry, layer_names
from training.stack import Stack

PIECE = 200_000  # numbers of the inputs that are looked at in one call


class Probe:
    """Looks at all training rows as `evaluate` would: without dropout, by running averages."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.model = build.model(stack.layers, 0)
        self.layers = layer_names(self.model)
        self.x = stack.data.train.x
        self.y = stack.arrangement.targets(stack.data.train)[0]
        self.losses = stack.program.losses[0]
        self.by_row = stack.by_row[0]
        self.weights = stack.arrangement.loss_weights()[0]
        self.relus = [
            layer
            for layer in self.model.layers
            if getattr(layer, "activation", None) is keras.activations.relu
        ]
        shown = [layer.output for layer in self.relus]
        self.shown = keras.Model(self.model.inputs, shown) if shown else None
        x = tf.TensorSpec((None, *self.x.shape[1:]), "float32")
        y = tuple(tf.TensorSpec((None, *t.shape[1:]), t.dtype) for t in self.y)
        w = tuple(tf.TensorSpec((None,), "float32") for _ in self.by_row)
        self._gradient = tf.function(self._gradients, input_signature=(x, y, w), autograph=False)
        self._fire = tf.function(self._firing, input_signature=(x,), autograph=False)

    def tensors(self) -> tuple[str, ...]:
        """Names of the trainable tensors, `layer/weight`."""
        return tuple(
            f"{name}/{variable.name}"
            for layer, name in zip(self.model.layers, self.layers, strict=True)
            for variable in layer.trainable_variables
        )

    def load(self) -> None:
        """Take over weights and state as the stack has them now."""
        carry(self.model, self.stack)

    def gradients(self) -> list[np.ndarray]:
        """Gradient of the loss with respect to every trainable tensor, over all training rows.

        A mean over pieces of the rows, weighted by their length: exact for losses that are means
        over rows.
        """
        total: list[np.ndarray] = [np.zeros(v.shape) for v in self.model.trainable_variables]
        for part in self._pieces():
            own = tuple(w[0, part] for w in self.by_row)
            found = self._gradient(self.x[part], tuple(t[part] for t in self.y), own)
            share = (part.stop - part.start) / len(self.x)
            total = [sum_ + share * new.numpy() for sum_, new in zip(total, found, strict=True)]
        return total

    def dead(self) -> dict[str, np.ndarray]:
        """By layer with ReLU, bool (units,): which units put out 0 for every training row.

        A unit of a convolution is a filter, which must be 0 at every place.
        """
        if not self.relus:
            return {}
        fired = [np.zeros(layer.output.shape[-1], bool) for layer in self.relus]
        for part in self._pieces():
            found = self._fire(self.x[part])
            fired = [old | new.numpy() for old, new in zip(fired, found, strict=True)]
        names = dict(zip(map(id, self.model.layers), self.layers, strict=True))
        return {names[id(layer)]: ~own for layer, own in zip(self.relus, fired, strict=True)}

    def _pieces(self) -> Iterator[slice]:
        size = max(1, PIECE // self.x[0].size)
        for first in range(0, len(self.x), size):
            yield slice(first, min(first + size, len(self.x)))

    def _gradients(
        self, x: tf.Tensor, y: Sequence[tf.Tensor], by_row: tuple[tf.Tensor, ...]
    ) -> list[tf.Tensor]:
        weights = [tf.convert_to_tensor(v) for v in self.model.trainable_variables]
        state = [tf.convert_to_tensor(v) for v in self.model.non_trainable_variables]
        with tf.GradientTape() as tape:
            tape.watch(weights)
            outputs, _, penalties = self.model.stateless_call(
                weights, state, x, training=False, return_losses=True
            )
            said = self.stack.program.by_head(outputs)
            values = [f(t, p, *by_row) for f, t, p in zip(self.losses, y, said, strict=True)]
            weighted = [v * w for v, w in zip(values, self.weights, strict=True)]
            total = sum(weighted) + sum(penalties)
        return [tf.convert_to_tensor(g) for g in tape.gradient(total, weights)]

    def _firing(self, x: tf.Tensor) -> list[tf.Tensor]:
        outputs = keras.tree.flatten(self.shown(x, training=False))
        return [tf.reduce_any(v > 0, list(range(len(v.shape) - 1))) for v in outputs]
