"""Exported scripts: plain Keras, and run alone they print the numbers of the app."""

import ast
import csv
import json
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from reference import ABSOLUTE, RELATIVE, gather

from training.export import script
from training.fit_code import fit_call
from training.plan import plan
from training.spec import Comparison
from training.stack import Stack
from training.tables import all_columns


def made(dataset: Any, model: Any, optimizer: Any, loss: Any, metrics: Any, **more: Any) -> dict:
    return {
        "dataset": dataset,
        "model": model,
        "compile": {"optimizer": optimizer, "loss": loss, "metrics": metrics},
        "epochs": 3,
        "batch_size": 40,
        "seed": 0,
    } | more


def small(name: str, **params: Any) -> dict[str, Any]:
    return {"name": name, "params": {"samples": 150} | params}


EVERYTHING = {
    "hidden": [5, 4],
    "dropout": 0.2,
    "batch_normalization": True,
    "l2": 0.01,
    "initializer": "he_normal",
}
TWICE = ["accuracy", "F1Score", "AUC", {"name": "AUC", "params": {"curve": "PR"}}]
SLOW = {"name": "SGD", "params": {"learning_rate": 0.02, "momentum": 0.5, "clipnorm": 1.0}}
FREE = [
    made(
        small("blobs", labels="one-hot"),
        {"name": "mlp", "params": EVERYTHING},
        optimizer,
        "CategoricalCrossentropy",
        TWICE,
        seed=seed,
    )
    for optimizer in ("ScheduleFreeAdamW", SLOW)
    for seed in (0, 3)
]
TWO = made(
    small("two_output"),
    "mlp",
    "Adam",
    {"kind": "Hinge", "amount": "Huber"},
    {"kind": ["accuracy"], "amount": ["MeanAbsoluteError"]},
)
TWO["compile"]["loss_weights"] = {"kind": 0.5, "amount": 3}
CNN = made(
    "digits",
    {"name": "cnn", "params": {"filters": [3], "dense": 4}},
    "Adam",
    "SparseCategoricalCrossentropy",
    ["accuracy"],
    batch_size=400,
)
LINE = made(small("linear", features=3), "linear", "Muon", "MeanSquaredError", ["R2Score"])
SPLITS = [
    made(small("moons", split=split), "mlp", optimizer, "MeanSquaredError", ["AUC"], seed=seed)
    for optimizer, splits in (("Adam", (4, 5)), ("SGD", (4, 5)), ("Nadam", (5, 5)))
    for seed, split in zip((1, 2), splits, strict=True)
]
CHANGING = [
    made(small("moons"), "mlp", optimizer, "BinaryCrossentropy", ["accuracy"], rates=rates)
    for optimizer, rates in (("Adam", [[2, 0.05], [3, 0.01]]), ("Lamb", [[3, 0.02]]))
]
COSINE = {"decay_steps": 5, "warmup_target": 0.05, "warmup_steps": 3}
PLANNED = [
    made(small("moons"), "mlp", {"name": name, "params": params}, "BinaryCrossentropy", [])
    for name, schedule, given in (
        ("Adam", "CosineDecay", COSINE),
        ("Lamb", "PiecewiseConstantDecay", {"boundaries": [2, 4], "values": [0.1, 0.02, 0.05]}),
        ("Nadam", "ExponentialDecay", {"decay_steps": 3}),
    )
    for params in [{"learning_rate": {"name": schedule, "params": given}}]
]
TOO_LOW = {"formula": "miss = y_true - y_pred; where(miss > 0, alpha, 1) * square(miss)"}
FORMULAS = [
    made(
        small("linear"),
        "mlp",
        {"name": "CustomOptimizer", "params": {"clipvalue": 1.0}},
        {"name": "CustomLoss", "params": TOO_LOW | {"alpha": alpha}},
        ["CustomMetric", {"name": "CustomMetric", "params": {"formula": "log(1 + abs(y_pred))"}}],
    )
    for alpha in (0.25, 0.5)
]
WEIGHTED = [
    made(small("moons"), "mlp", "Adam", loss, ["AUC", "accuracy"], fit={"class_weight": [0.5, 4]})
    for loss in ("BinaryCrossentropy", "Hinge")
]
for one in WEIGHTED:
    one["compile"]["weighted_metrics"] = ["accuracy", "AUC", "Recall"]
RULES = [
    made(small(data), "mlp", "Adam", loss, [], fit={"sample_weight": rule})
    for data, loss, rule in (
        ("blobs", "SparseCategoricalCrossentropy", "inverse class frequency"),
        ("outliers", "MeanSquaredError", "near the middle"),
    )
]
HALF = {**TWO, "fit": {"sample_weight": "random half doubled"}}
LOWER = {"name": "ReduceLROnPlateau", "params": {"patience": 1, "min_delta": 1.0, "min_lr": 0.001}}
STOP = {"name": "EarlyStopping", "params": {"min_delta": 0.5, "patience": 1}}
WATCHED = [
    made(small("moons"), "mlp", "Adam", "BinaryCrossentropy", [], fit={"callbacks": callbacks})
    for callbacks in ([LOWER], [STOP, LOWER])
]
STREAMS = [
    made(small("moons"), "mlp", "Adam", "BinaryCrossentropy", ["AUC"], seed=3, fit=fit)
    for fit in (
        {"steps_per_epoch": 2, "sample_weight": "random half doubled"},
        {"steps_per_epoch": 7, "class_weight": [1, 3]},
    )
]
HELD_BACK = [
    made(small("moons", split=split, validation=0.35), "mlp", "Adam", "Hinge", [], seed=split)
    for split in (4, 5)
]
ELSEWHERE = [*FREE, TWO, HALF, CNN, LINE, *FORMULAS, *RULES]
ON_MOONS = [*SPLITS, *PLANNED, *WEIGHTED, *WATCHED, *STREAMS, *HELD_BACK, *CHANGING]
SCRIPT = Comparison.from_json([*ELSEWHERE, *ON_MOONS])


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """What one script with all experiments prints, run far from our code."""
    place = tmp_path_factory.mktemp("script")
    (place / "script.py").write_text(script(SCRIPT))
    done = subprocess.run(
        [sys.executable, "-I", "script.py"], capture_output=True, text=True, cwd=place
    )
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(done.stdout.splitlines()))


def test_the_script_prints_the_numbers_of_the_app(printed: list[dict[str, str]]) -> None:
    assert list(printed[0]) == ["experiment", "seed", "epoch", *all_columns(SCRIPT.experiments)]
    for positions in plan(SCRIPT.experiments):
        experiments = [SCRIPT.experiments[p] for p in positions]
        for position, ours in zip(
            positions, gather(experiments, Stack(experiments).chunks()), strict=True
        ):
            e = SCRIPT.experiments[position]
            theirs = [row for row in printed if row["experiment"] == str(position)]
            epochs = len(ours.history["loss"])
            assert epochs == (2 if "EarlyStopping" in e.canonical else 3)
            assert [row["epoch"] for row in theirs] == [str(i + 1) for i in range(epochs)]
            assert {row["seed"] for row in theirs} == {str(e.seed)}
            for name in e.columns:
                wanted = [float(row[name]) for row in theirs]
                np.testing.assert_allclose(
                    ours.history[name], wanted, RELATIVE, ABSOLUTE, err_msg=f"{position} {name}"
                )


def test_rows_of_the_data_are_drawn_once_for_all_splits() -> None:
    text = script(SCRIPT)
    assert text.count("= moons(") == 1
    assert text.count("for experiment, seed, split_seed in [") == 3


def test_many_seeds_stay_within_the_page() -> None:
    runs = [SPLITS[0] | {"seed": seed, "dataset": small("moons", split=seed)} for seed in range(20)]
    text = script(Comparison.from_json(runs))
    assert max(map(len, text.splitlines())) <= 100
    for_loop = next(
        n
        for n in ast.walk(ast.parse(text))
        if isinstance(n, ast.For) and len(getattr(n.target, "elts", ())) == 3
    )
    assert ast.literal_eval(for_loop.iter) == [(seed, seed, seed) for seed in range(20)]


def test_the_fit_call_on_the_page_changes_the_rate_as_the_script_does() -> None:
    changing = SCRIPT.experiments[-2]
    assert "LearningRateScheduler" not in fit_call(changing.unchanged)
    called = fit_call(changing)
    ast.parse(called)
    scheduler = "keras.callbacks.LearningRateScheduler("
    assert called[called.index(scheduler) :].split("\n")[1].strip() in script(SCRIPT)
    assert "{1: 0.05, 2: 0.01}.get(epoch, rate)" in called


CLOTHES = made(
    {"name": "fashion_mnist", "params": {}}, "cnn", "Adam", "CategoricalCrossentropy", ["accuracy"]
)


@pytest.mark.parametrize("specs", [SCRIPT.to_json(), [CLOTHES]], ids=["all", "fashion_mnist"])
def test_the_script_imports_nothing_of_ours_and_can_be_read(specs: list) -> None:
    text = script(Comparison.from_json(json.loads(json.dumps(specs))))
    tree = ast.parse(text)
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert imported <= {"os", "keras", "numpy", "sklearn"}
    assert max(map(len, text.splitlines())) <= 100
