"""The catalog says what Keras says: names, defaults, limits, traits, columns."""

import inspect
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest

from training.catalog import (
    ENTRIES,
    callbacks,
    column,
    defaults,
    losses,
    metrics,
    optimizers,
    required,
    schedules,
)
from training.catalog.entry import Argument, Entry
from training.formula.built import CustomLoss, CustomMetric, CustomOptimizer

TABLES = {
    "optimizer": (keras.optimizers, optimizers),
    "loss": (keras.losses, losses),
    "metric": (keras.metrics, metrics),
    "schedule": (keras.optimizers.schedules, schedules),
    "callback": (keras.callbacks, callbacks),
}
WHOLE = [kind for kind in TABLES if kind != "callback"]  # of callbacks only two change numbers
CLASSES = [
    pytest.param(entry, id=f"{kind}-{name}")
    for kind in TABLES
    for name, entry in ENTRIES[kind].items()
    if name != "accuracy"
]
KERAS_CLASSES = [p for p in CLASSES if "formula" not in p.values[0].traits]
BUILT = {"loss": CustomLoss, "metric": CustomMetric, "optimizer": CustomOptimizer}
UNEVEN = (slice(0, 32), slice(32, 53), slice(53, 60))


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def keras_class(entry: Entry) -> Callable[..., Any]:
    """The class that an entry is about: Keras's, or ours for a formula."""
    if "formula" in entry.traits:
        return lambda **given: BUILT[entry.kind](defaults(entry) | given)
    return getattr(TABLES[entry.kind][0], entry.name)


def extremes(argument: Argument) -> list[Any]:
    """The outermost values an argument may take."""
    match argument.kind:
        case "bool":
            values = [False, True]
        case "choice":
            values = list(argument.options)
        case "formula":
            values = [argument.default]
        case "column":
            values = ["loss"]
        case "ints" | "floats":
            values = [(argument.low,), (argument.high,)]
        case _:
            values = [argument.low, argument.high]
    return [*values, None] if argument.optional else values


@pytest.mark.parametrize("entry", CLASSES)
def test_builds_with_defaults_and_with_each_argument_at_its_limits(entry: Entry) -> None:
    made = keras_class(entry)
    made(**defaults(entry))
    for argument in entry.arguments:
        for value in extremes(argument):
            given = required(entry) | {argument.name: value}
            if argument.name == "target_class_ids" and "num_classes" in given:
                given["num_classes"] = int(argument.high) + 1
            if argument.name in ("boundaries", "values"):
                given |= {"boundaries": given["boundaries"][:1], "values": given["values"][:1] * 2}
            made(**given)


@pytest.mark.parametrize("entry", KERAS_CLASSES)
def test_arguments_and_defaults_are_those_of_keras(entry: Entry) -> None:
    signature = inspect.signature(keras_class(entry).__init__).parameters
    left_out = TABLES[entry.kind][1].LEFT_OUT_ARGUMENTS
    named = {name: p for name, p in signature.items() if name not in ("self", "kwargs")}
    for name, parameter in named.items():
        ours = entry.argument(name)
        if ours is None:
            assert left_out.get(name) or left_out.get(f"{entry.name}.{name}"), name
        elif parameter.default is inspect.Parameter.empty:
            assert f"required:{name}" in entry.traits
        else:
            assert ours.default == parameter.default, name
    assert {argument.name for argument in entry.arguments} <= set(named)


@pytest.mark.parametrize("kind", WHOLE)
def test_all_that_keras_exports_is_offered_or_left_out_with_a_reason(kind: str) -> None:
    module, table = TABLES[kind]
    machinery = {"get", "serialize", "deserialize", "schedules", "legacy"}
    exported = {name for name in dir(module) if not name.startswith("_")} - machinery
    functions = {column(name) for name in ENTRIES[kind]} | {n.lower() for n in table.LEFT_OUT}
    missing = exported - set(ENTRIES[kind]) - set(table.LEFT_OUT) - functions
    assert not missing
    assert not set(ENTRIES[kind]) & set(table.LEFT_OUT)


@pytest.mark.parametrize("name", [n for n in ENTRIES["metric"] if n != "accuracy"])
def test_column_is_the_name_that_keras_gives(name: str) -> None:
    entry = ENTRIES["metric"][name]
    assert re.sub(r"_\d+$", "", keras_class(entry)(**required(entry)).name) == column(name)


def test_accuracy_is_logged_under_its_own_name() -> None:
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer="sgd", loss="binary_crossentropy", metrics=["accuracy"])
    logs = model.train_on_batch(np.zeros((4, 2)), np.zeros((4, 1)), return_dict=True)
    assert column("accuracy") in logs


@pytest.mark.parametrize("name", ENTRIES["loss"])
def test_batchwise_losses_are_those_that_are_no_mean_over_rows(
    name: str, rng: np.random.Generator
) -> None:
    entry = ENTRIES["loss"][name]
    loss = keras_class(entry)()
    by_number = name in ("SparseCategoricalCrossentropy", "CategoricalGeneralizedCrossEntropy")
    outputs = rng.uniform(0.05, 0.3, (8, 3)).astype("float32")
    labels = rng.integers(0, 3, 8) if by_number else rng.integers(0, 2, (8, 3)).astype("float32")
    rows = [float(loss(labels[i : i + 1], outputs[i : i + 1])) for i in range(8)]
    same = np.isclose(float(loss(labels, outputs)), np.mean(rows), rtol=1e-4)
    assert same != ("batchwise" in entry.traits)


def _targets(entry: Entry, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Labels and outputs that a metric understands."""
    outputs = rng.dirichlet(np.ones(3), 60).astype("float32")
    numbers = rng.integers(0, 3, 60)
    if entry.name in ("IoU", "MeanIoU"):
        return numbers, rng.integers(0, 3, 60)
    if entry.name.startswith("Sparse"):
        return numbers, outputs
    return np.eye(3, dtype="float32")[numbers], outputs


@pytest.mark.parametrize("name", [n for n in ENTRIES["metric"] if n != "accuracy"])
def test_batchwise_and_vector_metrics_are_marked(name: str, rng: np.random.Generator) -> None:
    entry = ENTRIES["metric"][name]
    given = required(entry)
    if "num_classes" in given:
        given["num_classes"] = 3
    if entry.argument("axis"):
        given["axis"] = 0
    labels, outputs = _targets(entry, rng)
    at_once, in_batches = keras_class(entry)(**given), keras_class(entry)(**given)
    at_once.update_state(labels, outputs)
    for part in UNEVEN:
        in_batches.update_state(labels[part], outputs[part])
    whole, parts = np.asarray(at_once.result()), np.asarray(in_batches.result())
    assert np.allclose(whole, parts, rtol=1e-4) != ("batchwise" in entry.traits)
    assert (whole.ndim > 0) == ("vector" in entry.traits)


def _walk(optimizer: Any, start: np.ndarray, gradients: np.ndarray) -> np.ndarray:
    weights = keras.Variable(start)
    optimizer.build([weights])
    for gradient in gradients:
        optimizer.apply([gradient], [weights])
    return np.asarray(weights.value)


@pytest.mark.parametrize("name", ENTRIES["optimizer"])
def test_whole_optimizers_are_those_that_cannot_share_a_variable(
    name: str, rng: np.random.Generator
) -> None:
    entry = ENTRIES["optimizer"][name]
    start = rng.normal(size=(2, 12)).astype("float32")
    gradients = rng.normal(size=(3, 2, 12)).astype("float32")
    rates = np.array([[0.01], [0.05]], "float32")
    alone = [
        _walk(
            keras_class(entry)(learning_rate=float(rate)),
            start[i].reshape(3, 4),
            gradients[:, i].reshape(3, 3, 4),
        ).ravel()
        for i, rate in enumerate(rates[:, 0])
    ]
    stacked = keras_class(entry)()
    # A rate per row, as runs laid side by side have.
    stacked._get_current_learning_rate = lambda: keras.ops.convert_to_tensor(rates)
    same = np.allclose(_walk(stacked, start, gradients), alone, atol=1e-6)
    assert same != ("whole" in entry.traits)


def test_activations_and_initializers_of_models_exist_in_keras() -> None:
    for entry in ENTRIES["model"].values():
        for argument in entry.arguments:
            for option in argument.options:
                if argument.name == "initializer":
                    assert keras.initializers.get(option)((3, 4)).shape == (3, 4)
                elif option != "auto":
                    assert callable(keras.activations.get(option))


def test_the_catalog_loads_neither_keras_nor_tensorflow_nor_streamlit() -> None:
    code = (
        "import sys, training.catalog;"
        "print(*{'tensorflow', 'keras', 'streamlit', 'distributed'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
