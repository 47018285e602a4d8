"""The loss after 200 steps at rates below and above the edge, with and without momentum."""

import keras
import numpy as np

noise = np.random.default_rng(0)
X = (noise.normal(size=(100, 3)) * [1, 2, 4]).astype("float32")
Y = (X @ [[1.0], [-1.0], [0.5]]).astype("float32")
# How fast the gradient of the mean squared error grows, in the direction where it grows fastest.
STEEPEST = float(np.linalg.eigvalsh(2 * X.T @ X / len(X)).max())
SHARES = (0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01, 1.05, 1.1)  # of the edge


def made(momentum, steps):
    """A straight line through the origin, whose fit takes all its steps in one call."""
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, use_bias=False)])
    model.compile(
        optimizer=keras.optimizers.SGD(momentum=momentum),
        loss="mean_squared_error",
        steps_per_execution=steps,
    )
    model.optimizer.build(model.trainable_variables)
    return model


def loss_after(model, rate, steps):
    """The loss after these steps at this rate, from weights 0 and an optimizer without memory."""
    for variable in (*model.trainable_variables, *model.optimizer.variables):
        variable.assign(keras.ops.zeros_like(variable))
    model.optimizer.learning_rate = rate
    model.fit(np.tile(X, (steps, 1)), np.tile(Y, (steps, 1)), 100, shuffle=False, verbose=0)
    return float(np.mean((X.astype("float64") @ model.get_weights()[0] - Y) ** 2))


def run(say=print, steps=200):
    """By momentum: the edge, and the loss at rates around it; rates in units of 2 / STEEPEST."""
    found = {"steepest": STEEPEST, "start": float(np.mean(Y**2)), "momentum": {}}
    for momentum in (0.0, 0.9):
        say(f"{len(SHARES)} learning rates with momentum {momentum}")
        model, edge = made(momentum, steps), 1 + momentum
        losses = [loss_after(model, s * edge * 2 / STEEPEST, steps) for s in SHARES]
        found["momentum"][str(momentum)] = {
            "edge": edge,
            "rates": [s * edge for s in SHARES],
            "losses": losses,
        }
    return found
