"""What Keras makes of strings: of "accuracy" by the shapes that it meets, and of some others."""

import inspect

import keras
import numpy as np

HEADS = {  # units of the last layer, and labels of four examples
    "1 unit, labels 0 and 1": (1, [[0], [1], [1], [0]]),
    "3 units, class numbers": (3, [0, 1, 2, 0]),
    "3 units, one-hot rows": (3, [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]),
    "1 unit, any numbers": (1, [[0.3], [-1.2], [2.5], [7.0]]),
}
OPTIMIZERS = ("sgd", "rmsprop", "adagrad", "adadelta", "adam", "lion", "schedulefreeadamw")
TRIALS = (
    {"optimizer": "adam"},
    {"optimizer": "lamb"},
    {"loss": "ce"},
    {"metrics": ["ce"]},
    {"loss": "huber"},
    {"loss": "huber_loss"},
)


def accuracy_of(units, labels):
    """The class of the metric that "accuracy" became."""
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(units)])
    model.compile(optimizer="sgd", loss="mse", metrics=["accuracy"])
    made = model.metrics[1]  # the first is the mean of the loss
    made.build(np.array(labels), model(np.ones((4, 2))))
    return type(made.metrics[0]).__name__


def outcome(settings):
    """What comes of compile and one training step: "works", or what Keras says."""
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation="sigmoid")])
    try:
        model.compile(**({"loss": "mse", "run_eagerly": True} | settings))
        model.train_on_batch(np.ones((4, 2)), np.ones((4, 1)))
    except ValueError as error:
        return f"ValueError: {str(error).splitlines()[0]}"
    return "works"


def documented(word):
    """The sentence about a word in what Keras says of compile."""
    text = " ".join(inspect.getdoc(keras.Model.compile).split())
    return next((sentence for sentence in text.split(". ") if word in sentence), "")


def run(say=print):
    """The metric by head, rates by optimizer's string, what comes of some strings, and of "ce"."""
    say("Compiling four models with the string accuracy")
    metrics = {name: accuracy_of(*head) for name, head in HEADS.items()}
    say("Asking for optimizers by their strings")
    rates = {name: float(keras.optimizers.get(name).learning_rate) for name in OPTIMIZERS}
    found = []
    for settings in TRIALS:
        ((argument, string),) = settings.items()
        say(f"Trying {argument}={string!r}")
        found.append([f"{argument}={string!r}", outcome(settings)])
    return {
        "metrics": metrics,
        "rates": rates,
        "strings": found,
        "documented": documented('"ce"'),
    }
