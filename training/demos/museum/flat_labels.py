"""Labels in a flat row beside predictions in a column."""

import keras
from sklearn.datasets import make_moons


def data():
    """400 points of two half moons with labels 0 and 1, as scikit-learn makes them."""
    return make_moons(400, noise=0.2, random_state=0)


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
        metrics=["kl_divergence", "poisson", "hinge", "categorical_hinge"],
    )
    history = model.fit(x, y, epochs=4, batch_size=32, verbose=0)
    return model, history.history


def cured(x, y):
    """Cured."""
    y = y.reshape(-1, 1).astype("float32")
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
        metrics=["kl_divergence", "poisson", "hinge", "categorical_hinge"],
    )
    history = model.fit(x, y, epochs=4, batch_size=32, verbose=0)
    return model, history.history


def run(say=print, cure=False):
    """What `fit` shows, and what is true."""
    keras.utils.set_random_seed(0)
    say("Training the cured program" if cure else "Training the program as found")
    x, y = data()
    model, history = (cured if cure else found)(x, y)
    predicted = model.predict(x, verbose=0)
    column = y.reshape(-1, 1).astype("float32")
    names = ("KLDivergence", "Poisson", "Hinge", "CategoricalHinge")
    return {
        "seen": {
            "loss, first and last epoch": [history["loss"][0], history["loss"][-1]],
            **{name: values[-1] for name, values in history.items() if name != "loss"},
        },
        "truth": {
            f"{name} of labels in a column": float(
                getattr(keras.metrics, name)()(column, predicted)
            )
            for name in names
        },
        "curve": history["loss"],
    }
