"""Scores without softmax, given to a crossentropy that expects probabilities."""

import keras
import numpy as np
from sklearn.datasets import make_blobs


def data():
    """300 points in three heaps, and their classes 0, 1 and 2."""
    return make_blobs(300, centers=3, random_state=0)


def found(x, y):
    """As found."""
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(3),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.03),
        loss="sparse_categorical_crossentropy",
    )
    history = model.fit(x, y, epochs=8, batch_size=32, verbose=0)
    return model, history.history


def cured(x, y):
    """Cured."""
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(3),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.03),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    history = model.fit(x, y, epochs=8, batch_size=32, verbose=0)
    return model, history.history


def run(say=print, cure=False):
    """What `fit` shows, and what is true."""
    keras.utils.set_random_seed(2)
    say("Training the cured program" if cure else "Training the program as found")
    x, y = data()
    model, history = (cured if cure else found)(x, y)
    scores = model.predict(x, verbose=0)
    return {
        "seen": {"loss, first and last epoch": [history["loss"][0], history["loss"][-1]]},
        "truth": {
            "share of right predictions, counted": float((scores.argmax(axis=1) == y).mean()),
            "loss of guessing among three": float(np.log(3)),
            "lowest and highest score": [float(scores.min()), float(scores.max())],
            "share of scores outside 0 to 1": float(((scores < 0) | (scores > 1)).mean()),
        },
        "curve": history["loss"],
    }
