"""What optimizers remember: its size beside the model's, and whether a file keeps it."""

import tempfile
from pathlib import Path

import keras
import numpy as np
from sklearn.datasets import make_moons

X, Y = make_moons(400, noise=0.2, random_state=0)
X, Y = X.astype("float32"), Y.reshape(-1, 1).astype("float32")
OPTIMIZERS = {
    "SGD": {},
    "SGD with momentum": {"momentum": 0.9},
    **{name: {} for name in ("RMSprop", "Adagrad", "Lion", "Muon", "Adafactor")},
    **{name: {} for name in ("Adam", "AdamW", "Nadam", "Adamax", "Adadelta", "Ftrl", "Lamb")},
    "ScheduleFreeAdamW": {},
}


def made():
    """A small model, always with the same weights."""
    keras.utils.set_random_seed(0)
    return keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(32, activation="tanh"),
            keras.layers.Dense(32, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )


def size(variables):
    """Bytes of these variables."""
    return int(sum(variable.numpy().nbytes for variable in variables))


def apart(some, others):
    """The largest difference between any two numbers."""
    return max(float(np.abs(a - b).max()) for a, b in zip(some, others, strict=True))


def fit(model):
    """Three epochs, always with the same batches."""
    model.fit(X, Y, epochs=3, batch_size=32, shuffle=False, verbose=0)


def run(say=print):
    """Bytes by optimizer, and what is left of Adam's memory in a file and without it."""
    say("Building every optimizer")
    model, sizes = made(), {}
    for name, settings in OPTIMIZERS.items():
        optimizer = getattr(keras.optimizers, name.split()[0])(**settings)
        optimizer.build(model.trainable_variables)
        sizes[name] = size(optimizer.variables)

    say("Training with Adam, and saving")
    model = made()
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
    fit(model)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        loaded = keras.models.load_model(path)
        bare = keras.models.load_model(path, compile=False)
        files = {"model.save": path.stat().st_size}
        model.save(path, include_optimizer=False)
        files["include_optimizer=False"] = path.stat().st_size
        bare.save(path)
        files["loaded with compile=False, saved again"] = path.stat().st_size
    steps = [int(m.optimizer.iterations) for m in (model, loaded)]
    rates = [float(m.optimizer.learning_rate) for m in (model, loaded)]
    slots = apart(*([v.numpy() for v in m.optimizer.variables] for m in (model, loaded)))

    say("Training on: the model, the loaded one, one with its weights alone")
    fresh = made()
    fresh.set_weights(model.get_weights())
    fresh.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
    for one in (model, loaded, fresh):
        fit(one)
    return {
        "model": size(made().variables),
        "sizes": sizes,
        "files": files,
        "steps": steps,
        "rates": rates,
        "slots": slots,
        "loaded": apart(model.get_weights(), loaded.get_weights()),
        "fresh": apart(model.get_weights(), fresh.get_weights()),
    }
