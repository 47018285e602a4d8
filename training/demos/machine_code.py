"""What jit_compile does: who sets it, what the first call costs with it, and what is learnt."""

import time

import keras
import numpy as np
import tensorflow as tf


def trained(x, y, **settings):
    """What compile made of jit_compile, milliseconds of first and later calls, and the loss."""
    keras.utils.set_random_seed(0)
    hidden = keras.layers.Dense(16, activation="tanh")
    model = keras.Sequential([keras.Input((2,)), hidden, keras.layers.Dense(1, "sigmoid")])
    model.compile(optimizer="adam", loss="binary_crossentropy", **settings)
    milliseconds = []
    for _ in range(20):
        start = time.perf_counter()
        loss = model.train_on_batch(x, y)
        milliseconds.append(1000 * (time.perf_counter() - start))
    return {
        "jit_compile": model.jit_compile,
        "first": milliseconds[0],
        "later": sorted(milliseconds[1:])[9],
        "loss": float(loss),
    }


def run(say=print):
    """The same training by default and by XLA; whether TensorFlow sees more than a CPU here."""
    x = np.random.default_rng(0).normal(size=(32, 2)).astype("float32")
    y = (x[:, :1] > 0).astype("float32")
    say("Training as compile does by default")
    usual = trained(x, y)
    say("Training with jit_compile=True")
    xla = trained(x, y, jit_compile=True)
    kinds = {device.device_type for device in tf.config.list_physical_devices()}
    return {"default": usual, "True": xla, "only a CPU": kinds == {"CPU"}}
