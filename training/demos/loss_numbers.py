"""What the number called loss is: its value for perfect predictions, and what else is in it."""

import keras
import numpy as np


def run(say=print):
    """Losses of perfect predictions, and the loss of a model with a penalty beside its parts."""
    say("Losses of perfect predictions")
    y = np.array([[0.5, 2.0], [1.0, 3.0], [2.0, 0.5]], "float32")
    names = ("mean_squared_error", "mean_absolute_error", "poisson", "cosine_similarity")
    perfect = {name: float(np.mean(keras.losses.get(name)(y, y))) for name in names}
    say("A model with a penalty")
    keras.utils.set_random_seed(0)
    layer = keras.layers.Dense(2, kernel_regularizer=keras.regularizers.L2(0.1))
    model = keras.Sequential([keras.Input((2,)), layer])
    model.compile(optimizer="sgd", loss="mean_squared_error", metrics=["mean_squared_error"])
    loss, error = model.evaluate(y, y, verbose=0)
    penalty = float(np.sum(model.get_weights()[0] ** 2) * 0.1)
    return {"perfect": perfect, "loss": loss, "error": error, "penalty": penalty}
