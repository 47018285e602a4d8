"""The same programs, repaired."""

import keras
import numpy as np
from sklearn.datasets import make_blobs

x, y = make_blobs(60, centers=3, random_state=0)  # points, and their classes 0, 1 and 2
first = (y == 0).astype("float32").reshape(-1, 1)  # whether a point is of class 0


def classifier(units=3, activation="softmax"):
    """A small model that has not been compiled."""
    hidden = keras.layers.Dense(8, activation="tanh")
    last = keras.layers.Dense(units, activation=activation)
    return keras.Sequential([keras.Input((2,)), hidden, last])


def labels_from_one():
    """Classes counted from 1."""
    model = classifier(3, "softmax")
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    labels = y  # 0, 1 and 2
    return model.fit(x, labels, verbose=0).history


def one_unit():
    """Two classes on a single unit."""
    model = classifier(1, "sigmoid")
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model.fit(x, first, verbose=0).history


def one_hot_labels():
    """One-hot labels."""
    model = classifier(3, "softmax")
    model.compile(optimizer="adam", loss="categorical_crossentropy")
    return model.fit(x, keras.utils.to_categorical(y), verbose=0).history


def class_numbers():
    """Class numbers as labels."""
    model = classifier(3, "softmax")
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return model.fit(x, y, verbose=0).history


def text_labels():
    """Labels that are words."""
    model = classifier(1, "sigmoid")
    model.compile(optimizer="adam", loss="binary_crossentropy")
    labels = np.where(first == 1, 1.0, 0.0)
    return model.fit(x, labels, verbose=0).history


def precision_of_numbers():
    """Precision of three classes."""
    model = classifier(3, "softmax")
    model.compile(loss="categorical_crossentropy", metrics=["precision"])
    return model.fit(x, keras.utils.to_categorical(y), verbose=0).history


def auc_of_numbers():
    """AUC of three classes."""
    model = classifier(3, "softmax")
    model.compile(loss="categorical_crossentropy", metrics=["auc"])
    return model.fit(x, keras.utils.to_categorical(y), verbose=0).history


def flat_labels():
    """F1 score of two classes."""
    model = classifier(1, "sigmoid")
    model.compile(loss="binary_crossentropy", metrics=[keras.metrics.F1Score(threshold=0.5)])
    labels = first.reshape(-1, 1)
    return model.fit(x, labels, verbose=0).history


def metric_by_short_name():
    """A metric by the short name of a loss."""
    model = classifier(3, "softmax")
    model.compile(loss="crossentropy", metrics=["sparse_categorical_crossentropy"])
    return model.fit(x, y, verbose=0).history


def metrics_in_third_place():
    """Metrics without their name."""
    model = classifier(1, "sigmoid")
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model.fit(x, first, verbose=0).history


def misspelt_loss():
    """A loss with one underscore too many."""
    model = classifier(1, "sigmoid")
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model.fit(x, first, verbose=0).history


def no_loss():
    """Compiled, but without a loss."""
    model = classifier(3, "softmax")
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return model.fit(x, y, verbose=0).history


def fit_before_compile():
    """Trained without compile."""
    model = classifier(3, "softmax")
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return model.fit(x, y, verbose=0).history


def evaluate_before_compile():
    """Evaluated without compile."""
    model = classifier(3, "softmax")
    model.predict(x, verbose=0)
    model.compile(loss="sparse_categorical_crossentropy")
    return model.evaluate(x, y, verbose=0, return_dict=True)


def optimizer_by_name():
    """An optimizer by its name."""
    model = classifier(3, "softmax")
    model.compile(optimizer=keras.optimizers.Lamb(), loss="sparse_categorical_crossentropy")
    return model.fit(x, y, verbose=0).history


def old_argument():
    """The learning rate by its old name."""
    model = classifier(3, "softmax")
    optimizer = keras.optimizers.Adam(learning_rate=0.01)
    model.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy")
    return model.fit(x, y, verbose=0).history


def shared_optimizer():
    """One optimizer for two models."""
    for model in (classifier(), classifier()):
        optimizer = keras.optimizers.Adam(learning_rate=0.01)
        model.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy")
        history = model.fit(x, y, verbose=0).history
    return history


CASES = {
    case.__name__: case
    for case in (
        labels_from_one,
        one_unit,
        one_hot_labels,
        class_numbers,
        text_labels,
        precision_of_numbers,
        auc_of_numbers,
        flat_labels,
        metric_by_short_name,
        metrics_in_third_place,
        misspelt_loss,
        no_loss,
        fit_before_compile,
        evaluate_before_compile,
        optimizer_by_name,
        old_argument,
        shared_optimizer,
    )
}


def run(say=print, case="labels_from_one"):
    """Loss and metrics of the repaired case."""
    keras.utils.set_random_seed(0)
    say(f"Running {case}")
    found = CASES[case]()
    return {name: float(np.ravel(values)[-1]) for name, values in found.items()}
