"""The catalog: everything a learner can choose, as plain tables that import no Keras."""

import re
from typing import Any

from training.catalog import check
from training.catalog.callbacks import CALLBACKS
from training.catalog.datasets import DATASETS
from training.catalog.entry import Argument, Entry
from training.catalog.losses import LOSSES
from training.catalog.metric_mismatch import metric_mismatch
from training.catalog.metrics import METRICS
from training.catalog.models import MODELS
from training.catalog.needs import NEEDS, Needs, mismatch, needs
from training.catalog.optimizers import OPTIMIZERS
from training.catalog.own_data import OWN_DATA
from training.catalog.schedules import SCHEDULES

__all__ = [
    "ENTRIES",
    "NEEDS",
    "Argument",
    "Entry",
    "Needs",
    "check",
    "column",
    "defaults",
    "entry",
    "metric_mismatch",
    "mismatch",
    "needs",
    "required",
]

ENTRIES: dict[str, dict[str, Entry]] = {
    "dataset": DATASETS | OWN_DATA,
    "model": MODELS,
    "optimizer": OPTIMIZERS,
    "loss": LOSSES,
    "metric": METRICS,
    "schedule": SCHEDULES,
    "callback": CALLBACKS,
}

# Keras names these two by hand, not after their class.
NAMED_BY_HAND = {"LogCoshError": "logcosh", "FBetaScore": "fbeta_score"}


# Short names in use for Keras's classes.
SHORT_NAMES = {
    "acc": "accuracy",
    "bce": "BinaryCrossentropy",
    "cce": "CategoricalCrossentropy",
    "kld": "KLDivergence",
    "mae": "MeanAbsoluteError",
    "mape": "MeanAbsolutePercentageError",
    "mse": "MeanSquaredError",
    "msle": "MeanSquaredLogarithmicError",
    "rmse": "RootMeanSquaredError",
    "scce": "SparseCategoricalCrossentropy",
}


def entry(kind: str, name: str) -> Entry:
    """The entry of that name; ValueError names the closest one and all there are."""
    table = ENTRIES[kind]
    if name in table:
        return table[name]
    short = SHORT_NAMES.get(str(name).lower(), "")
    guess = short if short in table else check.closest(str(name), table)
    meant = f" Did you mean {guess!r}?" if guess else ""
    raise ValueError(f"{name!r} is no known {kind}.{meant} There are {', '.join(table)}.")


def defaults(entry: Entry) -> dict[str, Any]:
    """Every argument's default."""
    return {argument.name: argument.default for argument in entry.arguments}


def required(entry: Entry) -> dict[str, Any]:
    """Arguments that Keras demands, with the values we suggest: always to be passed on."""
    marked = (t.removeprefix("required:") for t in entry.traits if t.startswith("required:"))
    return {name: entry.argument(name).default for name in sorted(marked)}


def column(name: str) -> str:
    """The column that Keras's history gives the first, unnamed metric of that class."""
    if name in NAMED_BY_HAND:
        return NAMED_BY_HAND[name]
    split = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", split).lower()
