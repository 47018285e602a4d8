"""Sentences for wrong choices: every refusal that a learner can click together is explained."""

import pytest

from training.explain import explain
from training.spec import Experiment


def experiment(**changes: object) -> Experiment:
    made = {
        "dataset": {"name": "blobs", "params": {"labels": changes.pop("labels", "auto")}},
        "model": {"name": "mlp", "params": changes.pop("model", {})},
        "compile": {
            "optimizer": "Adam",
            "loss": changes.pop("loss"),
            "metrics": changes.pop("metrics", []),
        },
        "epochs": 1,
        "batch_size": 32,
        "seed": 0,
    }
    return Experiment.from_json(made)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"loss": "CategoricalCrossentropy", "labels": "int"}, ("one-hot", "whole class numbers")),
        ({"loss": "SparseCategoricalCrossentropy", "labels": "one-hot"}, ("whole class numbers",)),
        (
            {"loss": "SparseCategoricalCrossentropy", "model": {"output_units": 2}},
            ("3 units", "output_units is 2"),
        ),
        ({"loss": "SparseCategoricalCrossentropy", "metrics": ["AUC"]}, ("AUC",)),
    ],
)
def test_a_wrong_choice_is_explained(wrong: dict, words: tuple[str, ...]) -> None:
    (sentence,) = explain(experiment(**wrong))
    assert all(word in sentence for word in words), sentence


def test_nothing_is_said_of_a_right_choice() -> None:
    assert explain(experiment(loss="CategoricalCrossentropy", metrics=["accuracy"])) == []
