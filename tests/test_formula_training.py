"""Formulas train as plain Keras classes do: those written by hand and those that are shown."""

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import reference
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from reference import assert_same, experiment, fit, stack

import datasets
from training import build
from training.code import compile_call
from training.custom import definitions
from training.direction import direction
from training.formula.checking import validate
from training.formula.classes import class_code
from training.formula.grammar import CALCULATING, COMPARING, ELEMENTWISE, LOGIC, OVER_ROWS
from training.formula.presets import LOSSES, METRICS, OPTIMIZERS, Preset
from training.formula.reading import read
from training.model_file import model_file
from training.plan import plan
from training.spec import Choice, Experiment

PINBALL = {
    "name": "CustomLoss",
    "params": {"formula": LOSSES[1].text, "tau": 0.9},
}
PER_ROW = {"name": "CustomLoss", "params": {"formula": "mean(abs(y_true - y_pred) ** 1.5)"}}
WITHIN = {"name": "CustomMetric", "params": {"formula": METRICS[1].text}}


class Pinball(keras.losses.Loss):
    """Written by hand, with another way of saying the same."""

    def call(self, y_true: Any, y_pred: Any) -> Any:
        miss = y_true - y_pred
        return keras.ops.where(miss > 0, 0.9 * miss, -0.1 * miss)


def rule(preset: Preset, **more: Any) -> dict[str, Any]:
    params = {"formula": preset.text, "learning_rate": 0.01, **preset.numbers, **more}
    return {"name": "CustomOptimizer", "params": params}


EXPERIMENTS = [
    experiment("outliers", "Adam", PINBALL, ["CustomMetric", WITHIN, "MeanAbsoluteError"]),
    experiment("outliers", rule(OPTIMIZERS[0]), PER_ROW, [WITHIN]),
    experiment("outliers", rule(OPTIMIZERS[2], clipnorm=0.1), seed=3),
    experiment("outliers", rule(OPTIMIZERS[3], weight_decay=0.1), PINBALL, rates=[[2, 0.05]]),
    experiment("outliers", rule(OPTIMIZERS[3], learning_rate=0.1), PINBALL),
]
TASKS = [
    experiment("blobs", "SGD", {"name": "CustomLoss", "params": {"formula": LOSSES[3].text}}),
    experiment("multilabel", "SGD", "CustomLoss", ["CustomMetric"]),
    experiment(
        "two_output",
        rule(OPTIMIZERS[1]),
        {"kind": {"name": "CustomLoss", "params": {"formula": LOSSES[3].text}}, "amount": PINBALL},
        {"kind": [], "amount": [WITHIN]},
    ),
]


def test_formulas_are_trained_as_fit_does_in_one_stack() -> None:
    assert len(plan(EXPERIMENTS)) == 1
    for ours, e in zip(stack(EXPERIMENTS), EXPERIMENTS, strict=True):
        assert_same(ours, fit(e), e.canonical)


@pytest.mark.parametrize("e", TASKS, ids=lambda e: e.dataset.name)
def test_formulas_on_every_task(e: Experiment) -> None:
    assert_same(stack([e])[0], fit(e))


def test_a_loss_is_that_of_a_class_written_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = stack(EXPERIMENTS[:1])[0]
    monkeypatch.setattr(reference.build, "loss", lambda choice: Pinball())
    assert_same(ours, fit(EXPERIMENTS[0]))


def test_momentum_by_hand_is_that_of_keras() -> None:
    by_hand = experiment("moons", rule(OPTIMIZERS[0]))
    keras_own = {"name": "SGD", "params": {"learning_rate": 0.01, "momentum": 0.9}}
    assert_same(stack([by_hand])[0], fit(experiment("moons", keras_own)))


def test_adam_by_hand_differs_from_that_of_keras_by_rounding_only() -> None:
    by_hand = experiment("moons", rule(OPTIMIZERS[3]), "BinaryCrossentropy", epochs=30)
    keras_own = {"name": "Adam", "params": {"learning_rate": 0.01}}
    own = experiment("moons", keras_own, "BinaryCrossentropy", epochs=30)
    ours, theirs = stack([by_hand, own])
    for name, column in ours.history.items():
        assert np.abs(column - theirs.history[name]).max() < 1e-5, name
    assert ours.history["loss"][-1] < 0.8 * ours.history["loss"][0]


def test_the_shown_classes_train_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The code on the page, run by plain Keras."""
    for e in EXPERIMENTS:
        known: dict[str, Any] = {"keras": keras}
        for code in definitions(e.compile).values():
            assert code in compile_call(e.compile)
        called = compile_call(e.compile).replace("model.compile(", "arguments = dict(")
        exec(called, known)
        monkeypatch.setattr(reference, "compile_arguments", lambda *_, k=known: k["arguments"])
        assert_same(stack([e])[0], fit(e), called)


def test_numbers_that_are_alike_for_all_weights_are_remembered_too() -> None:
    text = "n = n + 1; half = 0.5; old = half + 0 * old; weight -= learning_rate * gradient / n"
    e = experiment("moons", {"name": "CustomOptimizer", "params": {"formula": text}})
    assert_same(stack([e])[0], fit(e))
    optimizer = build.optimizer(e.compile.optimizer)
    weight = keras.Variable(np.ones((2, 3), "float32"))
    optimizer.build([weight])
    for _ in range(2):
        optimizer.apply([np.ones((2, 3), "float32")], [weight])
    np.testing.assert_allclose(optimizer.state_n[0], 2.0)
    np.testing.assert_allclose(weight, 1 - 0.01 - 0.01 / 2, rtol=1e-6)


def test_which_way_a_metric_of_ones_own_is_better_is_chosen() -> None:
    for better in ("lower", "higher"):
        metric = {"name": "CustomMetric", "params": {"better": better}}
        e = experiment("outliers", metrics=["MeanAbsoluteError", metric])
        assert direction(e, "custom_metric") == better


def test_labels_in_one_axis_mix_up_rows_as_is_said() -> None:
    loss = build.loss(Choice("CustomLoss"))
    rows = np.array([0.0, 1.0], "float32")
    assert float(loss(rows[:, None], rows[:, None])) == 0.0
    assert float(loss(rows, rows[:, None])) == 0.5


WORDS = ("y_true", "y_pred", "y_pred", "tau", "gamma", "2", "0.5", "1e-7")
RULE_WORDS = ("gradient", "weight", "m", "learning_rate", "step", "beta_1", "2", "0.5")


def expressions(words: tuple[str, ...], functions: dict[str, int]) -> st.SearchStrategy[str]:
    """Numbers, conditions only where they belong."""

    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        compared = st.tuples(inner, st.sampled_from(COMPARING), inner).map(" ".join)
        conditions = compared | st.tuples(
            st.sampled_from(("logical_and", "logical_or")), compared, compared
        ).map(lambda t: f"{t[0]}({t[1]}, {t[2]})")
        chosen = st.tuples(conditions, inner, inner).map(lambda t: f"where({', '.join(t)})")
        binary = st.tuples(inner, st.sampled_from(CALCULATING), inner)
        plain = [name for name in functions if name != "where" and name not in LOGIC]
        called = st.sampled_from(plain).flatmap(
            lambda name: st.tuples(*[inner] * functions[name]).map(
                lambda t: f"{name}({', '.join(t)})"
            )
        )
        signed = inner.map(lambda text: f"-{text}")
        return binary.map(lambda t: f"({' '.join(t)})") | called | chosen | signed

    return st.recursive(st.sampled_from(words), grown, max_leaves=8)


SOME = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=80,
    suppress_health_check=list(HealthCheck),
)


@SOME
@given(expressions(WORDS, OVER_ROWS), st.sampled_from(("loss", "metric")))
def test_what_is_accepted_runs_in_keras_as_the_shown_class_does(text: str, kind: str) -> None:
    name = {"loss": "CustomLoss", "metric": "CustomMetric"}[kind]
    full = Choice(name, {"formula": text}).full(kind)
    try:
        validate(read(text, kind), kind, full)
    except ValueError:
        assume(False)
    known: dict[str, Any] = {"keras": keras}
    exec(class_code(kind, "Shown", full), known)
    y_true, y_pred = (
        np.random.default_rng(s).normal(size=(6, 2)).astype("float32") for s in (0, 1)
    )
    ours = build.loss if kind == "loss" else lambda choice: build.named_metric(choice, "own")
    found = [float(made(y_true, y_pred)) for made in (ours(Choice(name, full)), known["Shown"]())]
    np.testing.assert_array_equal(*found)


@SOME
@given(expressions(RULE_WORDS, ELEMENTWISE))
def test_a_rule_that_is_accepted_runs_in_keras_as_the_shown_class_does(text: str) -> None:
    rule = f"m = {text}\nweight -= learning_rate * m"
    full = Choice("CustomOptimizer", {"formula": rule}).full("optimizer")
    try:
        validate(read(rule, "optimizer"), "optimizer", full)
    except ValueError:
        assume(False)
    known: dict[str, Any] = {"keras": keras}
    exec(class_code("optimizer", "Shown", full), known)
    found = []
    for made in (build.optimizer(Choice("CustomOptimizer", full)), known["Shown"](0.01)):
        weight = keras.Variable(np.array([[1.0, -2.0], [3.0, 0.0]], "float32"))
        made.build([weight])
        for _ in range(2):
            made.apply([np.array([[0.5, -1.0], [0.0, 2.0]], "float32")], [weight])
        found.append(np.asarray(weight))
    np.testing.assert_array_equal(*found)


def test_the_model_file_opens_beside_the_shown_classes(tmp_path: Path) -> None:
    e = experiment("outliers", rule(OPTIMIZERS[3]), PINBALL, ["CustomMetric", WITHIN])
    (tmp_path / "own.keras").write_bytes(model_file(e, lambda: None))
    known: dict[str, Any] = {"keras": keras}
    for code in definitions(e.compile).values():
        exec(code, known)
    own = {name: known[name] for name in definitions(e.compile)}
    model = keras.models.load_model(tmp_path / "own.keras", custom_objects=own)
    data, (run,) = datasets.load(e.dataset.name, e.data_params), stack([e])
    x, y = data.test.x, reference.targets(e, data, "test")
    found = model.evaluate(x, y, batch_size=e.batch_size, verbose=0, return_dict=True)
    assert set(found) == set(run.finals["test"])
    for name, value in run.finals["test"].items():
        assert found[name] == pytest.approx(value, rel=1e-5)
    assert sum(variable.name.endswith("_m") for variable in model.optimizer.variables) == 4
