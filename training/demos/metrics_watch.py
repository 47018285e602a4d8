"""The same model trained without metrics and with four of them."""

import keras
import numpy as np
from sklearn.datasets import make_moons


def trained(metrics, epochs):
    """Weights after training and what `fit` wrote down, from the same start."""
    keras.utils.set_random_seed(0)
    x, y = make_moons(400, noise=0.2, random_state=0)
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=metrics)
    history = model.fit(x, y.reshape(-1, 1), epochs=epochs, batch_size=32, verbose=0).history
    return model.get_weights(), history


def run(say=print, epochs=10):
    """Largest difference between any two weights, and both losses by epoch."""
    say("Training without metrics")
    bare, plain = trained([], epochs)
    say("Training with four metrics")
    watched, history = trained(["accuracy", "AUC", "Precision", "Recall"], epochs)
    return {
        "difference": max(float(np.abs(a - b).max()) for a, b in zip(bare, watched, strict=True)),
        "without": plain["loss"],
        "with": history["loss"],
        "metrics": {name: values for name, values in history.items() if name != "loss"},
    }
