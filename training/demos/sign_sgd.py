"""An optimizer of one's own: every weight goes by the learning rate, against its gradient."""

import keras
import numpy as np
from keras import ops
from sklearn.datasets import make_moons


class SignSGD(keras.optimizers.Optimizer):
    """Steps of one size, whatever the size of the gradient."""

    def update_step(self, gradient, variable, learning_rate):
        self.assign_sub(variable, learning_rate * ops.sign(gradient))


def run(say=print, epochs=10):
    """The size of the first step by weight; loss and accuracy before a training and in it."""
    keras.utils.set_random_seed(1)
    x, y = make_moons(400, noise=0.2, random_state=0)
    y = y.reshape(-1, 1)
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    rate = 0.01
    model.compile(
        optimizer=SignSGD(learning_rate=rate), loss="binary_crossentropy", metrics=["accuracy"]
    )
    at_first = model.evaluate(x, y, batch_size=400, return_dict=True, verbose=0)
    before = model.get_weights()
    say("The first step")
    model.train_on_batch(x, y)
    moved = [np.abs(a - b).ravel() for a, b in zip(model.get_weights(), before, strict=True)]
    say("Training on")
    history = model.fit(x, y, epochs=epochs, batch_size=32, verbose=0).history
    return {
        "rate": rate,
        "steps": [float(s) for s in np.concatenate(moved)],
        "at first": at_first,
        "history": history,
    }
