"""What fit reports of an epoch, and what evaluate says afterwards of the same rows."""

import keras
from sklearn.datasets import make_moons


def trained(dropout, epochs):
    """By epoch the loss: of fit, then of the same rows with dropout on, and of evaluate."""
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
    loss = keras.losses.BinaryCrossentropy()
    found = {"fit": [], "dropout on": [], "evaluate": [], "fit accuracy": [], "accuracy": []}
    for _ in range(epochs):
        told = model.fit(x, y, epochs=1, batch_size=64, verbose=0).history
        noisy = [float(loss(y, model(x, training=True))) for _ in range(20)]
        seen = model.evaluate(x, y, batch_size=len(x), return_dict=True, verbose=0)
        found["fit"].append(told["loss"][0])
        found["dropout on"].append(sum(noisy) / len(noisy))
        found["evaluate"].append(seen["loss"])
        found["fit accuracy"].append(told["accuracy"][0])
        found["accuracy"].append(seen["accuracy"])
    return found


def run(say=print, dropout=0.5, epochs=3):
    """The numbers by epoch, with dropout in the model and without."""
    say(f"Training with dropout {dropout:g}")
    with_it = trained(dropout, epochs)
    say("Training without dropout")
    return {"with": with_it, "without": trained(0.0, epochs)}
