"""A loss of one's own, the pinball loss, whose best curve lies above a chosen share of points."""

import keras
import numpy as np
import tensorflow as tf
from keras import ops

STEPS = 400


def pinball(tau):
    """The loss of each example: a miss upwards costs tau times as much as its size."""

    def loss(y_true, y_pred):
        miss = y_true - y_pred
        return ops.maximum(tau * miss, (tau - 1) * miss)

    return loss


def fitted(x, y, tau):
    """The curve of a small model that was trained by the pinball loss."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((1,)), keras.layers.Dense(16, activation="tanh"), keras.layers.Dense(1)]
    )
    rate = keras.optimizers.schedules.CosineDecay(0.05, STEPS)
    model.compile(
        optimizer=keras.optimizers.Adam(rate), loss=pinball(tau), steps_per_execution=STEPS
    )
    steps = tf.data.Dataset.from_tensors((x, y)).repeat(STEPS)  # every step sees all points
    model.fit(steps, shuffle=False, verbose=0)
    return model(x).numpy()


def run(say=print):
    """Points in order of x, a curve for each tau, and the share of points below each curve."""
    rng = np.random.default_rng(0)
    x = np.sort(rng.uniform(-1, 1, (400, 1)), axis=0)
    y = np.sin(3 * x) + rng.normal(0, 0.3, x.shape)
    curves, below = {}, {}
    for tau in (0.1, 0.5, 0.9):
        say(f"Training with tau = {tau}")
        curve = fitted(x, y, tau)
        curves[f"tau = {tau}"] = [float(p) for p in curve[:, 0]]
        below[str(tau)] = float(np.mean(y < curve))
    return {
        "x": [float(v) for v in x[:, 0]],
        "y": [float(v) for v in y[:, 0]],
        "curves": curves,
        "below": below,
    }
