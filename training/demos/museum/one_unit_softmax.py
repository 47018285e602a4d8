"""Softmax over a single unit, trained by binary crossentropy."""

import keras
import numpy as np
from sklearn.datasets import make_moons


def data():
    """400 points of two half moons, and a column of labels 0 and 1."""
    x, y = make_moons(400, noise=0.2, random_state=0)
    return x, y.reshape(-1, 1).astype("float32")


def found(x, y):
    """As found."""
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.03),
        loss="binary_crossentropy",
        metrics=["accuracy"],
    )
    history = model.fit(x, y, epochs=8, batch_size=32, verbose=0)
    return model, history.history


def cured(x, y):
    """Cured."""
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.03),
        loss="binary_crossentropy",
        metrics=["accuracy"],
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
    likelihood = np.where(y == 1, predicted, 1 - predicted)
    return {
        "seen": {
            "loss, first and last epoch": [history["loss"][0], history["loss"][-1]],
            "accuracy, first and last epoch": [history["accuracy"][0], history["accuracy"][-1]],
            "loss that evaluate reports": model.evaluate(x, y, verbose=0)[0],
        },
        "truth": {
            "lowest and highest prediction": [float(predicted.min()), float(predicted.max())],
            "loss of these predictions, by hand": float(-np.log(likelihood.clip(1e-7)).mean()),
        },
        "curve": history["loss"],
        "beside": {"accuracy": history["accuracy"]},
    }
