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
        w_spec, size = tf.TensorSpec((None, None), "float32"), tf.TensorSpec((), "int32")
        self._measures = [  # without weights and with them; traced when first called
            tf.function(
                self._whole, input_signature=((y_spec, p_spec, *more), size), autograph=False
            )
            for more in ((), (w_spec,))
        ]

    def __call__(
        self, y: np.ndarray, p: np.ndarray, weights: np.ndarray | None = None, *, batch_size: int
    ) -> np.ndarray:
        """Results, float32 (sets,) or (sets, values).

        y: targets (sets, rows, ...); p: scores (sets, rows, ...); weights: of rows, (sets, rows).
        """
        given = [each for each in (y, p, weights) if each is not None]
        sets = len(p)
        size = TOGETHER * max(1, ELEMENTS // max(1, p[0].size) // TOGETHER)
        parts = []
        for start in range(0, sets, size):
            part = slice(start, start + size)
            filled = tuple(_filled(each[part]) for each in given)
            found = self._measures[weights is not None](filled, batch_size)
            parts.append(found.numpy()[: sets - start])
        found = np.concatenate(parts)
        return found[:, 0] if found.ndim == 2 and found.shape[1] == 1 else found

    def _whole(self, given: tuple[tf.Tensor, ...], batch_size: tf.Tensor) -> tf.Tensor:
        count = tf.shape(given[1])[0]
        state = [
            tf.tile(tf.convert_to_tensor(v)[None], [count] + [1] * len(v.shape))
            for v in self.metric.variables
        ]
        state = (
            self._update_batches(state, given, batch_size)
            if self.batchwise
            else self._update(state, given)
        )
        return tf.vectorized_map(lambda own: self.metric.stateless_result(own), state)

    def _update(self, state: list[tf.Tensor], given: tuple[tf.Tensor, ...]) -> list[tf.Tensor]:
        def one(each):
            own, y, p, *weights = each
            return list(self.metric.stateless_update_state(own, y, self.activation(p), *weights))

        return tf.vectorized_map(one, (state, *given))

    def _update_batches(
        self, state: list[tf.Tensor], given: tuple[tf.Tensor, ...], batch_size: tf.Tensor
    ) -> list[tf.Tensor]:
        rows = tf.shape(given[1])[1]

        def add(first, *own):
            last = tf.minimum(first + batch_size, rows)
            return last, *self._update(list(own), tuple(v[:, first:last] for v in given))

        return list(tf.while_loop(lambda i, *_: i < rows, add, (tf.constant(0), *state)))[1:]


def _filled(sets: np.ndarray) -> np.ndarray:
    """The sets, the last one repeated until their number is a multiple of TOGETHER."""
    missing = -len(sets) % TOGETHER
    return np.concatenate([sets, np.repeat(sets[-1:], missing, 0)]) if missing else sets
