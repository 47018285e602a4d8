"""Categorical accuracy of a single unit."""

import keras
from sklearn.datasets import make_moons


def data():
    """400 points of two half moons, and a column of labels 0 and 1."""
    x, y = make_moons(400, noise=0.2, random_state=0)
    return x, y.reshape(-1, 1).astype("float32")


def found(x, y):
    """As found."""
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
        metrics=["categorical_accuracy"],
    )
    history = model.fit(x, y, epochs=3, batch_size=32, verbose=0)
    return model, history.history


def cured(x, y):
    """Cured."""
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
        metrics=["binary_accuracy"],
    )
    history = model.fit(x, y, epochs=3, batch_size=32, verbose=0)
    return model, history.history


def run(say=print, cure=False):
    """What `fit` shows, and what is true."""
    keras.utils.set_random_seed(0)
    say("Training the cured program" if cure else "Training the program as found")
    x, y = data()
    model, history = (cured if cure else found)(x, y)
    predicted = model.predict(x, verbose=0)
    name, values = next(item for item in history.items() if item[0] != "loss")
    shuffled = model.evaluate(x, y[::-1], verbose=0)
    return {
        "seen": {
            f"{name}, first and last epoch": [values[0], values[-1]],
            "loss, first and last epoch": [history["loss"][0], history["loss"][-1]],
        },
        "truth": {
            "share of right predictions, counted": float(((predicted > 0.5) == y).mean()),
            f"{name} against labels of other rows": shuffled[1],
        },
        "curve": history["loss"],
        "beside": {name: values},
    }
