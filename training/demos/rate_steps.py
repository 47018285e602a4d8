"""The loss by step at one learning rate, given as a share of the edge of plain SGD."""

import keras
import numpy as np

noise = np.random.default_rng(0)
X = (noise.normal(size=(100, 3)) * [1, 2, 4]).astype("float32")
Y = (X @ [[1.0], [-1.0], [0.5]]).astype("float32")
# How fast the gradient of the mean squared error grows, in the direction where it grows fastest.
STEEPEST = float(np.linalg.eigvalsh(2 * X.T @ X / len(X)).max())


def run(say=print, share=0.95, momentum=0.0, steps=60):
    """The rate, and the loss before each step and after the last."""
    rate = share * 2 / STEEPEST
    say(f"{steps} steps at the learning rate {rate:.4f}")
    model = keras.Sequential(
        [keras.Input((3,)), keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")]
    )
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=rate, momentum=momentum),
        loss="mean_squared_error",
    )
    losses = [float(model.train_on_batch(X, Y)) for _ in range(steps + 1)]
    return {"rate": rate, "losses": losses}
