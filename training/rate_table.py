"""Learning rates step by step: what schedules say of some steps, and the table a graph reads."""

from functools import lru_cache

import keras
import numpy as np
import tensorflow as tf

from training import build
from training.spec import Choice


def planned(schedule: Choice, first: int, count: int) -> np.ndarray:
    """What the Keras schedule says of `count` steps from `first` on, float32 (count,)."""
    return _over_steps(schedule)(np.arange(first, first + count)).numpy()


@lru_cache(maxsize=64)
def _over_steps(schedule: Choice) -> tf.types.experimental.PolymorphicFunction:
    """The schedule over many steps, one by one as in `fit`: all at once would round differently."""
    made = build.schedule(schedule)
    return tf.function(
        lambda steps: tf.map_fn(made, steps, fn_output_signature="float32"),
        input_signature=(tf.TensorSpec((None,), "int64"),),
        autograph=False,
    )


class RateTable:
    """The learning rates of some lanes, for as many steps as the next call of the graph takes."""

    def __init__(self, lanes: int) -> None:
        self.rates = tf.Variable(
            tf.zeros((lanes, 1)), trainable=False, shape=tf.TensorShape((lanes, None))
        )
        self.first = tf.Variable(0, trainable=False, dtype="int64")

    def assign(self, rates: np.ndarray, first: int) -> None:
        """rates: float32 (lanes, steps), from the step `first` on."""
        self.rates.assign(rates)
        self.first.assign(first)

    def at(self, optimizer: keras.optimizers.Optimizer) -> tf.Tensor:
        """The rates of the step that the optimizer takes next, float32 (lanes,).

        As Keras's schedules do, it counts batches, also where several share one update.
        """
        step = tf.convert_to_tensor(optimizer._iterations) - self.first
        return tf.gather(self.rates, step, axis=1)
