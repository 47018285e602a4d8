"""Which models are compiled: a new one, and those that were made of a compiled one."""

import tempfile
from pathlib import Path

import keras
import numpy as np

X = np.random.default_rng(0).normal(size=(64, 2)).astype("float32")
Y = (X[:, :1] > 0).astype("float32")


def made():
    """A small model."""
    keras.utils.set_random_seed(0)
    hidden = keras.layers.Dense(8, activation="tanh")
    return keras.Sequential([keras.Input((2,)), hidden, keras.layers.Dense(1, "sigmoid")])


def fitted(model):
    """What fit says."""
    try:
        model.fit(X, Y, epochs=1, verbose=0)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "trains"


def run(say=print):
    """For each model: whether it is compiled, the steps of its optimizer, and what fit says."""
    say("Making, copying, saving and loading")
    original = made()
    original.compile(optimizer="adam", loss="binary_crossentropy")
    original.fit(X, Y, epochs=1, verbose=0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        original.save(path)
        models = {
            "Sequential(...)": made(),
            "clone_model(model)": keras.models.clone_model(original),
            "model_from_json(model.to_json())": keras.models.model_from_json(original.to_json()),
            "Sequential(model.layers)": keras.Sequential(original.layers),
            "load_model(path)": keras.models.load_model(path),
            "load_model(path, compile=False)": keras.models.load_model(path, compile=False),
        }
    found = {}
    for name, model in models.items():
        say(f"Calling fit: {name}")
        compiled = bool(model.compiled)
        steps = int(model.optimizer.iterations) if compiled else 0
        found[name] = {"compiled": compiled, "steps": steps, "fit": fitted(model)}
    return found
