"""Every loss with every form of labels and last layer: the check says what Keras does there.

A cell "raises" where Keras does. It "works" where rows whose scores (what the last activation is
given) go freely where the loss sends them, from wherever they start, arrive at right answers. It is
"silently wrong" where they do not, or where the loss leaves its range or the finite numbers.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from datasets.labels import encode
from training.catalog import ENTRIES
from training.catalog.models import OUTPUT
from training.checker.facing import Facing
from training.checker.losses import verdict
from training.checker.shapes import shapes

ROWS = 24
ACTIVATIONS = [a for a in OUTPUT[1].options if a != "auto"]
LOSSES = [
    (name, {"from_logits": True} if logits else {})
    for name, entry in ENTRIES["loss"].items()
    for logits in (False, True)
    if "formula" not in entry.traits and (not logits or entry.argument("from_logits"))
]
NUMBERS = {"signed": (-2.0, 2.0), "positive": (0.5, 3.0), "share": (0.05, 0.95)}
PLACES = [
    *(("binary", form, units) for form in ("0/1", "-1/1", "int", "one-hot") for units in (1, 2)),
    *(("binary", form, 3) for form in ("int", "one-hot")),
    *(("multiclass", form, units) for form in ("int", "one-hot") for units in (1, 2, 3, 4)),
    *(("multilabel", "0/1", units) for units in (1, 3, 4)),
    *(("regression", kind, 1) for kind in NUMBERS),
    ("regression", "signed", 2),
]
FEW = (  # one of each task, and one whose shapes clash
    ("binary", "0/1", 1),
    ("multiclass", "int", 3),
    ("multiclass", "one-hot", 2),
    ("multilabel", "0/1", 3),
    ("regression", "signed", 1),
)
# The sizes of steps halve, as in bisection; their sum is more than any way from a start.
SIZES = {"regression": (4, 2, 1, 0.5, 0.25, 0.125), "": (1.5, 1.5, 1.5, 1, 1, 1, 0.5, 0.25)}
MARGIN = 0.1
RANGE = {"Dice": (0, 1), "Tversky": (0, 1), "CosineSimilarity": (-1, 1), "Poisson": (-1e4, 1e4)}


def truth(task: str, form: str) -> np.ndarray:
    """What is right: classes (rows,), labels (rows, 3) or numbers (rows,)."""
    if task == "regression":
        return np.linspace(*NUMBERS[form], ROWS)
    if task == "multilabel":
        return np.array([[i >> bit & 1 for bit in range(3)] for i in range(ROWS)])
    return np.arange(ROWS) % (2 if task == "binary" else 3)


def answered(at: Facing, loss: str, params: Mapping[str, Any], outputs: np.ndarray) -> np.ndarray:
    """The answers that outputs stand for."""
    if at.units > 1 and at.task != "multilabel":
        return outputs.argmax(-1)
    signed = at.form == "-1/1" or "Hinge" in loss or params.get("from_logits")
    middle = 0.0 if signed and at.activation not in ("sigmoid", "softmax") else 0.5
    return outputs[:, 0] > middle if at.units == 1 else outputs > middle


def is_right(
    at: Facing, loss: str, params: Mapping[str, Any], outputs: np.ndarray, right: np.ndarray
) -> bool:
    """Whether all rows are answered as they should be."""
    if at.task == "regression":
        return bool(np.abs(outputs - right[:, None]).max() < 0.3)
    found = answered(at, loss, params, outputs)
    if at.units > 1 and at.task != "multilabel":  # by a margin: a loss may raise all outputs alike
        first, second = np.sort(outputs, axis=-1)[:, :-3:-1].T
        if (first - second).min() < MARGIN:
            return False
    return found.shape == right.shape and bool((found == right).all())


def measured(loss: str, params: Mapping[str, Any], at: Facing, kind: str) -> str:
    """What Keras makes of a cell."""
    score, bend = getattr(keras.losses, loss)(**params), keras.activations.get(at.activation)
    right = truth(at.task, kind)
    y = tf.constant(encode(right, at.task, 1 if at.task == "binary" else 3, at.form))
    z = tf.constant(np.random.default_rng(3).uniform(-3, 3, (ROWS, at.units)).astype("float32"))
    low, high = RANGE.get(loss, (0, 1e4))
    for size in (*SIZES.get(at.task, SIZES[""]), 0):
        try:
            with tf.GradientTape() as tape:
                tape.watch(z)
                value = score(y, bend(z))
        except (ValueError, tf.errors.InvalidArgumentError):
            return "raises"
        slope = np.asarray(tape.gradient(value, z))
        if not np.isfinite(slope).all() or not low - 1e-3 <= float(value) <= high + 1e-3:
            return "silently wrong"
        z = z - size * np.where(np.abs(slope) > 1e-9, np.sign(slope), 0).astype("float32")
    return "works" if is_right(at, loss, params, np.asarray(bend(z)), right) else "silently wrong"


@pytest.mark.parametrize(
    ("task", "kind", "units"),
    [pytest.param(*p, marks=() if p in FEW else pytest.mark.exhaustive) for p in PLACES],
)
def test_the_check_is_right_in_every_cell(task: str, kind: str, units: int) -> None:
    form = "number" if task == "regression" else kind
    classes = {"binary": 2, "multiclass": 3, "multilabel": 3, "regression": 1}[task]
    wrong = []
    for loss, params in LOSSES:
        at = Facing(task, form, classes, units, "linear", *NUMBERS.get(kind, (0.0, 1.0)))
        # where shapes do not go together, the activation does not matter: two tell as much as six
        for activation in ("linear", "softmax") if shapes(loss, at) else ACTIVATIONS:
            at = replace(at, activation=activation)
            said, why = verdict(loss, params, at)
            found = measured(loss, params, at, kind)
            if said != found:
                wrong.append(f"{loss} {dict(params)} {activation}: said {said}, is {found}")
            assert said == "works" or why.endswith("."), (loss, at)
    assert not wrong, "\n" + "\n".join(wrong)
