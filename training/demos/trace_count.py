"""How often Python runs through train_step: after compile, in a graph, step by step, in tens."""

import time

import keras
import numpy as np


class Counted(keras.Sequential):
    """A model that counts how often its train_step is run by Python."""

    runs = 0

    def train_step(self, data):
        self.runs += 1
        return super().train_step(data)


class Clock(keras.callbacks.Callback):
    """The milliseconds of each call of the training function."""

    def on_train_begin(self, logs=None):
        self.calls = []

    def on_train_batch_begin(self, batch, logs=None):
        self.start = time.perf_counter()

    def on_train_batch_end(self, batch, logs=None):
        self.calls.append(1000 * (time.perf_counter() - self.start))


def run(say=print, steps=30):
    """For each way: Python's runs after compile and each of two fits, calls, times, the loss."""
    x = np.random.default_rng(0).normal(size=(32 * steps, 2)).astype("float32")
    y = (x[:, :1] > 0).astype("float32")
    ways = {
        "graph": {},
        "eager": {"run_eagerly": True},
        "10 steps at once": {"steps_per_execution": 10},
    }
    found = {}
    for way, settings in ways.items():
        say(f"Training: {way}")
        keras.utils.set_random_seed(0)
        hidden = keras.layers.Dense(16, activation="tanh")
        head = keras.layers.Dense(1, activation="sigmoid")
        model, clock = Counted([keras.Input((2,)), hidden, head]), Clock()
        model.compile(optimizer="adam", loss="binary_crossentropy", **settings)
        runs, totals = [model.runs], []
        for _ in range(2):
            history = model.fit(x, y, batch_size=32, verbose=0, callbacks=[clock]).history
            totals.append(sum(clock.calls))
            runs.append(model.runs)
            found.setdefault(way, {"milliseconds": clock.calls})
        found[way] |= {"runs": runs, "calls": len(clock.calls), "totals": totals}
        found[way]["loss"] = history["loss"][-1]
    return found
