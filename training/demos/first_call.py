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


def made():
    """A small model, compiled by nobody yet."""
    keras.utils.set_random_seed(0)
    hidden = keras.layers.Dense(16, activation="tanh")
    return Counted([keras.Input((2,)), hidden, keras.layers.Dense(1, activation="sigmoid")])


def fitted(x, y, epochs):
    """Python's runs in each batch of `fit`, 32 rows each but for the last of an epoch."""
    model, runs = made(), []
    model.compile(optimizer="adam", loss="binary_crossentropy")
    noted = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: runs.append(model.runs)
    )
    model.fit(x, y, batch_size=32, epochs=epochs, verbose=0, callbacks=[noted])
    return [int(run) for run in np.diff([0, *runs])]


def run(say=print):
    """For compile and each call: rows of the batch, Python's runs, milliseconds; and for fit."""
    model = made()
    x = np.random.default_rng(0).normal(size=(400, 2)).astype("float32")
    y = (x[:, :1] > 0).astype("float32")

    def timed(call):
        runs, start = model.runs, time.perf_counter()
        call()
        return {"ms": 1000 * (time.perf_counter() - start), "runs": model.runs - runs}

    def compiled():
        model.compile(optimizer="adam", loss="binary_crossentropy")

    say("Compiling")
    compiling = timed(compiled)
    calls = []
    for number, size in enumerate(SIZES, start=1):
        say(f"Call {number}: a batch of {size} rows")
        calls.append(timed(lambda size=size: model.train_on_batch(x[:size], y[:size])))
    say("Compiling again, and one more call")
    compiled()
    again = timed(lambda: model.train_on_batch(x[:32], y[:32]))
    say("Two epochs of fit on 400 rows")
    return {
        "compile": compiling,
        "sizes": list(SIZES),
        "calls": calls,
        "again": again,
        "fit": fitted(x, y, epochs=2),
    }
