"""The set-up that most pages of the lesson open in the Playground, or change in Compare."""

from typing import Any

MOONS: dict[str, Any] = {
    "dataset": "moons",
    "model": "mlp",
    "compile": {"optimizer": "Adam", "loss": "BinaryCrossentropy", "metrics": ["accuracy"]},
    "epochs": 30,
    "batch_size": 32,
    "seed": 0,
}
# The model that the demonstrations train, on as many points.
SMALL: dict[str, Any] = MOONS | {
    "dataset": {"name": "moons", "params": {"samples": 400}},
    "model": {"name": "mlp", "params": {"hidden": [16]}},
    "compile": MOONS["compile"]
    | {"optimizer": {"name": "Adam", "params": {"learning_rate": 0.01}}},
    "epochs": 20,
}


def moons(**compiled: Any) -> dict[str, Any]:
    """The same, with other arguments of compile."""
    return MOONS | {"compile": MOONS["compile"] | compiled}
