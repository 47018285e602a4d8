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


def drawn(samples, seed):
    """Noisy points along a wave, in order of x."""
    rng = np.random.default_rng(seed)
    x = np.sort(rng.uniform(-1, 1, (samples, 1)), axis=0)
    return x, np.sin(np.pi * x) + rng.normal(0, 0.3, x.shape)


def fitted(x, y, tau):
    """A small model that was trained by the pinball loss."""
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
    return model


def run(say=print):
    """Points to train on, a curve for each tau, and the share of test points below each curve."""
    x, y = drawn(400, seed=0)
    test_x, test_y = drawn(4000, seed=1)
    curves, below = {}, {}
    for tau in (0.1, 0.5, 0.9):
        say(f"Training with tau = {tau}")
        model = fitted(x, y, tau)
        curves[f"tau = {tau}"] = [float(p) for p in model(x)[:, 0]]
        below[str(tau)] = float(np.mean(test_y < model(test_x).numpy()))
    return {
        "x": [float(v) for v in x[:, 0]],
        "y": [float(v) for v in y[:, 0]],
        "curves": curves,
        "below": below,
    }
