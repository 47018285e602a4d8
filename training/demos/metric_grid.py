"""Several metrics of four classifiers on rows of which 5 % are positive."""

import keras
import numpy as np

METRICS = ("BinaryAccuracy", "Precision", "Recall", "AUC")


def rare(rows, seed):
    """Points of two overlapping clouds, 5 % of them in the second."""
    noise = np.random.default_rng(seed)
    y = (noise.random(rows) < 0.05).astype("float32").reshape(-1, 1)
    return (noise.normal(size=(rows, 2)) + 1.4 * y).astype("float32"), y


def measured(y, answers):
    """Every metric of these answers."""
    found = {}
    for name in METRICS:
        metric = getattr(keras.metrics, name)()
        metric.update_state(y, answers)
        found[name] = float(metric.result())
    return found


def trained(class_weight):
    """Answers on the test rows of a model trained with this weight of the positives."""
    x, y = rare(2000, 0)
    keras.utils.set_random_seed(0)
    hidden = keras.layers.Dense(16, activation="tanh")
    model = keras.Sequential([keras.Input((2,)), hidden, keras.layers.Dense(1, "sigmoid")])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
    model.fit(x, y, epochs=4, batch_size=64, class_weight={0: 1.0, 1: class_weight}, verbose=0)
    return model.predict(rare(4000, 1)[0], batch_size=4000, verbose=0)


def run(say=print):
    """By classifier and metric: the number on rows that were not trained on."""
    _, y = rare(4000, 1)
    say("Training without class weights")
    plain = trained(1.0)
    say("Training with class weights")
    weighted = trained(19.0)
    answers = {
        "always no": np.zeros_like(y),
        "a coin": np.random.default_rng(2).random(y.shape).astype("float32"),
        "trained": plain,
        "trained, positives count 19 times": weighted,
    }
    return {name: measured(y, one) for name, one in answers.items()}
