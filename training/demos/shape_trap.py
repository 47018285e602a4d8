"""The loss of perfect predictions, by hand and by fit, on labels of shapes (N,) and (N, 1)."""

import keras
import numpy as np
from keras import ops

seen = []


def squares(y_true, y_pred):
    """The squared error of each example; notes which shapes it was given."""
    seen.append([list(y_true.shape), list(y_pred.shape)])
    return ops.square(y_true - y_pred)


def run(say=print, samples=100):
    """The loss by hand on each shape of labels, the loss of fit, and the shapes that it saw."""
    keras.utils.set_random_seed(0)
    x = np.random.default_rng(0).normal(size=(samples, 1)).astype("float32")
    y = 2 * x[:, 0]
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.set_weights([np.array([[2.0]]), np.array([0.0])])  # it predicts each label exactly
    predictions = model(x)
    say("By hand")
    trap = squares(y, predictions)
    right = squares(y.reshape(-1, 1), predictions)
    say("By fit")
    seen.clear()
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss=squares)
    history = model.fit(x, y, batch_size=samples, verbose=0).history
    return {
        "by hand": float(np.mean(trap)),
        "shape by hand": list(trap.shape),
        "right": float(np.mean(right)),
        "by fit": history["loss"][0],
        "shapes in fit": seen[-1],
    }
