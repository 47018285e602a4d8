"""What the catalog says of a metric on certain labels and outputs is what Keras does there."""

from typing import Any

import keras
import numpy as np
import pytest

from tests.catalog_labels import CLASSES, LABELS, ROWS, labels_of, one_hot
from training import build
from training.catalog import ENTRIES, metric_mismatch, required
from training.choice import Choice

CELLS = [
    ("binary", "0/1", 1),
    ("binary", "-1/1", 1),
    ("binary", "int", 1),
    ("binary", "int", 2),
    ("binary", "one-hot", 2),
    ("binary", "0/1", 2),
    ("binary", "-1/1", 2),
    ("multiclass", "int", CLASSES),
    ("multiclass", "one-hot", CLASSES),
    ("multiclass", "int", 1),
    ("multiclass", "one-hot", 1),
    ("multilabel", "0/1", LABELS),
    ("regression", "number", 1),
]
CURED: list[tuple[str, dict[str, Any]]] = [
    ("F1Score", {"average": "macro", "threshold": 0.5}),
    ("F1Score", {"average": "macro"}),
    ("FBetaScore", {"average": "macro", "threshold": 0.5}),
    ("IoU", {"sparse_y_pred": False}),
    ("MeanIoU", {"sparse_y_pred": False}),
    ("MeanIoU", {"sparse_y_pred": False, "sparse_y_true": False}),
    ("PearsonCorrelation", {"axis": 0}),
    ("ConcordanceCorrelation", {"axis": 0}),
    ("TopKCategoricalAccuracy", {"k": 1}),
    ("SparseTopKCategoricalAccuracy", {"k": 1}),
    ("R2Score", {"class_aggregation": "variance_weighted_average"}),
    ("Precision", {"class_id": 1}),
    ("Recall", {"top_k": 2}),
    ("PrecisionAtRecall", {"class_id": 1}),
    ("AUC", {"multi_label": True}),
]
METRICS = [name for name in ENTRIES["metric"] if name != "accuracy"]


def right_and_wrong(labels: np.ndarray, form: str, units: int) -> tuple[np.ndarray, np.ndarray]:
    """Outputs that say what the labels say, and outputs that say something else."""
    by_number = units > 1 and (form == "int" or labels.shape == (ROWS, 1))
    right = one_hot(labels.astype(int).ravel(), units) if by_number else labels.reshape(ROWS, -1)
    right = right[:, :units].astype("float32")
    wrong = np.roll(right, 5, axis=0)
    if form == "number":
        return right, wrong
    return right.clip(-0.9, 0.95) + 0.01, wrong.clip(-0.9, 0.95) + 0.01


def measure(name: str, params: dict[str, Any], labels: np.ndarray, outputs: np.ndarray) -> Any:
    """What the metric gives, or None where Keras raises, as several kinds of error."""
    try:
        metric = build.named_metric(Choice(name, params), "measured")
        metric.update_state(labels, outputs)
        return np.asarray(metric.result())
    except Exception:
        return None


@pytest.mark.parametrize(
    ("name", "params"), [*((name, {}) for name in METRICS), *CURED], ids=lambda value: str(value)
)
def test_a_metric_that_fits_puts_right_before_wrong_and_others_get_a_reason(
    name: str, params: dict[str, Any]
) -> None:
    entry = ENTRIES["metric"][name]
    for task, form, units in CELLS:
        given = required(entry) | params
        if "num_classes" in given:
            given["num_classes"] = max(units, 2)
        said = metric_mismatch(name, given, task, form, units)
        labels = labels_of(task, form)
        right, wrong = (
            measure(name, given, labels, outputs)
            for outputs in right_and_wrong(labels, form, units)
        )
        cell = (task, form, units, said)
        if said:
            assert right is None or "Keras stops" not in said, cell
            continue
        assert right is not None, cell
        assert right.ndim == 0, cell
        assert np.isfinite(right), cell
        if "higher" in entry.traits:
            assert right > wrong, cell
        elif "lower" in entry.traits:
            assert right < wrong, cell


@pytest.mark.parametrize("name", [*METRICS, "accuracy"])
def test_every_metric_fits_somewhere(name: str) -> None:
    choices = [{}, *(params for cured, params in CURED if cured == name)]
    fits = [
        cell
        for cell in CELLS
        for params in choices
        if not metric_mismatch(name, params | {"num_classes": cell[2]}, *cell)
        and cell[0] in ENTRIES["metric"][name].tasks
    ]
    assert fits


@pytest.mark.parametrize("name", ["F1Score", "FBetaScore"])
def test_a_metric_of_several_numbers_is_said_to_be_one(name: str) -> None:
    assert "one number per" in metric_mismatch(name, {}, "multiclass", "one-hot", CLASSES)
    labels = labels_of("multiclass", "one-hot")
    assert measure(name, {}, labels, labels * 0.9).shape == (CLASSES,)


@pytest.mark.parametrize(
    "name", ["CategoricalAccuracy", "SparseCategoricalAccuracy", "OneHotMeanIoU"]
)
def test_with_one_unit_picking_the_largest_sees_no_difference(name: str) -> None:
    given = required(ENTRIES["metric"][name])
    assert "always the largest" in metric_mismatch(name, given, "binary", "0/1", 1)
    labels = labels_of("binary", "0/1")
    right, wrong = right_and_wrong(labels, "0/1", 1)
    assert measure(name, given, labels, right) == measure(name, given, labels, wrong)


def score_accuracy(labels: np.ndarray, outputs: np.ndarray) -> float:
    """The accuracy that Keras logs under the string "accuracy" for these labels and outputs."""
    model = keras.Sequential([keras.Input(outputs.shape[1:]), keras.layers.Activation("linear")])
    model.compile(loss=lambda y, p: keras.ops.mean(p, axis=-1), metrics=["accuracy"])
    return model.evaluate(outputs, labels, verbose=0, return_dict=True)["accuracy"]


@pytest.mark.parametrize(
    ("task", "form", "units"),
    [
        ("binary", "0/1", 1),
        ("binary", "-1/1", 1),
        ("binary", "int", 1),
        ("binary", "int", 2),
        ("binary", "one-hot", 2),
        ("binary", "0/1", 2),
        ("multiclass", "int", CLASSES),
        ("multiclass", "one-hot", CLASSES),
        ("regression", "number", 1),
    ],
)
def test_accuracy_fits_where_right_outputs_score_one(task: str, form: str, units: int) -> None:
    labels = labels_of(task, form)
    score = score_accuracy(labels, right_and_wrong(labels, form, units)[0])
    assert (score == 1.0) == (metric_mismatch("accuracy", {}, task, form, units) == "")


def test_accuracy_of_several_labels_looks_at_one_of_them() -> None:
    assert "one label" in metric_mismatch("accuracy", {}, "multilabel", "0/1", 4)
    labels, outputs = np.array([[1.0, 1.0, 1.0, 0.0]] * 4), np.array([[0.9, 0.1, 0.1, 0.1]] * 4)
    assert score_accuracy(labels, outputs) == 1.0
