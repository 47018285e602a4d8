"""Metrics, measured beside the training: real Keras metric objects read what the graph predicted.

Cross-entropies among the metrics read, as in `fit`, the scores before a last sigmoid or softmax, so
the activation of that layer is applied here. Keras's metrics are sums over samples, so a whole
epoch at once gives what `fit` adds up batch by batch; the few that are not get the same batches.
"""

from functools import lru_cache

import keras
import numpy as np
import tensorflow as tf

from training import build
from training.catalog import entry
from training.spec import Choice

# TensorFlow sums some rows of a matrix at once, and those left over in another order; a run must
# give the same numbers alone and in company, so none are left over.
TOGETHER = 16
ELEMENTS = 4_000_000  # predictions read in one call, so that a metric's temporaries stay small
Sample = tuple[str, tuple[int, ...]]  # dtype and shape of one row


@lru_cache(maxsize=64)
def ruler(choice: Choice, target: Sample, outputs: tuple[int, ...], activation: str) -> "Ruler":
    """The ruler for this metric, these shapes and this last activation, traced once per process."""
    return Ruler(choice, target, outputs, activation)


class Ruler:
    """One metric that measures many sets of scores in one call."""

    def __init__(
        self, choice: Choice, target: Sample, outputs: tuple[int, ...], activation: str
    ) -> None:
        self.activation = getattr(keras.activations, activation)
        dtype, shape = target
        y, p = np.ones((2, *shape), dtype), np.full((2, *outputs), 0.5, "float32")
        self.metric = build.metric(choice, "ruler", y, p)
        # given a class number for each row, a metric that wants more compares across rows
        across = len(shape) < len(outputs) and not type(self.metric).__name__.startswith("Sparse")
        self.batchwise = across or "batchwise" in entry("metric", choice.name).traits
        # makes the variables of metrics that wait for shapes, and raises Keras's own error if any
        self.metric.update_state(y, p)
        self.metric.reset_state()
        y_spec = tf.TensorSpec((None, None, *shape), dtype)
        p_spec = tf.TensorSpec((None, None, *outputs), "float32")
        self._measure = tf.function(
            self._whole,
            input_signature=(y_spec, p_spec, tf.TensorSpec((), "int32")),
            autograph=False,
        )

    def __call__(self, y: np.ndarray, p: np.ndarray, batch_size: int) -> np.ndarray:
        """Results, float32 (sets,) or (sets, values).

        y: targets (sets, rows, ...); p: scores (sets, rows, ...).
        """
        sets = len(p)
        size = TOGETHER * max(1, ELEMENTS // max(1, p[0].size) // TOGETHER)
        parts = []
        for start in range(0, sets, size):
            part = slice(start, start + size)
            y_part, p_part = _filled(y[part]), _filled(p[part])
            parts.append(self._measure(y_part, p_part, batch_size).numpy()[: sets - start])
        found = np.concatenate(parts)
        return found[:, 0] if found.ndim == 2 and found.shape[1] == 1 else found

    def _whole(self, y: tf.Tensor, p: tf.Tensor, batch_size: tf.Tensor) -> tf.Tensor:
        count = tf.shape(p)[0]
        state = [
            tf.tile(tf.convert_to_tensor(v)[None], [count] + [1] * len(v.shape))
            for v in self.metric.variables
        ]
        state = (
            self._update_batches(state, y, p, batch_size)
            if self.batchwise
            else (self._update(state, y, p))
        )
        return tf.vectorized_map(lambda own: self.metric.stateless_result(own), state)

    def _update(self, state: list[tf.Tensor], y: tf.Tensor, p: tf.Tensor) -> list[tf.Tensor]:
        def one(each):
            own, y_one, p_one = each
            return list(self.metric.stateless_update_state(own, y_one, self.activation(p_one)))

        return tf.vectorized_map(one, (state, y, p))

    def _update_batches(
        self, state: list[tf.Tensor], y: tf.Tensor, p: tf.Tensor, batch_size: tf.Tensor
    ) -> list[tf.Tensor]:
        rows = tf.shape(p)[1]

        def add(first, *own):
            last = tf.minimum(first + batch_size, rows)
            return last, *self._update(list(own), y[:, first:last], p[:, first:last])

        return list(tf.while_loop(lambda i, *_: i < rows, add, (tf.constant(0), *state)))[1:]


def _filled(sets: np.ndarray) -> np.ndarray:
    """The sets, the last one repeated until their number is a multiple of TOGETHER."""
    missing = -len(sets) % TOGETHER
    return np.concatenate([sets, np.repeat(sets[-1:], missing, 0)]) if missing else sets
