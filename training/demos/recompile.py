"""Compiling a trained model again: what of it is kept, and what is lost."""

import keras
import numpy as np
from sklearn.datasets import make_moons


def state_of(model):
    """What the optimizer remembers, and whether there is a graph of the training step."""
    slots = [v for v in model.optimizer.variables if "momentum" in v.path or "velocity" in v.path]
    return {
        "steps counted": int(model.optimizer.iterations),
        "slots": len(slots),
        "norm of slots": float(np.sqrt(sum(np.sum(np.square(v)) for v in slots))),
        "graph": model.train_function is not None,
    }


def run(say=print, epochs=3):
    """The state after each epoch and after compile, how far that moved weights, and what is logged.

    The model is compiled again after half of the states, with an optimizer and nothing else.
    """
    keras.utils.set_random_seed(0)
    x, y = make_moons(400, noise=0.2, random_state=0)
    y = y.reshape(-1, 1)
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    states, losses = {}, []

    def train(first):
        for epoch in range(first, first + epochs):
            say(f"Epoch {epoch}")
            history = model.fit(x, y, batch_size=32, verbose=0).history
            losses.extend(history["loss"])
            states[f"epoch {epoch}"] = state_of(model)
        return sorted(history)

    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    logged = [train(1)]
    weights = model.get_weights()
    model.compile(optimizer="adam")
    states["compile again"] = state_of(model)
    moved = max(
        float(np.abs(a - b).max()) for a, b in zip(model.get_weights(), weights, strict=True)
    )
    logged.append(train(epochs + 1))
    return {"states": states, "losses": losses, "moved": moved, "logged": logged}
