"""Layers as plain data say what Keras builds from them."""

import keras
import pytest

from training import build
from training.layers import architecture, labels_form, parameters, sizes
from training.spec import Experiment

CASES = (
    ("moons", "linear", {}, "BinaryCrossentropy"),
    ("wine", "linear", {"l2": 0.1}, "SparseCategoricalCrossentropy"),
    ("digits", "linear", {}, "CategoricalCrossentropy"),
    ("moons", "mlp", {}, "BinaryCrossentropy"),
    ("moons", "mlp", {"hidden": [7, 5, 3], "batch_normalization": True}, "Hinge"),
    ("sine", "mlp", {"hidden": [7], "dropout": 0.5}, "Poisson"),
    ("digits", "mlp", {"hidden": [9], "batch_normalization": True, "dropout": 0.1}, "Dice"),
    ("multilabel", "mlp", {"output_units": 5, "output_activation": "relu"}, "Huber"),
    ("digits", "cnn", {}, "SparseCategoricalCrossentropy"),
    ("digits", "cnn", {"filters": [3, 4, 5], "kernel": 2, "dropout": 0.2}, "CategoricalHinge"),
    ("fashion_mnist", "cnn", {"filters": [3, 5], "pool": False, "kernel": 7}, "KLDivergence"),
    ("fashion_mnist", "cnn", {"filters": [3, 5, 7], "dense": 11}, "KLDivergence"),
    ("two_output", "mlp", {"hidden": [6]}, {"kind": "Hinge", "amount": "Huber"}),
)


def made(data: str, model: str, params: dict, loss: object) -> Experiment:
    metrics: object = {"kind": [], "amount": []} if data == "two_output" else []
    return Experiment.from_json(
        {
            "dataset": data,
            "model": {"name": model, "params": params},
            "compile": {"optimizer": "SGD", "loss": loss, "metrics": metrics},
            "epochs": 1,
            "batch_size": 32,
            "seed": 0,
        }
    )


@pytest.mark.parametrize(("data", "model", "params", "loss"), CASES)
def test_shapes_and_counts_are_those_of_keras(
    data: str, model: str, params: dict, loss: object
) -> None:
    layers = architecture(made(data, model, params, loss))
    built = build.model(layers, 0)
    assert parameters(layers) == built.count_params()
    chain = [size for size in sizes(layers.shape, layers.trunk)]
    for _, own in layers.heads:
        chain += sizes(chain[-1].shape if layers.trunk else layers.shape, own)[: len(own)]
        if len(layers.heads) > 1:
            break
    real = [layer for layer in built.layers if not isinstance(layer, keras.layers.InputLayer)]
    for ours, theirs in zip(chain, real, strict=False):
        assert type(theirs).__name__ == ours.layer.name
        assert theirs.output.shape[1:] == ours.shape
        assert theirs.count_params() == ours.parameters
    assert len(real) == len(layers.trunk) + len(layers.heads)


@pytest.mark.parametrize(
    ("data", "loss", "activation", "units", "labels"),
    [
        ("moons", "BinaryCrossentropy", "sigmoid", 1, "0/1"),
        ("moons", "Hinge", "tanh", 1, "0/1"),
        ("moons", "CategoricalCrossentropy", "softmax", 2, "one-hot"),
        ("blobs", "SparseCategoricalCrossentropy", "softmax", 3, "int"),
        ("blobs", "CategoricalHinge", "linear", 3, "one-hot"),
        ("multilabel", "BinaryCrossentropy", "sigmoid", 3, "0/1"),
        ("sine", "MeanSquaredError", "linear", 1, "number"),
        ("sine", "Poisson", "softplus", 1, "number"),
        ("sine", "BinaryCrossentropy", "linear", 1, "number"),
    ],
)
def test_the_last_layer_follows_the_loss(
    data: str, loss: str, activation: str, units: int, labels: str
) -> None:
    e = made(data, "mlp", {}, loss)
    ((_, (last,)),) = architecture(e).heads
    assert last.params.get("activation", "linear") == activation
    assert last.params["units"] == units
    assert labels_form(e, e.facts.heads[0]) == labels


def test_raw_scores_take_a_linear_layer_and_labels_can_be_written_otherwise() -> None:
    logits = {"name": "BinaryCrossentropy", "params": {"from_logits": True}}
    ((_, (last,)),) = architecture(made("moons", "mlp", {}, logits)).heads
    assert "activation" not in last.params
    e = made({"name": "moons", "params": {"labels": "one-hot"}}, "mlp", {}, logits)
    assert labels_form(e, e.facts.heads[0]) == "one-hot"


def test_equal_layers_are_one_key() -> None:
    first, second = (architecture(made("moons", "mlp", {}, loss)) for loss in ("Dice", "Tversky"))
    assert first == second
    assert hash(first) == hash(second)
    assert first != architecture(made("moons", "mlp", {}, "Hinge"))
