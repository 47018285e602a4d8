"""Gradient descent by hand in NumPy, and Keras's SGD, on the same straight line."""

from itertools import pairwise

import keras
import numpy as np

RATE = 0.05
noise = np.random.default_rng(0)
X = (noise.normal(size=(100, 2)) * [1, 2.5]).astype("float32")
Y = (X @ [[3.0], [-2.0]] + 1 + 0.3 * noise.normal(size=(100, 1))).astype("float32")
OPTIMIZERS = {
    "SGD": lambda: keras.optimizers.SGD(RATE),
    "SGD with momentum": lambda: keras.optimizers.SGD(RATE, momentum=0.9),
    "RMSprop": lambda: keras.optimizers.RMSprop(RATE),
    "Adam": lambda: keras.optimizers.Adam(RATE),
}


def gradient(weights):
    """How fast the mean squared error grows with each of two weights and the bias."""
    miss = X @ weights[:2] + weights[2] - Y
    return 2 * np.vstack([X.T @ miss, miss.sum(keepdims=True).reshape(1, 1)]) / len(X)


def by_hand(steps):
    """Slopes and height, all 0 at first, after each step."""
    weights = np.zeros((3, 1), "float32")
    path = [weights]
    for _ in range(steps):
        weights = weights - RATE * gradient(weights)
        path.append(weights)
    return np.array(path)[:, :, 0]


def by_keras(optimizer, steps):
    """The same by compile and a method of fit's family, with any optimizer."""
    layer = keras.layers.Dense(1, kernel_initializer="zeros")
    model = keras.Sequential([keras.Input((2,)), layer])
    model.compile(optimizer=optimizer, loss="mean_squared_error")
    path = [np.vstack([layer.kernel.numpy(), [layer.bias.numpy()]])]
    for _ in range(steps):
        model.train_on_batch(X, Y)
        path.append(np.vstack([layer.kernel.numpy(), [layer.bias.numpy()]]))
    return np.array(path)[:, :, 0]


def cosines(path):
    """For each step, the cosine of the angle between it and the way straight down."""
    found = []
    for start, end in pairwise(path):
        step, down = end - start, -gradient(start[:, None])[:, 0]
        found.append(float(step @ down / (np.linalg.norm(step) * np.linalg.norm(down))))
    return found


def run(say=print, steps=12):
    """Both paths, and by optimizer the cosines of its steps with the negative gradient."""
    say("Gradient descent by hand")
    hand = by_hand(steps)
    paths = {}
    for name, make in OPTIMIZERS.items():
        say(f"{steps} steps of {name}")
        paths[name] = by_keras(make(), steps)
    return {
        "hand": hand.tolist(),
        "keras": paths["SGD"].tolist(),
        "difference": float(np.abs(hand - paths["SGD"]).max()),
        "cosines": {name: cosines(path) for name, path in paths.items()},
    }
