"""A trained model used without compile: predictions, features, and what is refused."""

import tempfile
from pathlib import Path

import keras
import numpy as np
from sklearn.datasets import make_moons

X, Y = make_moons(400, noise=0.2, random_state=0)
X, Y = X.astype("float32"), Y.reshape(-1, 1).astype("float32")


def attempt(call):
    """What Keras says."""
    try:
        call()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "works"


def calls(model):
    """What one does with a trained model."""
    features = keras.Model(model.inputs, model.get_layer("hidden").output)
    return {
        "model.predict(x)": lambda: model.predict(X, batch_size=400, verbose=0),
        "model(x)": lambda: model(X),
        "features of a layer": lambda: features.predict(X, batch_size=400, verbose=0),
        "model.summary()": lambda: model.summary(print_fn=lambda _: None),
        "model.evaluate(x, y)": lambda: model.evaluate(X, Y, verbose=0),
        "model.fit(x, y)": lambda: model.fit(X, Y, verbose=0),
    }


def run(say=print):
    """What works on a model loaded with and without compile, and how its answers differ."""
    say("Training and saving a model")
    keras.utils.set_random_seed(0)
    hidden = keras.layers.Dense(16, activation="tanh", name="hidden")
    model = keras.Sequential([keras.Input((2,)), hidden, keras.layers.Dense(1, "sigmoid")])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    model.fit(X, Y, epochs=3, batch_size=32, verbose=0)
    answers = model.predict(X, batch_size=400, verbose=0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        say("Loading it with and without compile, and using it")
        bare = keras.models.load_model(path, compile=False)
        whole = keras.models.load_model(path)
    metric = keras.metrics.BinaryAccuracy()
    metric.update_state(Y, bare(X))
    return {
        "compiled": bool(bare.compiled),
        "said": {name: attempt(call) for name, call in calls(bare).items()},
        "said compiled": {name: attempt(call) for name, call in calls(whole).items()},
        "difference": float(np.abs(bare.predict(X, batch_size=400, verbose=0) - answers).max()),
        "accuracy": [float(metric.result()), model.evaluate(X, Y, verbose=0)[1]],
    }
