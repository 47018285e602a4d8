"""Adadelta by its string, and with the learning rate of the paper that it comes from."""

import keras
from sklearn.datasets import make_moons


def trained(optimizer, epochs):
    """Loss and accuracy by epoch, from the same start."""
    keras.utils.set_random_seed(0)
    x, y = make_moons(400, noise=0.2, random_state=0)
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer=optimizer, loss="binary_crossentropy", metrics=["accuracy"])
    return model.fit(x, y.reshape(-1, 1), epochs=epochs, batch_size=32, verbose=0).history


def run(say=print, epochs=12):
    """The history of both, and the rate that the string stands for."""
    say("Training with the string adadelta")
    by_string = trained("adadelta", epochs)
    say("Training with a learning rate of 1")
    by_rate = trained(keras.optimizers.Adadelta(learning_rate=1.0), epochs)
    return {
        "by string": by_string,
        "by rate": by_rate,
        "rate": float(keras.optimizers.get("adadelta").learning_rate),
    }
