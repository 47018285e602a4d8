"""Scores without sigmoid, measured by an accuracy that expects probabilities."""

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
            keras.layers.Dense(1),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.003),
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
            keras.layers.Dense(1),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.003),
        loss=keras.losses.BinaryCrossentropy(from_logits=True),
        metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)],
    )
    history = model.fit(x, y, epochs=3, batch_size=32, verbose=0)
    return model, history.history


def run(say=print, cure=False):
    """What `fit` shows, and what is true."""
    keras.utils.set_random_seed(1)
    say("Training the cured program" if cure else "Training the program as found")
    x, y = data()
    model, history = (cured if cure else found)(x, y)
    scores = model.predict(x, verbose=0)
    truth = {}
    if not cure:
        say("Training it with a string for the loss")
        keras.utils.set_random_seed(1)
        twin = keras.models.clone_model(model)
        twin.compile(optimizer=keras.optimizers.Adam(0.003), loss="binary_crossentropy")
        losses = twin.fit(x, y, epochs=3, batch_size=32, verbose=0).history["loss"]
        truth["last loss with the string binary_crossentropy"] = losses[-1]
    return {
        "seen": {
            "loss, first and last epoch": [history["loss"][0], history["loss"][-1]],
            "accuracy that evaluate reports": model.evaluate(x, y, verbose=0)[1],
        },
        "truth": {
            "share of right predictions, cut at 0": float(((scores > 0) == y).mean()),
            "share of right predictions, cut at 0.5": float(((scores > 0.5) == y).mean()),
            "share of scores between 0 and 0.5": float(((scores > 0) & (scores < 0.5)).mean()),
            **truth,
        },
        "curve": history["loss"],
        "beside": {name: values for name, values in history.items() if name != "loss"},
    }
