"""A last layer and labels as the catalog says make each loss learn, and others do not fit."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tests.catalog_labels import CLASSES, LABELS, ROWS, labels_of, one_hot
from training import build
from training.catalog import ENTRIES, NEEDS, mismatch, needs
from training.choice import Choice

TASKS = ("binary", "multiclass", "multilabel", "regression")


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
    loss = build.loss(Choice(name, params))
    activation = keras.activations.get(needed.activation)
    shape = (ROWS, units_of(task, needed.units))
    scores = keras.Variable(
        np.random.default_rng(2).normal(scale=0.1, size=shape).astype("float32")
    )
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
    outputs = np.random.default_rng(2).uniform(size=(ROWS, LABELS)).astype("float32")
    with pytest.raises((ValueError, tf.errors.InvalidArgumentError)):
        getattr(keras.losses, name)()(labels_of("multilabel", "0/1"), outputs)


def test_dice_by_row_is_blind_to_rows_of_zeros() -> None:
    assert "axis" in mismatch("Dice", {"axis": -1}, "binary")
    loss = keras.losses.Dice(axis=-1)
    assert float(loss([[0.0]], [[0.1]])) == pytest.approx(float(loss([[0.0]], [[0.9]])))
