"""Targets in the thousands, and the default learning rate of SGD."""

import keras
import numpy as np


def data():
    """400 lengths in metres, and targets in millimetres."""
    rng = np.random.default_rng(0)
    x = rng.uniform(-2, 2, (400, 1))
    return x, 1500 * x + rng.normal(0, 300, (400, 1))


def found(x, y):
    """As found."""
    model = keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(1),
        ]
    )
    model.compile(
        optimizer="sgd",
        loss="mean_squared_error",
    )
    history = model.fit(x, y, epochs=8, batch_size=32, verbose=0)
    return model, history.history


def cured(x, y):
    """Cured."""
    y = y / 1000  # metres
    model = keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(1),
        ]
    )
    model.compile(
        optimizer="sgd",
        loss="mean_squared_error",
    )
    history = model.fit(x, y, epochs=8, batch_size=32, verbose=0)
    return model, history.history


def run(say=print, cure=False):
    """What `fit` shows, and what is true."""
    keras.utils.set_random_seed(0)
    say("Training the cured program" if cure else "Training the program as found")
    x, y = data()
    model, history = (cured if cure else found)(x, y)
    predicted = model.predict(x, verbose=0)
    if cure:
        predicted = 1000 * predicted
    return {
        "seen": {"loss, first and last epoch": [history["loss"][0], history["loss"][-1]]},
        "truth": {
            "weights that are numbers": float(
                np.mean([np.isfinite(w).mean() for w in model.get_weights()])
            ),
            "mean absolute error in millimetres": float(np.abs(predicted - y).mean()),
            "mean absolute error of always saying 0": float(np.abs(y).mean()),
        },
        "curve": history["loss"],
    }
