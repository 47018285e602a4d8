"""What compile changes in a model, and when a frozen layer stays as it is."""

import json

import keras
import numpy as np
from sklearn.datasets import make_moons

X, Y = make_moons(400, noise=0.2, random_state=0)
X, Y = X.astype("float32"), Y.reshape(-1, 1).astype("float32")


def made():
    """A model that is not compiled, with the same weights at every call."""
    keras.utils.set_random_seed(0)
    return keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh", name="hidden"),
            keras.layers.Dense(1, activation="sigmoid", name="last"),
        ]
    )


def compiled(model):
    """The same model, after compile."""
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss=keras.losses.BinaryCrossentropy())
    return model


def fit(model):
    """One epoch."""
    model.fit(X, Y, epochs=1, batch_size=32, verbose=0)


def moved(model):
    """How far one epoch moves the hidden layer, and the last one."""
    before = [w.numpy() for w in (model.layers[0].kernel, model.layers[1].kernel)]
    fit(model)
    after = [w.numpy() for w in (model.layers[0].kernel, model.layers[1].kernel)]
    return [float(np.abs(a - b).max()) for a, b in zip(after, before, strict=True)]


def run(say=print):
    """What compile changed, and how far a frozen layer moved, by when it was frozen."""
    say("Compiling")
    model = made()
    plan, weights, answer = model.to_json(), model.get_weights(), model.predict(X, verbose=0)
    plan = json.loads(plan)
    compiled(model)
    now = json.loads(model.to_json())
    pairs = zip(model.get_weights(), weights, strict=True)
    changed = {
        "entries": [name for name in now if now[name] != plan.get(name)],
        "kept": [name for name in now if now[name] == plan.get(name)],
        "weights": max(float(np.abs(a - b).max()) for a, b in pairs),
        "predictions": float(np.abs(model.predict(X, verbose=0) - answer).max()),
    }

    say("Freezing after compile, before the first fit")
    model.layers[0].trainable = False
    early = moved(model)

    say("Freezing after the first fit")
    model = compiled(made())
    fit(model)
    model.layers[0].trainable = False
    late = moved(model)

    say("The same, and compiling once more")
    again = moved(compiled(model))
    return {"changed": changed, "early": early, "late": late, "again": again}
