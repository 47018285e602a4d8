"""Twins that learn alike: hinge loss with labels 0/1 and with -1/1, both measured by accuracy."""

import keras
import numpy as np
from sklearn.datasets import make_moons


def same_side(label, prediction):
    """A ruler that suits -1/1: right where label and prediction have the same sign."""
    return keras.ops.equal(keras.ops.sign(label), keras.ops.sign(prediction))


def trained(negative, epochs):
    """Weights and history; the label of the second class is 1, of the first `negative`."""
    keras.utils.set_random_seed(0)
    x, y = make_moons(400, noise=0.2, random_state=0)
    y = np.where(y == 1, 1.0, negative).reshape(-1, 1).astype("float32")
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, activation="tanh"),
        ]
    )
    zero = keras.metrics.BinaryAccuracy(name="threshold_0", threshold=0.0)
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.01),
        loss=keras.losses.Hinge(),
        metrics=["accuracy", zero, same_side],
    )
    history = model.fit(x, y, epochs=epochs, batch_size=32, verbose=0).history
    return model.get_weights(), history


def run(say=print, epochs=15):
    """Largest difference between any two weights, and both histories."""
    say("Training with labels 0 and 1")
    weights, zero = trained(0.0, epochs)
    say("Training with labels -1 and 1")
    others, minus = trained(-1.0, epochs)
    return {
        "difference": max(float(np.abs(a - b).max()) for a, b in zip(weights, others, strict=True)),
        "zero": zero,
        "minus": minus,
    }
