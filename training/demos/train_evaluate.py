"""The accuracy that fit reports, and that of evaluate on the same rows, by epoch."""

import keras
from sklearn.datasets import make_moons


def trained(dropout, epochs):
    """By epoch: what fit reported, and then of the same rows with dropout on and by evaluate."""
    keras.utils.set_random_seed(0)
    x, y = make_moons(1000, noise=0.2, random_state=0)
    x, y = x.astype("float32"), y.reshape(-1, 1).astype("float32")
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dropout(dropout),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"]
    )
    found = {"fit": [], "dropout on": [], "evaluate": []}
    for _ in range(epochs):
        told = model.fit(x, y, epochs=1, batch_size=64, verbose=0).history
        noisy = [(model(x, training=True).numpy().round() == y).mean() for _ in range(10)]
        seen = model.evaluate(x, y, batch_size=len(x), return_dict=True, verbose=0)
        found["fit"].append(told["accuracy"][0])
        found["dropout on"].append(float(sum(noisy) / len(noisy)))
        found["evaluate"].append(seen["accuracy"])
    return found


def run(say=print, dropout=0.5, epochs=4):
    """The numbers by epoch, with dropout in the model and without."""
    say(f"Training with dropout {dropout:g}")
    with_it = trained(dropout, epochs)
    say("Training without dropout")
    return {"with": with_it, "without": trained(0.0, epochs)}
