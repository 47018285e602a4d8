"""Labels -1 and 1 for the hinge loss, measured by an accuracy for 0 and 1."""

import keras
from sklearn.datasets import make_moons


def data():
    """400 points of two half moons, and a column of labels 0 and 1."""
    x, y = make_moons(400, noise=0.2, random_state=0)
    return x, y.reshape(-1, 1).astype("float32")


def found(x, y):
    """As found."""
    y = 2 * y - 1  # hinge wants -1 and 1
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, activation="tanh"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.03),
        loss="hinge",
        metrics=["accuracy"],
    )
    history = model.fit(x, y, epochs=8, batch_size=32, verbose=0)
    return model, history.history


def cured(x, y):
    """Cured: hinge makes -1 and 1 of 0 and 1 itself."""
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, activation="tanh"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.03),
        loss="hinge",
        metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)],
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
    name, values = next(item for item in history.items() if item[0] != "loss")
    return {
        "seen": {
            "loss, first and last epoch": [history["loss"][0], history["loss"][-1]],
            "accuracy, last epoch": values[-1],
        },
        "truth": {
            "share of right signs, counted": float(((predicted > 0) == (y > 0)).mean()),
        },
        "curve": history["loss"],
        "beside": {name: values},
    }
