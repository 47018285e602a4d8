"""How hard two losses push the score of an example whose true answer is 1."""

import keras
import numpy as np
import tensorflow as tf


def run(say=print):
    """The slope of each loss over the score, and both at the confident wrong answer, score -8."""
    scores = tf.constant(np.linspace(-8, 8, 65).reshape(-1, 1), "float32")
    true = tf.ones_like(scores)
    losses = {
        "binary crossentropy": keras.losses.BinaryCrossentropy(reduction="sum"),
        "mean squared error": keras.losses.MeanSquaredError(reduction="sum"),
    }
    slopes = {}
    for name, loss in losses.items():
        say(f"Slopes of the {name}")
        with tf.GradientTape() as tape:
            tape.watch(scores)
            value = loss(true, keras.activations.sigmoid(scores))
        slopes[name] = [float(s) for s in tape.gradient(value, scores)[:, 0]]
    return {"scores": [float(s) for s in scores[:, 0]], "slopes": slopes}
