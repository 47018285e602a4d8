"""What the catalog says losses and metrics need is what Keras needs."""

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from training.catalog import ENTRIES, NEEDS, metric_mismatch, mismatch, needs, required

RNG = np.random.default_rng(1)
ROWS, CLASSES, LABELS = 24, 3, 4
TASKS = ("binary", "multiclass", "multilabel", "regression")


def one_hot(numbers: np.ndarray, classes: int) -> np.ndarray:
    return np.eye(classes, dtype="float32")[numbers]


def labels_of(task: str, form: str) -> np.ndarray:
    """Labels of a task in a form, shaped as the engine passes them."""
    if task == "regression":
        return RNG.uniform(0.5, 3.0, (ROWS, 1)).astype("float32")
    if task == "multilabel":
        return np.r_[
            one_hot(np.arange(LABELS), LABELS), RNG.integers(0, 2, (ROWS - LABELS, LABELS))
        ]
    classes = 2 if task == "binary" else CLASSES
    numbers = np.r_[np.arange(classes), RNG.integers(0, classes, ROWS - classes)]
    match form:
        case "int":
            return numbers
        case "one-hot":
            return one_hot(numbers, classes)
        case "0/1":
            return numbers[:, None].astype("float32")
        case _:
            return 2.0 * numbers[:, None].astype("float32") - 1.0


def units_of(task: str, units: str) -> int:
    own = {"binary": 1, "multiclass": CLASSES, "multilabel": LABELS, "regression": 1}[task]
    return {"one": 1, "classes": max(own, 2), "heads units": own}[units]


def decide(outputs: np.ndarray, form: str, activation: str) -> np.ndarray:
    """The answer that outputs stand for, in the form of the labels."""
    if form in ("one-hot", "int"):
        best = outputs.argmax(-1)
        return best if form == "int" else one_hot(best, outputs.shape[1])
    yes = outputs > (0.5 if activation == "sigmoid" else 0.0)
    return np.where(yes, 1.0, -1.0 if form == "-1/1" else 0.0)


SERVED = [
    pytest.param(name, task, form, logits, id=f"{name}-{task}-{form}{'-logits' * logits}")
    for name, tasks in NEEDS.items()
    for task in tasks
    for form in tasks[task].labels
    for logits in (False, True)
    if not logits or ENTRIES["loss"][name].argument("from_logits")
]


@pytest.mark.parametrize(("name", "task", "form", "logits"), SERVED)
def test_a_last_layer_as_needed_learns_such_labels(
    name: str, task: str, form: str, logits: bool
) -> None:
    params = {"from_logits": True} if logits else {}
    needed = needs(name, params, task)
    assert needed.activation == "linear" or not logits
    labels = labels_of(task, form)
    loss, activation = (
        getattr(keras.losses, name)(**params),
        keras.activations.get(needed.activation),
    )
    shape = (ROWS, units_of(task, needed.units))
    scores = keras.Variable(RNG.normal(scale=0.1, size=shape).astype("float32"))
    optimizer = keras.optimizers.Adam(learning_rate=0.3)
    optimizer.build([scores])

    @tf.function
    def step() -> tf.Tensor:
        with tf.GradientTape() as tape:
            value = loss(labels, activation(scores.value))
        optimizer.apply(tape.gradient(value, [scores.value]), [scores])
        return value

    values = [float(step()) for _ in range(40)]
    assert np.isfinite(values).all()
    outputs = np.asarray(activation(scores.value))
    if task == "regression":
        before = np.abs(labels - np.asarray(activation(keras.ops.zeros(shape)))).mean()
        assert np.abs(labels - outputs).mean() < 0.5 * before
    else:
        assert (decide(outputs, form, needed.activation) == labels).mean() > 0.95


@pytest.mark.parametrize("name", NEEDS)
@pytest.mark.parametrize("task", TASKS)
def test_a_loss_has_needs_or_a_reason(name: str, task: str) -> None:
    assert bool(mismatch(name, {}, task)) == (needs(name, {}, task) is None)
    assert (task in ENTRIES["loss"][name].tasks) == (task in NEEDS[name])


def test_every_loss_has_needs() -> None:
    assert list(NEEDS) == list(ENTRIES["loss"])


@pytest.mark.parametrize(
    "name", ["SparseCategoricalCrossentropy", "CategoricalGeneralizedCrossEntropy"]
)
def test_losses_said_to_stop_do(name: str) -> None:
    assert "Keras stops" in mismatch(name, {}, "multilabel")
    outputs = RNG.uniform(size=(ROWS, LABELS)).astype("float32")
    with pytest.raises((ValueError, tf.errors.InvalidArgumentError)):
        getattr(keras.losses, name)()(labels_of("multilabel", "0/1"), outputs)


def test_dice_by_row_is_blind_to_rows_of_zeros() -> None:
    assert "axis" in mismatch("Dice", {"axis": -1}, "binary")
    loss = keras.losses.Dice(axis=-1)
    assert float(loss([[0.0]], [[0.1]])) == pytest.approx(float(loss([[0.0]], [[0.9]])))


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
    ("R2Score", {"class_aggregation": None}),
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
        metric = getattr(keras.metrics, name)(**params)
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


@pytest.mark.parametrize(
    ("name", "params"),
    [("F1Score", {}), ("FBetaScore", {}), ("R2Score", {"class_aggregation": None})],
)
def test_a_metric_of_several_numbers_is_said_to_be_one(name: str, params: dict[str, Any]) -> None:
    assert "one number per" in metric_mismatch(name, params, "multiclass", "one-hot", CLASSES)
    labels = labels_of("multiclass", "one-hot")
    assert measure(name, params, labels, labels * 0.9).shape == (CLASSES,)


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
