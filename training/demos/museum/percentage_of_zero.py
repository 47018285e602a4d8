"""A percentage error where targets are zero."""

import keras
import numpy as np


def data():
    """400 numbers x, and counts that grow with them, such as visitors in an hour."""
    rng = np.random.default_rng(0)
    x = rng.uniform(-2, 2, (400, 1))
    return x, rng.poisson(np.exp(x)).astype("float32")


def found(x, y):
    """As found."""
    model = keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.03),
        loss="mean_absolute_percentage_error",
    )
    history = model.fit(x, y, epochs=8, batch_size=32, verbose=0)
    return model, history.history


def cured(x, y):
    """Cured."""
    model = keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.03),
        loss="mean_absolute_error",
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
    return {
        "seen": {"loss, first and last epoch": [history["loss"][0], history["loss"][-1]]},
        "truth": {
            "mean absolute error": float(np.abs(predicted - y).mean()),
            "mean absolute error of always saying 0": float(y.mean()),
            "lowest and highest prediction": [float(predicted.min()), float(predicted.max())],
            "share of targets that are 0": float((y == 0).mean()),
        },
        "curve": history["loss"],
    }
