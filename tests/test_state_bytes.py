"""The bytes an optimizer keeps for each weight are those that Keras's own optimizer keeps."""

from math import prod
from typing import Any

import pytest
from visits import spec

from training import build
from training.catalog import ENTRIES, defaults, entry
from training.catalog.state_bytes import FLOAT, state_bytes
from training.choice import Choice
from training.layers import architecture
from training.shapes import trained_shapes
from training.spec import Experiment

MODELS = {
    "default": spec(),
    "wide": spec(dataset="iris", model={"name": "mlp", "params": {"hidden": [7, 30]}})
    | {"compile": {**spec()["compile"], "loss": "SparseCategoricalCrossentropy"}},
    "normalised": spec(model={"name": "mlp", "params": {"batch_normalization": True}}),
    "linear": spec(model="linear"),
    "pictures": spec(dataset="digits", model={"name": "cnn", "params": {"dense": 12}})
    | {"compile": {**spec()["compile"], "loss": "SparseCategoricalCrossentropy"}},
}
SWITCHED: list[tuple[str, dict[str, Any]]] = [
    *((name, {}) for name in ENTRIES["optimizer"]),
    *((name, {"use_ema": True}) for name in ENTRIES["optimizer"]),
    *((name, {"gradient_accumulation_steps": 2}) for name in ENTRIES["optimizer"]),
    ("SGD", {"momentum": 0.9}),
    ("SGD", {"momentum": 0.9, "nesterov": True}),
    ("SGD", {"nesterov": True, "momentum": 0.5, "use_ema": True}),
    ("RMSprop", {"momentum": 0.9}),
    ("RMSprop", {"centered": True}),
    ("RMSprop", {"centered": True, "momentum": 0.1}),
    ("Adam", {"amsgrad": True}),
    ("AdamW", {"amsgrad": True, "use_ema": True}),
    ("Adafactor", {"relative_step": False}),
    ("Muon", {"momentum": 0.0}),
    ("Muon", {"nesterov": False}),
    ("CustomOptimizer", {"formula": "weight -= learning_rate * gradient"}),
    ("CustomOptimizer", {"formula": "b = a; a = gradient; c = b + c; weight -= c"}),
]


def variables(model: str) -> tuple[list[Any], list[tuple[int, ...]]]:
    """What Keras's model trains, and the shapes we say it has."""
    layers = architecture(Experiment.from_json(MODELS[model]))
    return build.model(layers, 0).trainable_variables, trained_shapes(layers)


@pytest.mark.parametrize("model", MODELS)
def test_shapes_are_those_of_the_model_that_keras_builds(model: str) -> None:
    built, said = variables(model)
    assert [tuple(v.shape) for v in built] == said


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(("name", "changed"), SWITCHED)
def test_keras_keeps_as_many_bytes(model: str, name: str, changed: dict[str, Any]) -> None:
    built, shapes = variables(model)
    arguments = defaults(entry("optimizer", name)) | changed
    optimizer = build.optimizer(Choice(name, changed))
    optimizer.build(built)
    kept = [v for v in optimizer.variables if v.shape.rank]  # single numbers do not grow
    weights = sum(prod(v.shape) for v in built)
    expected = FLOAT * sum(prod(v.shape) for v in kept) / weights
    assert state_bytes(name, arguments, shapes) == pytest.approx(expected)
    assert all(str(v.dtype) == "float32" for v in kept)


def test_the_numbers_a_student_knows() -> None:
    shapes = variables("default")[1]
    known = {"SGD": 0, "Adam": 8, "Lion": 4}
    for name, bytes in known.items():
        assert state_bytes(name, defaults(entry("optimizer", name)), shapes) == bytes


def test_no_weights_take_no_state() -> None:
    assert state_bytes("Adam", {}, []) == 0
