"""Probabilities given to a crossentropy that was told to expect scores."""

import keras
import numpy as np
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
        loss=keras.losses.BinaryCrossentropy(from_logits=True),
        metrics=["accuracy"],
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
        loss=keras.losses.BinaryCrossentropy(from_logits=False),
        metrics=["accuracy"],
    )
    history = model.fit(x, y, epochs=3, batch_size=32, verbose=0)
    return model, history.history


def softmax(x, y, from_logits):
    """The same question for two units with softmax."""
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2, activation="softmax")])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits)
    model.compile(optimizer="adam", loss=loss)
    model.fit(x, y, epochs=1, batch_size=32, verbose=0)
    return model


def difference(one, other):
    """The largest difference between any two weights."""
    pairs = zip(one.get_weights(), other.get_weights(), strict=True)
    return max(float(np.abs(a - b).max()) for a, b in pairs)


def run(say=print, cure=False):
    """What `fit` shows, and what is true."""
    x, y = data()
    models, histories = [], []
    for train in (cured, found) if cure else (found, cured):
        say(
            "Training the program " + ("as found" if train is found else "without from_logits=True")
        )
        keras.utils.set_random_seed(0)
        model, history = train(x, y)
        models.append(model)
        histories.append(history)
    say("Training softmax with and without it")
    pair = []
    for from_logits in (True, False):
        keras.utils.set_random_seed(0)
        pair.append(softmax(x, y, from_logits))
    model, history = models[0], histories[0]
    return {
        "seen": {
            "loss, first and last epoch": [history["loss"][0], history["loss"][-1]],
            "accuracy, last epoch": history["accuracy"][-1],
            "loss that evaluate reports": model.evaluate(x, y, verbose=0)[0],
        },
        "truth": {
            "largest difference from the other program's weights": difference(*models),
            "the same with softmax": difference(*pair),
            "this loss of these predictions, outside the model": float(
                model.loss(y, model.predict(x, verbose=0))
            ),
        },
        "curve": history["loss"],
    }
