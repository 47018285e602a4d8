"""A last layer that cannot reach the targets."""

import keras
import numpy as np


def data():
    """400 numbers x, and targets on a straight line with some noise."""
    rng = np.random.default_rng(0)
    x = rng.uniform(-2, 2, (400, 1))
    return x, 1.5 * x + rng.normal(0, 0.3, (400, 1))


def found(x, y):
    """As found."""
    model = keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, activation="relu"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.03),
        loss="mean_squared_error",
    )
    history = model.fit(x, y, epochs=8, batch_size=32, verbose=0)
    return model, history.history


def cured(x, y):
    """Cured."""
    model = keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.03),
        loss="mean_squared_error",
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
    truth = {}
    if not cure:
        say("Training it with sigmoid in the place of relu")
        twin = keras.Sequential([*model.layers[:-1], keras.layers.Dense(1, activation="sigmoid")])
        twin = keras.models.clone_model(twin)
        twin.compile(optimizer=keras.optimizers.Adam(0.03), loss="mean_squared_error")
        losses = twin.fit(x, y, epochs=8, batch_size=32, verbose=0).history["loss"]
        truth["last loss with sigmoid in the place of relu"] = losses[-1]
    return {
        "seen": {"loss, first and last epoch": [history["loss"][0], history["loss"][-1]]},
        "truth": {
            "lowest and highest prediction": [float(predicted.min()), float(predicted.max())],
            "lowest and highest target": [float(y.min()), float(y.max())],
            "loss of always saying the mean": float(y.var()),
            **truth,
        },
        "curve": history["loss"],
    }
