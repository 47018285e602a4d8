"""What compile attaches to a model, and what the first step of fit adds."""

from hashlib import sha256

import keras
import numpy as np
from sklearn.datasets import make_moons


class Counted(keras.Sequential):
    """A model that counts how often Python runs through its training step."""

    traces = 0

    def train_step(self, *args, **kwargs):
        """One step of `fit`, as Keras does it."""
        self.traces += 1
        return super().train_step(*args, **kwargs)


def variables(owner):
    """Path, shape and bytes of each variable."""
    return [
        {
            "path": v.path,
            "shape": list(v.shape),
            "bytes": int(np.prod(v.shape)) * np.dtype(v.dtype).itemsize,
        }
        for v in owner
    ]


def look(model, x):
    """All that compile and fit can change, as it is now."""
    optimizer = getattr(model, "optimizer", None)
    # what compile makes of its arguments; Keras shows neither before they are built
    loss = getattr(model, "_compile_loss", None)
    metrics = getattr(model, "_compile_metrics", None)
    graph = getattr(model, "train_function", None)
    weights = b"".join(w.tobytes() for w in model.get_weights())
    return {
        "compiled": model.compiled,
        "hash": sha256(weights).hexdigest()[:6],
        "predictions": model(x).numpy(),
        "optimizer": type(optimizer).__name__ if optimizer else "",
        "built": bool(optimizer and optimizer.built),
        "variables": variables(optimizer.variables) if optimizer else [],
        "loss": loss._flat_losses[0].loss.fn.__name__ if loss and loss.built else "",
        "loss object": type(loss._flat_losses[0].loss).__name__ if loss and loss.built else "",
        "metrics": {m.name: type(m).__name__ for m in metrics.metrics} if metrics else {},
        "train_function": graph is not None,
        "traces": model.traces,
    }


def run(say=print, optimizer="Adam", loss="crossentropy", metrics="accuracy, auc"):
    """Looks before compile, after it and after the first step; and the weights of the model."""
    keras.utils.set_random_seed(0)
    x, y = make_moons(64, noise=0.2, random_state=0)
    x, y = x.astype("float32"), y.reshape(-1, 1).astype("float32")
    model = Counted(
        [
            keras.Input((2,)),
            keras.layers.Dense(8, activation="tanh", name="hidden"),
            keras.layers.Dense(1, activation="sigmoid", name="last"),
        ],
        name="model",
    )
    looks = [look(model, x)]
    say("Compiling")
    model.compile(
        optimizer=getattr(keras.optimizers, optimizer)(),
        loss=loss,
        metrics=[name for name in metrics.split(", ") if name],
    )
    looks.append(look(model, x))
    say("Taking the first step")
    model.fit(x, y, batch_size=64, epochs=1, verbose=0)
    looks.append(look(model, x))
    start = looks[0]["predictions"]
    for one in looks:
        one["difference"] = float(np.abs(one.pop("predictions") - start).max())
    return {"looks": looks, "weights": variables(model.trainable_variables)}
