"""Accuracy where it does not belong: beside a regression's loss, and in place of a loss."""

import keras
import numpy as np

noise = np.random.default_rng(0)
X = noise.uniform(-2, 2, size=(400, 1)).astype("float32")
Y = (np.sin(2 * X) + X + 0.3 * noise.normal(size=X.shape)).astype("float32")


def made(last):
    """A small model with this activation at its end."""
    keras.utils.set_random_seed(0)
    return keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(32, activation="tanh"),
            keras.layers.Dense(1, activation=last),
        ]
    )


def minus_accuracy(y_true, y_pred):
    """What should be made small if accuracy is to be large: a count, without a slope."""
    return -keras.ops.cast(keras.ops.equal(y_true, keras.ops.round(y_pred)), "float32")


def attempt(loss):
    """What Keras says when a classifier is trained on this loss."""
    model = made("sigmoid")
    try:
        model.compile(optimizer="adam", loss=loss, metrics=["accuracy"], run_eagerly=True)
        model.fit(X, (Y > 0).astype("float32"), epochs=1, verbose=0)
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0].split('. ')[0]}"
    return "works"


def run(say=print, epochs=20):
    """The regression's history, some of its answers, and what two losses raise."""
    say("A regression with mse and accuracy")
    model = made(None)
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss="mean_squared_error",
        metrics=["accuracy", "r2_score"],
    )
    history = model.fit(X, Y, epochs=epochs, batch_size=32, verbose=0).history
    answers = model.predict(X[:5], verbose=0)
    say("Accuracy as a loss")
    return {
        "history": history,
        "true": Y[:5, 0].tolist(),
        "predicted": answers[:, 0].tolist(),
        "raised": {"accuracy": attempt("accuracy"), "minus_accuracy": attempt(minus_accuracy)},
    }
