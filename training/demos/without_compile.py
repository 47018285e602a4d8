"""What a model can do that was never compiled, and a training loop of one's own beside `fit`."""

import keras
import numpy as np
import tensorflow as tf
from sklearn.datasets import make_moons

X, Y = make_moons(400, noise=0.2, random_state=0)
X, Y = X.astype("float32"), Y.reshape(-1, 1).astype("float32")


def made():
    """A model that is not compiled, with the same weights at every call."""
    keras.utils.set_random_seed(0)
    return keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )


def attempt(act):
    """What Keras says when a method is called."""
    try:
        act()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "works"


def by_fit(epochs):
    """Weights after `compile` and `fit`."""
    model = made()
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss=keras.losses.BinaryCrossentropy())
    model.fit(X, Y, epochs=epochs, batch_size=32, shuffle=False, verbose=0)
    return model.get_weights()


def by_hand(epochs):
    """Weights after the same steps in a loop; this model never hears of `compile`."""
    model = made()
    optimizer = keras.optimizers.Adam(0.01)
    loss = keras.losses.BinaryCrossentropy()

    # one graph for batches of any size, as `fit` records it
    @tf.function(input_signature=[tf.TensorSpec([None, 2]), tf.TensorSpec([None, 1])])
    def step(x, y):
        with tf.GradientTape() as tape:
            value = loss(y, model(x, training=True))
        gradients = tape.gradient(value, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)

    optimizer.build(model.trainable_variables)
    for _ in range(epochs):
        for start in range(0, len(X), 32):
            step(X[start : start + 32], Y[start : start + 32])
    return model.get_weights(), model.compiled


def apart(some, others):
    """The largest difference between any two weights."""
    return max(float(np.abs(a - b).max()) for a, b in zip(some, others, strict=True))


def run(say=print, epochs=5):
    """What each method said, and the largest difference between any two weights."""
    say("Calling methods of a model that was not compiled")
    model = made()
    calls = {
        "predict": lambda: model.predict(X, verbose=0),
        "fit": lambda: model.fit(X, Y, verbose=0),
        "evaluate": lambda: model.evaluate(X, Y, verbose=0),
        "train_on_batch": lambda: model.train_on_batch(X, Y),
    }
    said = {name: attempt(call) for name, call in calls.items()}
    model.compile()  # without a loss
    said["fit after compile()"] = attempt(lambda: model.fit(X, Y, verbose=0))
    say("Training by compile and fit")
    fitted = by_fit(epochs)
    say("Training by a loop, without compile")
    looped, compiled = by_hand(epochs)
    return {
        "said": said,
        "moved": apart(made().get_weights(), fitted),
        "difference": apart(looped, fitted),
        "compiled": compiled,
    }
