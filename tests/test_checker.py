"""The compile check of whole experiments: what it says, what mends it, and what came of it."""

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import pytest
from reference import experiment

from datasets.labels import encode
from training.build import named_metric
from training.checker import check, held, worst
from training.checker.facing import Facing
from training.checker.finding import Finding
from training.checker.metrics import metric_finding, resolved
from training.choice import Choice
from training.spec import Experiment
from training.stack import Stack


def dressed(loss: Any, metrics: tuple = (), labels: str = "auto", **layer: Any) -> Experiment:
    """A small experiment on three blobs."""
    return experiment(
        {"name": "blobs", "params": {"labels": labels}},
        loss=loss,
        metrics=metrics,
        model={"name": "mlp", "params": {"hidden": [5], **layer}},
        epochs=1,
    )


CASES = [
    (dressed("SparseCategoricalCrossentropy", ("accuracy",)), "works"),
    (dressed("CategoricalCrossentropy", labels="int"), "raises"),
    (dressed("SparseCategoricalCrossentropy", labels="one-hot"), "raises"),
    (dressed("SparseCategoricalCrossentropy", output_units=2), "raises"),
    (dressed("CategoricalCrossentropy", output_activation="linear"), "silently wrong"),
    (dressed("MeanSquaredError", ("F1Score",)), "silently wrong"),
    (dressed("CategoricalCrossentropy", ("SparseCategoricalAccuracy",)), "raises"),
    (dressed("Hinge", output_units=1, labels="one-hot"), "silently wrong"),
    (experiment("moons", loss="BinaryCrossentropy", metrics=("accuracy",)), "works"),
    (
        experiment("moons", loss={"name": "BinaryCrossentropy", "params": {"from_logits": True}}),
        "works",
    ),
    (experiment("moons", loss="Hinge", metrics=("accuracy",)), "silently wrong"),
    (experiment("sine", loss="Poisson"), "silently wrong"),
    (
        experiment("sine", loss="MeanSquaredError", metrics=("PearsonCorrelation",)),
        "silently wrong",
    ),
    (experiment("multilabel", loss="BinaryCrossentropy", metrics=("accuracy",)), "silently wrong"),
]


@pytest.mark.parametrize(("e", "severity"), CASES)
def test_what_is_said_to_raise_raises_in_training_and_nothing_else(
    e: Experiment, severity: str
) -> None:
    assert worst(check(e)) == severity
    if severity == "raises":
        with pytest.raises(Exception):  # noqa: B017, PT011  Keras raises several kinds
            list(Stack([e]).chunks())
    else:
        assert list(Stack([e]).chunks())


@pytest.mark.parametrize(("e", "severity"), CASES)
def test_every_repair_mends_what_it_stands_beside(e: Experiment, severity: str) -> None:
    findings = check(e)
    assert all(bool(f.repairs) == (f.severity != "works") for f in findings)
    for place, finding in enumerate(findings):
        for repair in finding.repairs:
            mended = Experiment.from_json(repair.experiment.to_json())
            assert mended == repair.experiment
            same: tuple[Finding, ...] = check(mended)[place : place + 1]
            assert all(f.severity == "works" for f in same), repair.label


def test_a_head_is_named_where_there_are_several() -> None:
    loss = {"kind": "BinaryCrossentropy", "amount": "BinaryCrossentropy"}
    e = experiment("two_output", loss=loss, metrics={"kind": ["accuracy"], "amount": []})
    wrong = [f for f in check(e) if f.severity != "works"]
    assert [f.about for f in wrong] == ["amount: loss"]
    assert all(worst(check(r.experiment)) == "works" for r in wrong[0].repairs)


SHAPES = [
    ("binary", "0/1", 1),
    ("binary", "int", 1),
    ("binary", "int", 2),
    ("binary", "0/1", 2),
    ("binary", "one-hot", 2),
    ("multiclass", "int", 3),
    ("multiclass", "one-hot", 3),
    ("multilabel", "0/1", 3),
    ("regression", "number", 1),
]


@pytest.mark.parametrize(("task", "form", "units"), SHAPES)
def test_accuracy_becomes_the_class_that_keras_takes(task: str, form: str, units: int) -> None:
    classes = {"binary": 2, "multiclass": 3, "multilabel": 3, "regression": 1}[task]
    right = np.eye(3, dtype=int) if task == "multilabel" else np.arange(6) % classes
    y = encode(right, task, 1 if task == "binary" else 3, form)
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(units)])
    model.compile(loss=lambda t, p: keras.ops.mean(p, -1), metrics=["accuracy"], run_eagerly=True)
    model.train_on_batch(np.ones((len(y), 2)), y)
    (taken,) = model.metrics[1].metrics
    at = Facing(task, form, classes, units, "linear")
    assert type(taken).__name__ == resolved(at)


@pytest.mark.parametrize("activation", ["linear", "sigmoid"])
def test_accuracy_of_scores_is_the_share_of_right_rows_or_is_said_not_to_be(
    activation: str,
) -> None:
    """Scores change sides at 0, and accuracy draws its line at 0.5."""
    scores = np.array([[-2.0], [0.3], [0.2], [3.0]], "float32")
    right = np.array([[0.0], [1.0], [1.0], [1.0]], "float32")
    outputs = keras.activations.get(activation)(scores)
    metric = keras.metrics.BinaryAccuracy()
    metric.update_state(right, outputs)
    loss = Choice("BinaryCrossentropy", {"from_logits": True} if activation == "linear" else {})
    head = experiment("moons", loss="BinaryCrossentropy").facts.heads[0]
    at = Facing("binary", "0/1", 2, 1, activation)
    said = metric_finding(Choice("accuracy"), loss, head, at).severity
    assert (said == "works") == (float(metric.result()) == 1.0)


@pytest.mark.parametrize("metric", ["accuracy", "BinaryAccuracy", "Precision"])
def test_a_metric_that_knows_no_minus_one_gets_labels_that_it_knows(metric: str) -> None:
    """A threshold of 0 alone would not help: a yes or no of 1 and 0 is held against 1 and -1."""
    signed = experiment({"name": "moons", "params": {"labels": "-1/1"}}, "Adam", "Hinge", [metric])
    (found,) = [f for f in check(signed) if f.about == metric]
    (repair,) = found.repairs
    assert repair.label.startswith("Labels as the loss reads them")
    assert worst(check(repair.experiment)) == "works"
    ((_, (mended,)),) = repair.experiment.compile.metrics
    made = named_metric(mended, "mended")
    made.update_state(np.array([[0.0], [1.0], [1.0]]), np.array([[-0.9], [0.2], [0.7]]))
    assert float(made.result()) == 1.0


@dataclass(frozen=True)
class Ended:
    """What `held` reads of a run."""

    experiment: Experiment
    status: str
    error_type: str | None = None
    diverged: int | None = None
    epochs_done: int = 1
    epochs: int = 1


@pytest.mark.parametrize(
    ("case", "status", "foretold", "words"),
    [
        (0, "finished", True, "to the end"),
        (0, "failed", False, "Not foretold"),
        (1, "failed", True, "raised"),
        (1, "finished", False, "Not foretold"),
        (4, "finished", True, "distrust"),
        (4, "failed", False, "Not foretold"),
        (0, "diverged", True, "diverged"),
        (1, "running", True, ""),
        (1, "cancelled", True, ""),
    ],
)
def test_the_check_is_held_against_what_happened(
    case: int, status: str, foretold: bool, words: str
) -> None:
    run = Ended(CASES[case][0], status, "ValueError" if status == "failed" else None)
    right, sentence = held(run)
    assert right == foretold
    assert words in sentence
    assert bool(words) == bool(sentence)


def test_of_a_formula_the_check_says_what_its_own_traps_say() -> None:
    fine = experiment("moons", "Adam", "CustomLoss")
    assert worst(check(fine)) == "works"
    flat = {"name": "CustomLoss", "params": {"formula": "0 * y_pred"}}
    (found,) = check(experiment("moons", "Adam", flat))
    assert found.severity == "silently wrong"
    assert "gradient" in found.why


@pytest.mark.parametrize(
    ("kind", "formula", "about", "part"),
    [
        ("CustomOptimizer", "weight = 1", "optimizer", "does not depend on gradient"),
        ("CustomLoss", "square(1 - y_true - y_pred)", "loss", "leads to wrong answers"),
        ("CustomMetric", "sum(y_pred)", "CustomMetric", "does not look at y_true"),
    ],
)
def test_formulas_that_miss_the_data_are_silently_wrong(
    kind: str, formula: str, about: str, part: str
) -> None:
    own = {"name": kind, "params": {"formula": formula}}
    compiled: dict[str, Any] = {"optimizer": "Adam", "loss": "BinaryCrossentropy", "metrics": []}
    field = kind.removeprefix("Custom").lower()
    compiled |= {"metrics": [own]} if field == "metric" else {field: own}
    made = experiment("moons", *compiled.values())
    (found,) = [one for one in check(made) if one.severity != "works"]
    assert (found.severity, found.about) == ("silently wrong", about)
    assert part in found.why


def test_weighted_metrics_are_checked_as_plain_ones_are() -> None:
    spec = experiment("blobs", "Adam", "SparseCategoricalCrossentropy").to_json()
    spec["compile"]["weighted_metrics"] = ["Precision"]
    found = {one.about: one.severity for one in check(Experiment.from_json(spec))}
    spec["compile"] |= {"weighted_metrics": [], "metrics": ["Precision"]}
    plain = {one.about: one.severity for one in check(Experiment.from_json(spec))}
    assert found == plain
    assert found["Precision"] != "works"


def test_repairs_leave_no_callback_without_its_column() -> None:
    stop = {"name": "EarlyStopping", "params": {"monitor": "val_recall"}}
    e = experiment("blobs", "Adam", "SparseCategoricalCrossentropy", ["Recall"])
    watched = Experiment.from_json(e.to_json() | {"fit": {"callbacks": [stop]}})
    repairs = [repair for found in check(watched) for repair in found.repairs]
    assert repairs
    for repair in repairs:
        assert Experiment.from_json(repair.experiment.to_json()) == repair.experiment


def test_a_formula_that_meets_class_numbers_raises_and_is_mended_by_labels() -> None:
    data = {"name": "blobs", "params": {"labels": "int"}}
    (found,) = check(experiment(data, "Adam", "CustomLoss"))
    assert found.severity == "raises"
    assert found.repairs[0].label == "Labels as the loss reads them"
    assert worst(check(found.repairs[0].experiment)) == "works"
    with pytest.raises(Exception):  # noqa: B017, PT011  Keras raises several kinds
        list(Stack([experiment(data, "Adam", "CustomLoss")]).chunks())
