"""Two optimizers, two forms of labels, two losses: which of the eight raise an error."""

from itertools import product

import keras
import numpy as np

LOSSES = ("sparse_categorical_crossentropy", "categorical_crossentropy")


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


def values():
    """Both losses of the same predictions, each with the labels that suit it."""
    noise = np.random.default_rng(0)
    predicted = noise.dirichlet(np.ones(3), 64).astype("float32")
    classes = noise.integers(3, size=64)
    sparse, categorical = (keras.losses.get(loss) for loss in LOSSES)
    return [
        float(np.mean(sparse(classes, predicted))),
        float(np.mean(categorical(keras.utils.to_categorical(classes), predicted))),
    ]


def run(say=print):
    """A row for each of the eight: optimizer, labels, loss, what Keras says; and both values."""
    rows = []
    for cell in product(("sgd", "adam"), ("class numbers", "one-hot"), LOSSES):
        say(", ".join(cell))
        rows.append([*cell, attempt(*cell)])
    return {"rows": rows, "values": values()}
