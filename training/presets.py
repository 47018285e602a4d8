"""Comparisons that show something in one click, each with a set-up on which it is seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from training.design import Design
from training.formula.letters import one_line
from training.formula.presets import LOSSES, OPTIMIZERS


@dataclass(frozen=True)
class Preset:
    """A comparison that is ready to train."""

    label: str
    sentence: str  # what to look at
    spec: Mapping[str, Any]  # the design's JSON

    def design(self) -> Design:
        """The design, validated."""
        return Design.from_json(dict(self.spec))


def _base(dataset: dict[str, Any], hidden: list[int], **fit: Any) -> dict[str, Any]:
    return {
        "dataset": dataset,
        "model": {"name": "mlp", "params": {"hidden": hidden, "activation": "tanh"}},
        "compile": {
            "optimizer": fit["optimizer"],
            "loss": fit.get("loss", "BinaryCrossentropy"),
            "metrics": fit.get("metrics", ["accuracy"]),
        },
        "epochs": fit["epochs"],
        "batch_size": 32,
        "seed": 0,
    }


def _at(name: str, rate: float) -> dict[str, Any]:
    return {"name": name, "params": {"learning_rate": rate}}


def _by_hand(label: str) -> dict[str, Any]:
    """A row with an optimizer that is a formula."""
    text = next(rule.text for rule in OPTIMIZERS if rule.label == label)
    arguments = {"formula": one_line(text)}
    return {"label": label, "optimizer": "CustomOptimizer", "optimizer_arguments": arguments}


SPIRALS = {"name": "spirals", "params": {}}
MOONS = {"name": "moons", "params": {}}
RARE = {"name": "imbalanced", "params": {}}
SIX_BLOBS = {"name": "blobs", "params": {"centers": 6}}

SGD = {"label": "SGD", "optimizer": "SGD"}
MOMENTUM = {"label": "Momentum", "optimizer": "SGD", "optimizer_arguments": {"momentum": 0.9}}
RMSPROP = {"label": "RMSprop", "optimizer": "RMSprop"}
ADAM = {"label": "Adam", "optimizer": "Adam"}

PRESETS: dict[str, Preset] = {
    "optimizers": Preset(
        "SGD vs Momentum vs RMSprop vs Adam",
        "The same learning rate for all: how far does each rule come with it on two spirals?",
        {
            "base": _base(SPIRALS, [32, 32], optimizer=_at("SGD", 0.01), epochs=150),
            "rows": [SGD, MOMENTUM, RMSPROP, ADAM],
            "seeds": 5,
        },
    ),
    "race": Preset(
        "Six optimizers for a fair race",
        "Press Fair race: each optimizer gets its own best learning rate. Does the order stay?",
        {
            "base": _base(MOONS, [16, 16], optimizer=_at("Adam", 0.01), epochs=60),
            "rows": [
                SGD,
                MOMENTUM,
                RMSPROP,
                {"label": "Adagrad", "optimizer": "Adagrad"},
                ADAM,
                {"label": "Lion", "optimizer": "Lion"},
            ],
            "seeds": 5,
        },
    ),
    "rates": Preset(
        "Learning rates 0.0001 to 1",
        "Only the learning rate differs: too small crawls, too large jumps about.",
        {
            "base": _base(MOONS, [16, 16], optimizer=_at("Adam", 0.01), epochs=60),
            "rows": [{"learning_rate": rate} for rate in (0.0001, 0.001, 0.01, 0.1, 1.0)],
            "seeds": 5,
        },
    ),
    "losses": Preset(
        "MSE vs cross-entropy",
        "Six classes, two losses: their values share no axis, but accuracy is a ruler for both.",
        {
            "base": _base(
                SIX_BLOBS,
                [16, 16],
                optimizer=_at("SGD", 0.05),
                loss="SparseCategoricalCrossentropy",
                epochs=100,
            ),
            "rows": [
                {"label": "Cross-entropy", "loss": "SparseCategoricalCrossentropy"},
                {"label": "MSE", "loss": "MeanSquaredError"},
            ],
            "seeds": 5,
        },
    ),
    "batches": Preset(
        "Batch sizes",
        "An epoch is one pass over the rows, so small batches take more steps in it.",
        {
            "base": _base(SPIRALS, [32, 32], optimizer=_at("Adam", 0.003), epochs=100),
            "rows": [{"batch_size": size} for size in (8, 32, 128, 512)],
            "seeds": 5,
        },
    ),
    "by_hand": Preset(
        "Adam by hand",
        "Adam written as a formula and Keras's Adam differ by rounding only, and so do the two "
        "momentums: the line below the curves says by how much. SignSGD goes its own way.",
        {
            "base": _base(MOONS, [16, 16], optimizer=_at("Adam", 0.01), epochs=60),
            "rows": [
                ADAM,
                _by_hand("Adam by hand"),
                MOMENTUM,
                _by_hand("Momentum by hand"),
                {**_by_hand("SignSGD"), "learning_rate": 0.001},
            ],
            "seeds": 3,
        },
    ),
    "quantiles": Preset(
        "Quantiles by a formula",
        "The pinball loss with tau 0.1, 0.5 and 0.9 draws the line below which that share of the "
        "rows lies; its values mean something else for each tau, so look at the predictions.",
        {
            "base": _base(
                {"name": "outliers", "params": {}},
                [16, 16],
                optimizer=_at("Adam", 0.01),
                loss={"name": "CustomLoss", "params": {"formula": LOSSES[1].text}},
                metrics=["MeanAbsoluteError"],
                epochs=150,
            ),
            "rows": [{"loss_arguments": {"tau": tau}} for tau in (0.1, 0.5, 0.9)],
            "seeds": 3,
        },
    ),
    "weights": Preset(
        "Class weights on rare positives",
        "One row in twenty is positive. Balanced weights lift recall and cost precision; AUC, "
        "which knows no threshold, hardly moves: a weight shifts the scores, as a lower threshold "
        "would (Inside a run, Predictions).",
        {
            "base": _base(
                RARE,
                [16, 16],
                optimizer=_at("Adam", 0.01),
                epochs=60,
                metrics=["Recall", "Precision", "AUC"],
            ),
            "rows": [
                {"label": "Without weights"},
                {"label": "Balanced", "class_weight": [0.5263, 10.0]},
            ],
            "seeds": 5,
        },
    ),
    "six": Preset(
        "Six data sets",
        "One rate for each rule, on six data sets: does what is good on one hold on the others?",
        {
            "base": _base(MOONS, [16, 16], optimizer=_at("Adam", 0.01), epochs=60),
            "rows": [
                {**SGD, "learning_rate": 0.3},
                {**MOMENTUM, "learning_rate": 0.1},
                RMSPROP,
                ADAM,
            ],
            "seeds": 4,
            "datasets": ["circles", "spirals", "xor", "imbalanced", "breast_cancer"],
        },
    ),
}
