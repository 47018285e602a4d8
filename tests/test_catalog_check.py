"""What a person reads who gives an argument that cannot be."""

import math
from typing import Any

import pytest

from training.catalog import ENTRIES, column, defaults, entry, required
from training.catalog.check import arguments

WHERE = "compile.optimizer.params"
WRONG = [
    (
        ("optimizer", "Adam", {"learning_rate": "fast"}),
        "compile.optimizer.params.learning_rate: 'fast' is not a number; "
        "give one from 1e-09 to 1000.",
    ),
    (("optimizer", "Adam", {"learning_rate": 1e30}), "1e+30 is too large; give one from 1e-09"),
    (("optimizer", "Adam", {"learning_rate": 0}), "0 is too small; give one from 1e-09 to 1000."),
    (("optimizer", "Adam", {"learning_rate": math.nan}), "nan is not a finite number"),
    (("optimizer", "Adam", {"learning_rate": -math.inf}), "-inf is not a finite number"),
    (("optimizer", "Adam", {"learning_rate": 10**400}), "... is too large"),
    (("optimizer", "Adam", {"learning_rate": True}), "True is not a number"),
    (("optimizer", "Adam", {"learning_rate": None}), "None is not a number"),
    (
        ("optimizer", "Adam", {"lr": 0.1}),
        ".lr: this was its name in old Keras; write learning_rate.",
    ),
    (("optimizer", "Adam", {"beta1": 0.1}), "Adam has no such argument. Did you mean beta_1?"),
    (("optimizer", "Adam", {3: 0.1}), "Adam has no such argument."),
    (("optimizer", "Adam", {"amsgrad": 1}), ".amsgrad: 1 is neither true nor false"),
    (("optimizer", "Adam", [0.1]), "[0.1] is no set of arguments"),
    (("optimizer", "AdamW", {"weight_decay": None}), "None is not a number"),
    (("optimizer", "SGD", {"gradient_accumulation_steps": 2.5}), "2.5 is not a whole number"),
    (("optimizer", "SGD", {"gradient_accumulation_steps": 1}), "1 is too small; give one from 2"),
    (
        ("optimizer", "SGD", {"clipnorm": 1.0, "clipvalue": 2.0}),
        "clipnorm and clipvalue exclude each other",
    ),
    (("loss", "Hinge", {"margin": 2}), "Hinge takes no arguments; leave it out."),
    (("model", "mlp", {"hidden": []}), "[] is not a list of 1 to 6 whole numbers"),
    (("model", "mlp", {"hidden": [8] * 7}), "is not a list of 1 to 6 whole numbers"),
    (("model", "mlp", {"hidden": 16}), "16 is not a list of 1 to 6 whole numbers"),
    (("model", "mlp", {"hidden": [8, 0]}), ".hidden[1]: 0 is too small; give one from 1 to 512."),
    (("model", "mlp", {"activation": "Relu"}), "Did you mean 'relu'?"),
    (("model", "mlp", {"activation": ["relu"]}), "['relu'] is not one of its values"),
    (("metric", "IoU", {"target_class_ids": [2]}), "there is no class 2 with num_classes=2"),
    (("metric", "PearsonCorrelation", {"axis": True}), "True is not one of its values"),
]


@pytest.mark.parametrize(("given", "sentence"), WRONG)
def test_a_wrong_argument_gets_field_value_and_what_is_right(
    given: tuple[str, str, Any], sentence: str
) -> None:
    kind, name, params = given
    with pytest.raises(ValueError, match=r"\.$") as raised:
        arguments(entry(kind, name), params, WHERE)
    assert str(raised.value).startswith(WHERE)
    assert sentence in str(raised.value)
    assert len(str(raised.value)) < 400


def test_arguments_are_converted_without_those_that_equal_the_default() -> None:
    given = {"learning_rate": 1, "beta_1": 0.9, "amsgrad": False, "clipnorm": None}
    cleaned = arguments(entry("optimizer", "Adam"), given, WHERE)
    assert cleaned == {"learning_rate": 1.0}
    assert isinstance(cleaned["learning_rate"], float)
    mlp = entry("model", "mlp")
    assert arguments(mlp, {"hidden": [8, 4.0]}, "model.params") == {"hidden": (8, 4)}
    assert arguments(mlp, {"hidden": [16, 16]}, "model.params") == {}


def test_arguments_tell_one_from_true_and_none_from_off() -> None:
    muon = entry("optimizer", "Muon")
    assert arguments(muon, {"weight_decay": None, "rms_rate": None}, WHERE) == {
        "weight_decay": None,
        "rms_rate": None,
    }


@pytest.mark.parametrize("kind", ENTRIES)
def test_every_default_and_limit_passes_its_own_check(kind: str) -> None:
    for made in ENTRIES[kind].values():
        assert arguments(made, defaults(made), WHERE) == {}


@pytest.mark.parametrize(
    ("kind", "name", "meant"),
    [
        ("optimizer", "adamw", "AdamW"),
        ("loss", "BinaryCrossEntropy", "BinaryCrossentropy"),
        ("metric", "mse", "MeanSquaredError"),
        ("optimizer", "rms_prop", "RMSprop"),
    ],
)
def test_an_unknown_name_gets_the_closest_and_all(kind: str, name: str, meant: str) -> None:
    with pytest.raises(ValueError, match=f"Did you mean '{meant}'") as raised:
        entry(kind, name)
    assert all(known in str(raised.value) for known in ENTRIES[kind])


def test_required_arguments_are_told() -> None:
    assert required(entry("metric", "IoU")) == {"num_classes": 2, "target_class_ids": (0, 1)}
    assert required(entry("metric", "AUC")) == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("BinaryAccuracy", "binary_accuracy"),
        ("AUC", "auc"),
        ("IoU", "io_u"),
        ("R2Score", "r2_score"),
    ],
)
def test_columns_read_as_in_keras_history(name: str, expected: str) -> None:
    assert column(name) == expected
