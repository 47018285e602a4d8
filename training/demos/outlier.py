"""A straight line through 20 points under three losses, one of the points far off."""

import keras
import numpy as np
import tensorflow as tf

LOSSES = {
    "mean absolute error": keras.losses.MeanAbsoluteError,
    "Huber": keras.losses.Huber,
    "mean squared error": keras.losses.MeanSquaredError,
}


def run(say=print, outlier=20.0):
    """The points, each loss's line over x, and how far it is off the true line y = 2x + 1."""
    rng = np.random.default_rng(0)
    x = np.linspace(-1, 1, 20)[:, None]
    true = 2 * x + 1
    y = true + rng.normal(0, 0.2, x.shape)
    y[-1] += outlier
    lines, off = {}, {}
    for name, loss in LOSSES.items():
        say(f"Fitting by {name}")
        keras.utils.set_random_seed(0)
        model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
        rate = keras.optimizers.schedules.CosineDecay(0.3, 400)
        model.compile(optimizer=keras.optimizers.Adam(rate), loss=loss(), steps_per_execution=400)
        steps = tf.data.Dataset.from_tensors((x, y)).repeat(400)  # every step sees all points
        model.fit(steps, shuffle=False, verbose=0)
        line = model(x).numpy()
        lines[name] = [float(p) for p in line[:, 0]]
        off[name] = float(np.abs(line - true).max())
    return {
        "x": [float(v) for v in x[:, 0]],
        "y": [float(v) for v in y[:, 0]],
        "lines": lines,
        "off": off,
    }
