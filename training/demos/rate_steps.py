"""The error by step at one learning rate, given as a share of the edge of plain SGD."""

import keras
import numpy as np

noise = np.random.default_rng(0)
X = (noise.normal(size=(100, 3)) * [1, 2, 4]).astype("float32")
TRUE = np.array([[1.0], [-1.0], [0.5]])
Y = (X @ TRUE).astype("float32")
# The directions of the weights, and how fast the gradient grows along each; the last is steepest.
GROWTH, DIRECTIONS = np.linalg.eigh(2 * X.T @ X / len(X))


def run(say=print, share=0.95, momentum=0.0, steps=60):
    """The rate, and by step the loss and the error of the weights along the steepest direction."""
    rate = share * 2 / float(GROWTH[-1])
    say(f"{steps} steps at the learning rate {rate:.4f}")
    model = keras.Sequential(
        [keras.Input((3,)), keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")]
    )
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=rate, momentum=momentum),
        loss="mean_squared_error",
    )
    losses, errors = [], []
    for _ in range(steps + 1):
        errors.append(((model.get_weights()[0] - TRUE)[:, 0] @ DIRECTIONS[:, -1]).item())
        losses.append(float(model.train_on_batch(X, Y)))
    return {"rate": rate, "losses": losses, "errors": errors}
