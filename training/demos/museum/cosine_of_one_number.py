"""Cosine similarity as the loss of a single number."""

import keras
import numpy as np


def data():
    """400 numbers x, and targets on a straight line with some noise."""
    rng = np.random.default_rng(0)
    x = rng.uniform(-2, 2, (400, 1))
    return x, 1.5 * x + rng.normal(0, 0.3, (400, 1))


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
        optimizer=keras.optimizers.SGD(learning_rate=0.03),
        loss="cosine_similarity",
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
        optimizer=keras.optimizers.SGD(learning_rate=0.03),
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
    return {
        "seen": {"loss, first and last epoch": [history["loss"][0], history["loss"][-1]]},
        "truth": {
            "mean absolute error": float(np.abs(predicted - y).mean()),
            "mean absolute error of always saying 0": float(np.abs(y).mean()),
            "share of right signs": float((np.sign(predicted) == np.sign(y)).mean()),
        },
        "curve": history["loss"],
    }
