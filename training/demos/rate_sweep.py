"""Adam at learning rates from much too small to much too large, from the same start."""

import keras
from sklearn.datasets import make_moons

RATES = (0.0001, 0.001, 0.01, 0.1, 1.0, 10.0)


def run(say=print, optimizer="Adam", epochs=6):
    """By rate: the loss on rows that were not trained on."""
    x, y = make_moons(800, noise=0.2, random_state=0)
    x, y = x.astype("float32"), y.reshape(-1, 1).astype("float32")
    keras.utils.set_random_seed(0)
    hidden = keras.layers.Dense(16, activation="tanh")
    model = keras.Sequential([keras.Input((2,)), hidden, keras.layers.Dense(1, "sigmoid")])
    model.compile(optimizer=getattr(keras.optimizers, optimizer)(), loss="binary_crossentropy")
    model.optimizer.build(model.trainable_variables)
    # One compile serves all rates: weights and memory go back to what they were.
    start = [v.numpy() for v in (*model.variables, *model.optimizer.variables)]
    default = round(float(model.optimizer.learning_rate), 6)  # it is kept as float32
    losses = []
    for rate in RATES:
        say(f"Training at {rate:g}")
        for variable, value in zip(
            (*model.variables, *model.optimizer.variables), start, strict=True
        ):
            variable.assign(value)
        model.optimizer.learning_rate = rate
        model.fit(x[:400], y[:400], epochs=epochs, batch_size=32, shuffle=False, verbose=0)
        losses.append(float(model.evaluate(x[400:], y[400:], batch_size=400, verbose=0)))
    return {"rates": list(RATES), "losses": losses, "default": default}
