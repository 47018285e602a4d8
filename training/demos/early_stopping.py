"""The same training twice, once watched by a callback that acts on a metric."""

import keras
import numpy as np
from sklearn.datasets import make_moons


def trained(callbacks, epochs):
    """Weights after training and validation accuracy by epoch, from the same start."""
    keras.utils.set_random_seed(0)
    x, y = make_moons(400, noise=0.2, random_state=0)
    y = y.reshape(-1, 1)
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
    history = model.fit(
        x[:300],
        y[:300],
        validation_data=(x[300:], y[300:]),
        epochs=epochs,
        batch_size=50,
        verbose=0,
        callbacks=callbacks,
    ).history
    return model.get_weights(), history["val_accuracy"]


def run(say=print, epochs=8):
    """Validation accuracy of both by epoch, and how far their weights are apart."""
    say("Training without a callback")
    free, all_epochs = trained([], epochs)
    say("Training with EarlyStopping")
    stop = keras.callbacks.EarlyStopping(monitor="val_accuracy", patience=1)
    ended, some_epochs = trained([stop], epochs)
    return {
        "without": all_epochs,
        "with": some_epochs,
        "difference": max(float(np.abs(a - b).max()) for a, b in zip(free, ended, strict=True)),
    }
