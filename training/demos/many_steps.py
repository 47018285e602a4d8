"""The same training with one step in each call, and with fifty."""

import time

import keras
import numpy as np


def trained(at_once, steps):
    """Weights, the calls that fit made, and the seconds of an epoch after the first."""
    x = np.random.default_rng(0).normal(size=(16 * steps, 2)).astype("float32")
    y = (x[:, :1] > 0).astype("float32")
    keras.utils.set_random_seed(0)
    hidden = keras.layers.Dense(16, activation="tanh")
    model = keras.Sequential([keras.Input((2,)), hidden, keras.layers.Dense(1, "sigmoid")])
    model.compile(optimizer="adam", loss="binary_crossentropy", steps_per_execution=at_once)
    calls = []
    ends = keras.callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: calls.append(1))
    model.fit(x, y, batch_size=16, shuffle=False, verbose=0, callbacks=[ends])
    calls.clear()
    start = time.perf_counter()
    model.fit(x, y, batch_size=16, shuffle=False, verbose=0, callbacks=[ends])
    return model.get_weights(), len(calls), time.perf_counter() - start


def run(say=print, steps=200, at_once=50):
    """Both ways, and the largest difference between their weights."""
    say("One step in each call")
    one, calls_one, seconds_one = trained(1, steps)
    say(f"{at_once} steps in each call")
    many, calls_many, seconds_many = trained(at_once, steps)
    return {
        "steps": steps,
        "calls": [calls_one, calls_many],
        "seconds": [seconds_one, seconds_many],
        "difference": max(float(np.abs(a - b).max()) for a, b in zip(one, many, strict=True)),
    }
