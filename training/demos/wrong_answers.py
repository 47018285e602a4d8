"""How hard four losses push the score of an example whose true answer is 1."""

import keras
import numpy as np
import tensorflow as tf

LOSSES = {
    "binary crossentropy": keras.losses.BinaryCrossentropy,
    "focal crossentropy": keras.losses.BinaryFocalCrossentropy,
    "mean squared error": keras.losses.MeanSquaredError,
    "mean absolute error": keras.losses.MeanAbsoluteError,
}


def run(say=print):
    """The slope of each loss over the score, from the confident wrong answer, score -8, on."""
    scores = tf.constant(np.linspace(-8, 8, 65).reshape(-1, 1), "float32")
    true = tf.ones_like(scores)
    slopes = {}
    for name, loss in LOSSES.items():
        say(f"Slopes of the {name}")
        with tf.GradientTape() as tape:
            tape.watch(scores)
            value = loss(reduction="sum")(true, keras.activations.sigmoid(scores))
        slopes[name] = [float(s) for s in tape.gradient(value, scores)[:, 0]]
    return {"scores": [float(s) for s in scores[:, 0]], "slopes": slopes}
