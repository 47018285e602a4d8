"""The work that is measured: W1, W2, something that lasts, and many kinds of small jobs."""

import random
from collections.abc import Iterator
from typing import Any

from training.catalog import ENTRIES, NEEDS
from training.design import Design
from training.race import Race
from training.spec import Comparison, Experiment
from training.variants import Row

# W2's six, as learners know them.
SIX: tuple[dict[str, Any], ...] = (
    {"name": "SGD", "params": {"learning_rate": 0.1}},
    {"name": "SGD", "params": {"learning_rate": 0.1, "momentum": 0.9}},
    {"name": "SGD", "params": {"learning_rate": 0.1, "momentum": 0.9, "nesterov": True}},
    {"name": "RMSprop", "params": {"learning_rate": 0.01}},
    {"name": "Adam", "params": {"learning_rate": 0.01}},
    {"name": "AdamW", "params": {"learning_rate": 0.01}},
)
ADAM = SIX[4]
SEEDS = 5
DATA = {"binary": "moons", "multiclass": "blobs", "multilabel": "multilabel", "regression": "sine"}


def w1(
    seed: int, optimizer: dict[str, Any] = ADAM, epochs: int = 100, **changed: Any
) -> Experiment:
    """800 training and 200 validation points of two moons, MLP 2-16-16-1, batches of 32."""
    spec = {
        "dataset": {"name": "moons", "params": {"samples": 1250}},
        "model": {"name": "mlp", "params": {"hidden": [16, 16], "activation": "tanh"}},
        "compile": {
            "optimizer": optimizer,
            "loss": "BinaryCrossentropy",
            "metrics": ["BinaryAccuracy"],
        },
        "epochs": epochs,
        "batch_size": 32,
        "seed": seed,
    }
    return Experiment.from_json(spec | changed)


def w2(first_seed: int, epochs: int = 100) -> list[Experiment]:
    """W1 for six optimizers and five seeds: 30 runs."""
    seeds = range(first_seed, first_seed + SEEDS)
    return [w1(seed, optimizer, epochs) for optimizer in SIX for seed in seeds]


def raced(seed: int, epochs: int) -> Design:
    """W2's optimizers as a fair race over the usual grid, with five seeds that count."""
    rows = [
        Row("", {"optimizer": o["name"], "optimizer_arguments": _arguments(o["params"])})
        for o in SIX
    ]
    return Design.of(w1(seed, epochs=epochs), rows, SEEDS).raced(Race())


def _arguments(params: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in params.items() if name != "learning_rate"}


def lasting(runs: int, epochs: int) -> Comparison:
    """W1 on four times the points in steps of 4: an epoch is slow enough to watch 1 to 12 runs."""
    data = {"name": "moons", "params": {"samples": 5000}}
    variants = [
        w1(0, {"name": name, "params": {"learning_rate": rate}}, epochs, dataset=data, batch_size=4)
        for rate in (0.001, 0.003, 0.01)
        for name in ("SGD", "RMSprop", "Adam", "AdamW")
    ]
    return Comparison(tuple(variants[-runs:]))


def kinds(count: int, seed: int = 0) -> Iterator[Comparison]:
    """Small jobs that differ in task, model, optimizer, loss, metrics and batch size."""
    draw = random.Random(seed)
    for number in range(count):
        task, dataset = draw.choice(list(DATA.items()))
        losses = [name for name, tasks in NEEDS.items() if task in tasks]
        metrics = [m.name for m in ENTRIES["metric"].values() if task in m.tasks]
        hidden = [draw.choice((4, 8, 16, 32, 64)) for _ in range(draw.randint(1, 3))]
        activation = draw.choice(("relu", "tanh", "sigmoid", "gelu"))
        spec = {
            "dataset": {"name": dataset, "params": {"samples": draw.choice((200, 500, 1000))}},
            "model": {"name": "mlp", "params": {"hidden": hidden, "activation": activation}},
            "compile": {
                "optimizer": draw.choice(list(ENTRIES["optimizer"])),
                "loss": draw.choice(losses),
                "metrics": draw.sample(metrics, min(2, len(metrics))),
            },
            "epochs": draw.choice((2, 3)),
            "batch_size": draw.choice((16, 32, 64, 128)),
            "seed": number,
        }
        yield Comparison((Experiment.from_json(spec),))
