"""Two optimizers, two forms of labels, two losses: which of the eight raise an error."""

from itertools import product

import keras
import numpy as np


def attempt(optimizer, labels, loss):
    """What Keras says when three classes are learnt in this way."""
    x = np.random.default_rng(0).normal(size=(64, 2)).astype("float32")
    classes = np.digitize(x[:, 0], [-0.5, 0.5])
    y = classes if labels == "class numbers" else np.eye(3, dtype="float32")[classes]
    keras.utils.set_random_seed(0)
    hidden = keras.layers.Dense(8, activation="tanh")
    model = keras.Sequential([keras.Input((2,)), hidden, keras.layers.Dense(3, "softmax")])
    model.compile(optimizer=optimizer, loss=loss, run_eagerly=True)
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0]}"
    return "works"


def run(say=print):
    """A row for each of the eight: optimizer, labels, loss, and what Keras says."""
    rows = []
    for cell in product(
        ("sgd", "adam"),
        ("class numbers", "one-hot"),
        ("sparse_categorical_crossentropy", "categorical_crossentropy"),
    ):
        say(", ".join(cell))
        rows.append([*cell, attempt(*cell)])
    return rows
