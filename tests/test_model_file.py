"""The `.keras` file of a run: plain Keras loads it, predicts and evaluates the same."""

from pathlib import Path
from queue import SimpleQueue

import numpy as np
import pytest
from reference import ABSOLUTE, PARTS, RELATIVE, Batches, experiment, stack, targets

import datasets
from training import build
from training.compiled import compile_arguments
from training.errand_work import UNWANTED, made
from training.layers import architecture
from training.spec import Experiment

BINARY = ("BinaryCrossentropy", ["accuracy", "AUC"])
CASES = {
    "rows": ("moons", "Adam", *BINARY, {"name": "mlp", "params": {"hidden": [5]}}),
    "scalar": ("moons", "Nadam", *BINARY, None),
    "tensors": ("moons", "Muon", *BINARY, None),
    "factors": ("moons", "Adafactor", *BINARY, None),
    "averages": ("moons", {"name": "SGD", "params": {"use_ema": True}}, *BINARY, None),
    "normalised": (
        *("moons", "RMSprop", *BINARY),
        {"name": "mlp", "params": {"hidden": [5], "batch_normalization": True, "dropout": 0.3}},
    ),
    "numbers": ("diabetes", "Adagrad", "Huber", ["MeanAbsoluteError"], None),
    "pictures": (
        *("digits", "Adam", "SparseCategoricalCrossentropy", ["accuracy"]),
        {"name": "cnn", "params": {"filters": [3], "dense": 4}},
    ),
    "several": (
        *("two_output", "Adam"),
        {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"},
        {"kind": ["accuracy"], "amount": []},
        None,
    ),
}


def loaded(blob: bytes, folder: Path):
    import keras

    path = folder / "model.keras"
    path.write_bytes(blob)
    return keras.models.load_model(path)


def outputs(model, x: np.ndarray) -> list[np.ndarray]:
    """Predictions of every head."""
    import keras

    return keras.tree.flatten(model.predict(x, verbose=0))


def plainly_fitted(e: Experiment):
    """The model that `compile` and `fit` make."""
    data = datasets.load(e.dataset.name, e.data_params)
    model = build.model(architecture(e), e.seed)
    model.compile(**compile_arguments(e))
    model.optimizer.build(model.trainable_variables)
    batches = Batches(data.train.x, targets(e, data, "train"), e.batch_size, e.seed)
    model.fit(batches, epochs=e.epochs, shuffle=False, verbose=0)
    return model


FURTHER = [pytest.param(case, marks=pytest.mark.exhaustive) for case in list(CASES)[2:]]
SHOWN = [*list(CASES)[:2], *FURTHER]


@pytest.mark.parametrize("case", SHOWN)
def test_plain_keras_loads_it_and_it_is_the_trained_model(case: str, tmp_path: Path) -> None:
    e = experiment(*CASES[case])
    blob, error = made("model", e.to_json(), SimpleQueue())
    assert error is None
    ours, plain = loaded(blob, tmp_path), plainly_fitted(e)
    data, (run,) = datasets.load(e.dataset.name, e.data_params), stack([e])
    x = data.validation.x
    for mine, theirs in zip(outputs(ours, x), outputs(plain, x), strict=True):
        np.testing.assert_allclose(mine, theirs, 1e-4, 1e-6)
    for part in PARTS:
        x, y = getattr(data, part).x, targets(e, data, part)
        found = ours.evaluate(x, y, batch_size=e.batch_size, verbose=0, return_dict=True)
        for name, value in run.finals[part].items():
            np.testing.assert_allclose(found[name], value, RELATIVE, ABSOLUTE, err_msg=name)
    assert int(ours.optimizer.iterations) == int(plain.optimizer.iterations) > 0
    for mine, theirs in zip(ours.optimizer.variables, plain.optimizer.variables, strict=True):
        np.testing.assert_allclose(mine, theirs, 1e-3, 1e-7, err_msg=theirs.path)


def test_layers_are_called_as_in_a_new_session(tmp_path: Path) -> None:
    e = experiment(*CASES["normalised"])
    build.model(architecture(e), 0)
    model = loaded(made("model", e.to_json(), SimpleQueue())[0], tmp_path)
    assert [layer.name for layer in model.layers] == [
        *("input_layer", "dense", "batch_normalization", "activation", "dropout", "dense_1")
    ]


def test_nobody_waits_for_what_nobody_wants() -> None:
    inbox: SimpleQueue = SimpleQueue()
    inbox.put("cancel")
    assert made("model", experiment("moons", "SGD", "BinaryCrossentropy").to_json(), inbox) == (
        None,
        UNWANTED,
    )


def test_what_keras_says_comes_back_as_the_reason() -> None:
    model = {"name": "mlp", "params": {"hidden": [4], "output_units": 3}}
    wrong = experiment("diabetes", "SGD", "BinaryCrossentropy", model=model)
    blob, error = made("model", wrong.to_json(), SimpleQueue())
    assert blob is None
    assert error.startswith("Arguments `target` and `output` must have the same shape.")
