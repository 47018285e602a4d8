"""One model looked at three times: before compile, after it, and after the first step of fit."""

import inspect
import time

import keras
import numpy as np
from sklearn.datasets import make_moons


def state_of(model, x):
    """What there is to see of a model: its weights, what it predicts, what compile gave it."""
    optimizer = getattr(model, "optimizer", None)
    return {
        "weights": [w.copy() for w in model.get_weights()],
        "predicts": model(x).numpy(),
        "compiled": model.compiled,
        "optimizer": type(optimizer).__name__ if optimizer else "none",
        "built": bool(optimizer and optimizer.built),
        "variables": len(optimizer.variables) if optimizer else 0,
        "graph": getattr(model, "train_function", None) is not None,
    }


def defaults(x, y):
    """What compile takes when it is given nothing, and what fit says to that."""
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile()
    try:
        model.fit(x, y, verbose=0)
        said = "nothing"
    except ValueError as error:
        said = str(error)
    return {
        "optimizer": type(model.optimizer).__name__,
        "loss": model.loss,
        "fit says": said,
        "third argument": list(inspect.signature(model.compile).parameters)[2],
    }


def run(say=print):
    """Each look without its arrays, how far these moved, seconds of each call, and defaults."""
    keras.utils.set_random_seed(0)
    x, y = make_moons(400, noise=0.2, random_state=0)
    x, y = x.astype("float32"), y.reshape(-1, 1)
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    looks, seconds = [state_of(model, x)], {}
    calls = {
        "compile": lambda: model.compile(
            optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"]
        ),
        "first fit": lambda: model.fit(x[:32], y[:32], batch_size=32, verbose=0),
        "second fit": lambda: model.fit(x[:32], y[:32], batch_size=32, verbose=0),
    }
    for name, call in calls.items():
        say(f"Calling {name}")
        start = time.perf_counter()
        call()
        seconds[name] = time.perf_counter() - start
        looks.append(state_of(model, x))
    weights = [np.concatenate([w.ravel() for w in look.pop("weights")]) for look in looks]
    predicts = [look.pop("predicts") for look in looks]
    return {
        "looks": looks[:3],
        "seconds": seconds,
        "moved": [float(np.abs(w - weights[0]).max()) for w in weights[:3]],
        "predicts otherwise": [float(np.abs(p - predicts[0]).max()) for p in predicts[:3]],
        "defaults": defaults(x[:32], y[:32]),
    }
