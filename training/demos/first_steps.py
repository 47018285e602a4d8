"""The first step of several optimizers, from the same weights and along the same gradient."""

import keras
import numpy as np
import tensorflow as tf
from sklearn.datasets import make_moons

NAMES = ("SGD", "Adagrad", "Adadelta", "RMSprop", "Adam", "Nadam", "Lion")


def flat(arrays):
    """All numbers of several arrays in one row."""
    return np.concatenate([np.asarray(a).ravel() for a in arrays])


def run(say=print, learning_rate=0.01):
    """For each optimizer: the step of a typical weight over the rate, and how straight it went."""
    keras.utils.set_random_seed(0)
    x, y = make_moons(400, noise=0.2, random_state=0)
    x, y = x.astype("float32"), y.reshape(-1, 1).astype("float32")
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    with tf.GradientTape() as tape:
        loss = keras.losses.BinaryCrossentropy()(y, model(x))
    gradients = tape.gradient(loss, model.trainable_variables)
    start, g = model.get_weights(), flat(gradients)
    found = {}
    for name in NAMES:
        say(f"One step of {name}")
        model.set_weights(start)
        optimizer = getattr(keras.optimizers, name)(learning_rate=learning_rate)
        optimizer.apply(gradients, model.trainable_variables)
        step = flat(model.get_weights()) - flat(start)
        found[name] = {
            "size": float(np.median(np.abs(step)) / learning_rate),
            "cosine": float(step @ -g / np.linalg.norm(step) / np.linalg.norm(g)),
        }
    return {"gradient": float(np.median(np.abs(g))), "steps": found}
