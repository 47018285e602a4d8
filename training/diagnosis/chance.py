"""What a model would score that ignores its inputs: the best loss and accuracy of one answer."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

import datasets
from datasets import Head
from datasets.labels import encode
from training.layers import labels_form, output_units
from training.loss_weights import weight_of
from training.spec import Choice, Experiment
from training.weights import by_row

ACCURACIES = (*("accuracy", "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy"),)


@dataclass(frozen=True)
class Chance:
    """Numbers on the training rows; None where there is no simple one.

    loss: of always giving the shares of the classes, or the mean, as rows count; without L2 term.
    accuracy: of always giving the most frequent class, and `column`, which measures it; none where
    rows count differently, for it counts them all once.
    """

    loss: float | None
    accuracy: float | None = None
    column: str = ""
    rows: int = 0


@lru_cache(maxsize=256)
def chance(variant: Experiment) -> Chance:
    """The baseline of a variant; empty where its data set is missing."""
    try:
        data = datasets.load(variant.dataset.name, variant.data_params)
    except ValueError:
        return Chance(None)
    train = data.train
    heads, fit = variant.facts.heads, variant.fit
    counts = by_row(data, *fit.row_weights)
    counts = np.ones(len(train.x)) if counts is None else counts.astype("float64")
    losses = [_loss(variant, head, train.y[head.name], counts) for head in heads]
    loss = None
    if None not in losses:
        weights = variant.compile.loss_weights
        loss = sum(weight_of(weights, h.name) * v for h, v in zip(heads, losses, strict=True))
    if len(heads) > 1 or fit.weighted:
        return Chance(loss, rows=len(train.x))
    column = _column(variant)
    accuracy = _accuracy(heads[0], train.y[heads[0].name]) if column else None
    return Chance(loss, accuracy, column, len(train.x))


def _loss(variant: Experiment, head: Head, y: np.ndarray, counts: np.ndarray) -> float | None:
    """The smallest loss of a constant answer, where a formula gives it.

    counts: how often each row counts, (rows,).
    """
    choice = dict(variant.compile.losses)[head.name]
    form = labels_form(variant, head)
    targets = encode(y, head.task, head.units, form)
    if form != "int" and targets.shape[1] != output_units(variant, head):
        return None
    cost = _cost(choice, targets, counts / counts.mean())
    return None if cost is None else float(counts.mean() * cost)


def _cost(choice: Choice, targets: np.ndarray, counts: np.ndarray) -> float | None:
    """The same for rows that count once on average."""
    match choice.name:
        case "BinaryCrossentropy":
            return float(np.mean(_entropy(_mean(_smoothed(choice, targets, 2), counts))))
        case "CategoricalCrossentropy":
            return _shares(_mean(_smoothed(choice, targets, targets.shape[1]), counts))
        case "KLDivergence":
            return _shares(_mean(targets, counts))
        case "SparseCategoricalCrossentropy" if choice.params.get("ignore_class") is None:
            return _shares(_mean(np.eye(int(targets.max()) + 1)[targets], counts))
        case "MeanSquaredError":
            return float(np.mean(_mean((targets - _mean(targets, counts)) ** 2, counts)))
        case "MeanAbsoluteError":
            return float(np.mean(_mean(np.abs(targets - _median(targets, counts)), counts)))
    return None


def _mean(values: np.ndarray, counts: np.ndarray) -> np.ndarray:
    return np.average(values, axis=0, weights=counts)


def _median(values: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Of each column, the value that half of what counts lies up to."""
    order = values.argsort(0)
    until = counts[order].cumsum(0)
    middle = (until < until[-1] / 2).sum(0)
    return np.take_along_axis(values, np.take_along_axis(order, middle[None], 0), 0)[0]


def _smoothed(choice: Choice, targets: np.ndarray, classes: int) -> np.ndarray:
    amount = choice.params.get("label_smoothing", 0.0)
    return targets * (1 - amount) + amount / classes


def _entropy(shares: np.ndarray) -> np.ndarray:
    """Of yes and no in each column, in nats."""
    yes = np.clip(shares, 1e-12, 1 - 1e-12)
    return -(yes * np.log(yes) + (1 - yes) * np.log(1 - yes))


def _shares(shares: np.ndarray) -> float:
    """Entropy of the shares of classes, in nats."""
    return float(-np.sum(shares * np.log(np.clip(shares, 1e-12, 1))))


def _column(variant: Experiment) -> str:
    """The history's column of an accuracy, "" if none was listed."""
    ((_, listed),) = variant.compile.metrics
    for metric, names in zip(listed, variant.metric_columns[0], strict=False):
        if metric.name in ACCURACIES:
            return names[0]
    return ""


def _accuracy(head: Head, y: np.ndarray) -> float | None:
    """The accuracy of the most frequent answer."""
    if head.task == "regression":
        return None
    if head.task == "multilabel":
        shares = y.mean(0)
        return float(np.mean(np.maximum(shares, 1 - shares)))
    return float(np.bincount(y).max() / len(y))
