"""When calls of a training step record a graph, with batches of several sizes."""

import time

import keras
import numpy as np

SIZES = (32, 32, 32, 32, 17, 32, 17, 23, 9, 32)


class Counted(keras.Sequential):
    """A model that counts how often its train_step is run by Python, which is to record a graph."""

    runs = 0

    def train_step(self, data):
        self.runs += 1
        return super().train_step(data)


def run(say=print):
    """For compile and for each call: rows of the batch, Python's runs, milliseconds."""
    keras.utils.set_random_seed(0)
    hidden = keras.layers.Dense(16, activation="tanh")
    model = Counted([keras.Input((2,)), hidden, keras.layers.Dense(1, activation="sigmoid")])
    x = np.random.default_rng(0).normal(size=(32, 2)).astype("float32")
    y = (x[:, :1] > 0).astype("float32")

    def timed(call):
        runs, start = model.runs, time.perf_counter()
        call()
        return {"ms": 1000 * (time.perf_counter() - start), "runs": model.runs - runs}

    say("Compiling")
    compiling = timed(lambda: model.compile(optimizer="adam", loss="binary_crossentropy"))
    calls = []
    for number, size in enumerate(SIZES, start=1):
        say(f"Call {number}: a batch of {size} rows")
        calls.append(timed(lambda size=size: model.train_on_batch(x[:size], y[:size])))
    return {"compile": compiling, "sizes": list(SIZES), "calls": calls}
