"""Rows of a rare class that count more, and the sum that two weighted losses make."""

import keras
import numpy as np


def rare(rows, seed):
    """Points of two overlapping clouds, 5 % of them in the second."""
    noise = np.random.default_rng(seed)
    y = (noise.random(rows) < 0.05).astype("float32").reshape(-1, 1)
    return (noise.normal(size=(rows, 2)) + 1.4 * y).astype("float32"), y


def trained(class_weight):
    """A small model, with the rare class counted more or not."""
    x, y = rare(2000, 0)
    keras.utils.set_random_seed(0)
    hidden = keras.layers.Dense(16, activation="tanh")
    model = keras.Sequential([keras.Input((2,)), hidden, keras.layers.Dense(1, "sigmoid")])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
    model.fit(x, y, epochs=8, batch_size=64, class_weight=class_weight, verbose=0)
    return model


def measured(model, threshold=0.5):
    """The metrics on rows that were not trained on."""
    x, y = rare(4000, 1)
    answers = model.predict(x, batch_size=4000, verbose=0)
    metrics = {
        "accuracy": keras.metrics.BinaryAccuracy(threshold=threshold),
        "recall": keras.metrics.Recall(thresholds=threshold),
        "precision": keras.metrics.Precision(thresholds=threshold),
        "AUC": keras.metrics.AUC(),
    }
    for metric in metrics.values():
        metric.update_state(y, answers)
    return {name: float(metric.result()) for name, metric in metrics.items()}


def two_heads(weights):
    """Each head's loss, and the total that Keras reports."""
    x = np.random.default_rng(0).normal(size=(256, 2)).astype("float32")
    keras.utils.set_random_seed(0)
    inputs = keras.Input((2,))
    hidden = keras.layers.Dense(8, activation="tanh")(inputs)
    heads = {
        "side": keras.layers.Dense(1, "sigmoid", name="side")(hidden),
        "size": keras.layers.Dense(1, name="size")(hidden),
    }
    model = keras.Model(inputs, heads)
    model.compile(
        optimizer="sgd",
        loss={"side": "binary_crossentropy", "size": "mean_squared_error"},
        loss_weights=weights,
    )
    y = {"side": (x[:, :1] > 0).astype("float32"), "size": np.abs(x[:, 1:]) * 2}
    return model.evaluate(x, y, batch_size=256, return_dict=True, verbose=0)


def run(say=print, weight=19.0):
    """Metrics with equal rows, with the rare class counted `weight` times, and with a threshold."""
    say("Training with equal rows")
    plain = trained(None)
    say(f"Training with the rare class counted {weight:g} times")
    weighted = trained({0: 1.0, 1: weight})
    say("Two heads, 0.3 and 2")
    weights = {"side": 0.3, "size": 2.0}
    threshold = 1 / (1 + weight)  # where the weighted costs of both mistakes are the same
    return {
        "equal": measured(plain),
        "weighted": measured(weighted),
        "threshold": threshold,
        "moved": measured(plain, threshold),
        "apart": max(
            float(np.abs(a - b).max())
            for a, b in zip(plain.get_weights(), weighted.get_weights(), strict=True)
        ),
        "weights": weights,
        "heads": two_heads(weights),
    }
