"""What the compile check says of weights of classes and outputs, held against plain Keras."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from reference import class_weights, compile_arguments, experiment, targets

import datasets
from training import build
from training.catalog import ENTRIES
from training.checker import Finding, check, worst
from training.checker.weights import SCALE_FREE, weight_findings
from training.layers import architecture
from training.spec import Experiment

TWO = {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"}
NONE: dict[str, list] = {"kind": [], "amount": []}


def one(optimizer: Any = "SGD", model: Any = None, times: Any = None, **fit: Any) -> Experiment:
    compiled = {"loss_weights": times}
    return experiment("moons", optimizer, "BinaryCrossentropy", (), model, compiled, fit=fit)


def two(optimizer: Any = "Adam", l2: float = 0, **weights: float) -> Experiment:
    model = {"name": "mlp", "params": {"hidden": [5], "l2": l2}}
    return experiment("two_output", optimizer, TWO, NONE, model, {"loss_weights": weights})


def rated(name: str, rate: float, **params: Any) -> dict[str, Any]:
    return {"name": name, "params": {"learning_rate": rate, **params}}


def trained(e: Experiment, x: np.ndarray | None = None) -> tuple[list[str], list, list]:
    """Paths of the weights of plain Keras, and how they are before and after `fit`."""
    data = datasets.load(e.dataset.name, e.data_params)
    model = build.model(architecture(e), e.seed)
    model.compile(**compile_arguments(e, data), run_eagerly=True)
    model.optimizer.build(model.trainable_variables)
    before = [v.numpy() for v in model.trainable_variables]
    model.fit(
        data.train.x if x is None else x,
        targets(e, data, "train"),
        epochs=e.epochs,
        batch_size=e.batch_size,
        shuffle=False,
        class_weight=class_weights(e),
        verbose=0,
    )
    paths = [v.path for v in model.trainable_variables]
    return paths, before, [v.numpy() for v in model.trainable_variables]


def moved(e: Experiment, x: np.ndarray | None = None) -> np.ndarray:
    """How far each weight went, float (parameters,)."""
    _, before, after = trained(e, x)
    return np.concatenate([(b - a).ravel() for a, b in zip(before, after, strict=True)])


def only(e: Experiment) -> Finding:
    (found,) = weight_findings(e)
    assert found in check(e)
    return found


def apart(one: np.ndarray, other: np.ndarray) -> float:
    """How far two ways lie apart, as a share of the second."""
    return float(np.linalg.norm(one - other) / np.linalg.norm(other))


@pytest.mark.parametrize(
    "e",
    [
        one(rated("SGD", 0.01, momentum=0.9), class_weight=[10, 10]),
        one(rated("SGD", 0.02), {"name": "mlp", "params": {"hidden": [5], "l2": 0.01}}, times=5),
        two(rated("SGD", 0.01), kind=0.5, amount=0.5),
    ],
)
def test_sgd_moves_as_with_the_learning_rate_that_is_named(e: Experiment) -> None:
    found = only(e)
    assert found.severity == "works"
    rate = float(re.search(r"a learning rate of (\S+?)\.?( and|$)", found.why)[1])
    spec = e.to_json()
    spec["compile"] |= {"loss_weights": None}
    spec["compile"]["optimizer"]["params"]["learning_rate"] = rate
    spec["fit"] = {}
    if l2 := re.search(r"an L2 of (\S+?)\.$", found.why):
        spec["model"]["params"]["l2"] = float(l2[1])
    assert apart(moved(e), moved(Experiment.from_json(spec))) < 1e-5


OTHERS = [name for name in ENTRIES["optimizer"] if name not in ("SGD", "CustomOptimizer")]
QUICK = ("Adam", "Adagrad")


@pytest.mark.parametrize(
    "name",
    [n if n in QUICK else pytest.param(n, marks=pytest.mark.exhaustive) for n in OTHERS],
)
def test_who_moves_nearly_as_without_and_who_does_not(name: str) -> None:
    weighed, plain = one(name, class_weight=[10, 10]), one(name)
    ways = moved(weighed), moved(plain)
    assert (apart(*ways) < 0.15) == (name in SCALE_FREE)
    assert ("nearly as without" in only(weighed).why) == (name in SCALE_FREE)
    if name not in SCALE_FREE:
        rate = 10 * plain.compile.optimizer.full("optimizer")["learning_rate"]
        assert apart(ways[0], moved(one(rated(name, rate)))) > 0.1


@pytest.mark.parametrize(
    ("e", "words", "still"),
    [
        (two("Adam", amount=0), "which keeps its initial weights", True),
        (two("AdamW", amount=0), "Only weight decay reaches", False),
        (two("SGD", l2=0.1, amount=0), "Only the L2 term reaches", False),
        (two("Ftrl", amount=0), "Ftrl sets such kernels to 0", False),
    ],
)
def test_an_output_that_counts_nothing_is_not_learnt(
    e: Experiment, words: str, still: bool
) -> None:
    found = only(e)
    assert found.severity == "silently wrong"
    assert words in found.why
    paths, before, after = trained(e)
    (at,) = (i for i, path in enumerate(paths) if path == "amount/kernel")
    assert np.array_equal(before[at], after[at]) == still
    if "Ftrl" in words:
        assert not after[at].any()
    (repair,) = found.repairs
    assert repair.experiment == two(e.compile.optimizer.to_json(), _l2(e))
    assert worst(check(repair.experiment)) == "works"


def _l2(e: Experiment) -> float:
    return e.model.params.get("l2", 0)


def test_rows_of_a_class_that_counts_nothing_teach_nothing() -> None:
    e = experiment(
        "blobs", "Adam", "SparseCategoricalCrossentropy", fit={"class_weight": [1, 0, 2]}
    )
    found = only(e)
    assert found.severity == "silently wrong"
    name = e.facts.heads[0].names[1]
    assert found.why.startswith(f"Rows of class {name!r} count 0 times")
    data = datasets.load(e.dataset.name, e.data_params)
    elsewhere = data.train.x.copy()
    elsewhere[data.train.y["class"] == 1] += 100
    np.testing.assert_array_equal(moved(e), moved(e, elsewhere))
    assert found.repairs[0].experiment.fit.class_weight == (1.0, 1.0, 2.0)
    last = only(one(class_weight=[0, 2]))
    assert "is the only answer that is ever taught" in last.why
    assert last.repairs[0].experiment.fit.class_weight == (1.0, 2.0)


def test_what_changes_nothing_odd_is_not_spoken_of() -> None:
    for e in (
        one(),
        one(class_weight=[0.5, 10]),
        two(kind=0.5),
        one(times=0.5, class_weight=[2, 2]),
    ):
        assert not weight_findings(e)
    planned = {"name": "CosineDecay", "params": {}}
    for optimizer, words in (
        (rated("SGD", 0.1, weight_decay=0.1), "with weight decay as it is"),
        (rated("SGD", 0.1, clipnorm=1.0), "up to what is clipped"),
        ({"name": "SGD", "params": {"learning_rate": planned}}, "as with 3 times the rate"),
        ("CustomOptimizer", "up to its formula"),
    ):
        assert words in only(one(optimizer, times=3)).why
    both = only(replace(one(times=3), fit=one(class_weight=[2, 2]).fit))
    assert both.why.startswith("Every class counts 2 times and the loss counts 3 times, so the")
    assert "are 6 times as large" in both.why
