"""The spec: it comes back as written, has one digest, and answers mistakes with a sentence."""

import copy
import json
import re
from typing import Any

import pytest

from training.spec import Choice, Comparison, Experiment
from training.tables import all_columns

SPEC: dict[str, Any] = {
    "dataset": {"name": "moons", "params": {"samples": 1000, "noise": 0.2, "seed": 0}},
    "model": {"name": "mlp", "params": {"hidden": [16, 16], "activation": "tanh"}},
    "compile": {
        "optimizer": {"name": "Adam", "params": {"learning_rate": 0.01}},
        "loss": {"name": "BinaryCrossentropy", "params": {}},
        "metrics": [{"name": "BinaryAccuracy", "params": {}}],
    },
    "epochs": 100,
    "batch_size": 32,
    "seed": 0,
}
TWO = {
    "dataset": "two_output",
    "compile": {
        "optimizer": "SGD",
        "loss": {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"},
        "metrics": {"kind": ["accuracy"], "amount": []},
    },
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The spec with the field at `path` (keys joined by dots) set to `value`."""
    spec = copy.deepcopy(SPEC)
    *way, last = path.split(".")
    at = spec
    for key in way:
        at = at[key]
    at[last] = value
    return spec


@pytest.mark.parametrize(
    "spec",
    [
        SPEC,
        SPEC | TWO,
        changed("compile.metrics", []),
        changed("dataset.params.labels", "one-hot"),
        changed("rates", [[20, 0.001], [40, 1e-4]]),
        changed("model.params", {"hidden": [3], "output_units": 4, "l2": 0.1}),
    ],
)
def test_what_is_written_comes_back(spec: dict) -> None:
    experiment = Experiment.from_json(spec)
    written = json.loads(json.dumps(experiment.to_json()))
    assert Experiment.from_json(written) == experiment
    assert Experiment.from_json(written).digest == experiment.digest
    assert Comparison.from_json([written]).experiments == (experiment,)
    assert Comparison.from_json(written).to_json() == [experiment.to_json()]


@pytest.mark.parametrize(
    "same",
    [
        dict(reversed(SPEC.items())),
        changed("compile.loss", "BinaryCrossentropy"),
        changed("compile.optimizer.params", {"epsilon": 1e-7, "learning_rate": 0.01}),
        changed("epochs", 100.0),
        changed("dataset.params", {}),
        changed("dataset.params", {"labels": "auto", "samples": 1000.0}),
        changed("model", "mlp"),
    ],
)
def test_one_experiment_has_one_digest(same: dict) -> None:
    assert Experiment.from_json(same).digest == Experiment.from_json(SPEC).digest


def test_a_spec_without_changes_of_the_rate_has_the_digest_it_always_had() -> None:
    """Results that were stored before such changes could be written are found again."""
    assert "rates" not in Experiment.from_json(SPEC).canonical
    assert Experiment.from_json(changed("rates", [])) == Experiment.from_json(SPEC)


def test_a_change_to_the_rate_in_force_is_none() -> None:
    written = [[20, 0.01], [30, 0.001], [40, 0.001], [50, 0.01]]
    experiment = Experiment.from_json(changed("rates", written))
    assert experiment.rates == ((30, 0.001), (50, 0.01))
    assert [experiment.rate_at(epoch) for epoch in (1, 29, 30, 49, 50)] == [
        *(0.01, 0.01, 0.001, 0.001, 0.01)
    ]


def test_a_run_of_one_epoch_has_no_later_rate() -> None:
    with pytest.raises(ValueError, match="a run of 1 epoch has no later one"):
        Experiment.from_json(SPEC | {"epochs": 1, "rates": [[2, 0.1]]})


def test_an_int_is_the_float_it_equals() -> None:
    whole, point = (changed("compile.optimizer.params.learning_rate", rate) for rate in (1, 1.0))
    assert Experiment.from_json(whole).digest == Experiment.from_json(point).digest


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("dataset.name", "circles"),
        ("dataset.params.seed", 1),
        ("dataset.params.labels", "one-hot"),
        ("model.params.hidden", [16]),
        ("model.name", "linear"),
        ("compile.optimizer.name", "Nadam"),
        ("compile.optimizer.params.learning_rate", 0.02),
        ("compile.loss.params", {"label_smoothing": 0.1}),
        ("compile.metrics", []),
        ("epochs", 101),
        ("batch_size", 33),
        ("seed", 1),
        ("rates", [[20, 0.001]]),
    ],
)
def test_any_change_changes_the_digest(path: str, value: Any) -> None:
    spec = changed(path, value)
    if path == "model.name":
        spec["model"]["params"] = {}
    if path == "dataset.name":
        spec["dataset"]["params"] = {}
    assert Experiment.from_json(spec).digest != Experiment.from_json(SPEC).digest


RATE = "compile.optimizer.params.learning_rate"
WRONG = (
    (RATE, 0, f"{RATE}: 0 is too small; give one from 1e-09 to 1000."),
    (RATE, 1e30, f"{RATE}: 1e+30 is too large"),
    (RATE, "fast", f"{RATE}: 'fast' is not a number"),
    (RATE, float("nan"), f"{RATE}: nan is not a finite number"),
    (RATE, True, f"{RATE}: True is not a number"),
    ("compile.optimizer.params.lr", 0.1, "write learning_rate"),
    ("compile.optimizer.params.momentun", 0.1, "Adam has no such argument"),
    ("compile.optimizer.name", "Adamm", "Did you mean 'Adam'?"),
    ("compile.optimizer", 3, "compile.optimizer is 3; it must look like"),
    ("compile.loss.name", "mse", "Did you mean 'MeanSquaredError'?"),
    ("compile.loss", {"kind": "Hinge"}, "compile.loss"),
    ("compile.loss", None, "compile.loss is None"),
    ("compile.metrics", "accuracy", "compile.metrics is 'accuracy'; it must be a list of metrics"),
    ("compile.metrics", [["accuracy"]], "compile.metrics[0] is ['accuracy']"),
    ("compile.metrics", ["accuracy", "acc"], "Did you mean 'accuracy'?"),
    ("compile.metrics", ["accuracy", "AUC", "accuracy"], "has 'accuracy' twice"),
    ("compile.metrics", None, "must be a list of metrics, or []"),
    ("compile", {"optimizer": "Adam", "loss": "Hinge"}, "compile lacks metrics"),
    ("compile", [], "compile is []; it must be an object"),
    ("epochs", 0, "epochs: 0 is too small; give one from 1 to 5000."),
    ("epochs", 2.5, "epochs: 2.5 is not a whole number"),
    ("epochs", "10", "epochs: '10' is not a whole number"),
    ("epochs", 10**400, "epochs"),
    ("rates", 0.1, "rates is 0.1; it must be a list of [epoch, learning rate], or []."),
    ("rates", [20, 0.1], "rates[0] is 20; it must be a pair such as [20, 0.001]."),
    ("rates", [[1, 0.1]], "rates[0][0]: 1 is too small; give one from 2 to 100."),
    ("rates", [[101, 0.1]], "rates[0][0]: 101 is too large"),
    ("rates", [[20, 0]], "rates[0][1]: 0 is too small; give one from 1e-09 to 1000."),
    ("rates", [[20, 0.1], [20, 0.2]], "rates[1]: epoch 20 comes after epoch 20; give the changes"),
    ("rates", [[e, e / 1000] for e in range(2, 40)], "rates has 38 changes; give at most 20."),
    ("batch_size", -1, "batch_size: -1 is too small"),
    ("batch_size", None, "batch_size: None is not a whole number"),
    ("seed", 2**31, "seed: 2147483648 is too large"),
    ("model.params.hidden", [], "hidden: [] is not a list of 1 to 6 whole numbers"),
    ("model.params.hidden", [100000], "hidden[0]: 100000 is too large; give one from 1 to 512."),
    ("model.params.hidden", [[16]], "hidden[0]: [16] is not a whole number"),
    ("model.params.hidden", 16, "hidden: 16 is not a list"),
    ("model.params.activation", "sin", "activation: 'sin' is not one of its values"),
    ("model", "cnn", "'cnn' slides over pictures, and moons has a row of numbers"),
    ("model", "transformer", "'transformer' is no known model"),
    ("dataset", "moon", "Did you mean 'moons'?"),
    ("dataset.params.noise", 3, "noise: 3 is too large"),
    ("dataset.params.nose", 0.1, "Did you mean noise?"),
    ("dataset.params.labels", "roman", "labels: 'roman' is not one of its values"),
    ("dataset.params", [1], "dataset.params: [1] is no set of arguments"),
    ("learning_rate", 0.1, "has 'learning_rate', which is unknown"),
)


@pytest.mark.parametrize(("path", "value", "words"), WRONG)
def test_a_mistake_gets_a_sentence(path: str, value: Any, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)) as caught:
        Comparison.from_json(changed(path, value))
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith((".", "?"))
    with pytest.raises(ValueError, match=r"^experiment 1(: | has )") as caught:
        Comparison.from_json([SPEC, changed(path, value)])
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ([], "at least one experiment"),
        (None, "must be one experiment"),
        ("moons", "must be one experiment"),
        (7, "must be one experiment"),
        ({}, "the experiment lacks dataset, model, compile, epochs, batch_size, seed"),
        ([SPEC, 5], "experiment 1 is 5; it must be an object with dataset"),
        ([SPEC, {"epochs": 3}], "experiment 1 lacks dataset, model, compile, batch_size, seed;"),
        ([SPEC] * 301, "301 experiments are too many for one comparison; take at most 300"),
    ],
)
def test_garbage_gets_a_sentence(spec: Any, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        Comparison.from_json(spec)


@pytest.mark.parametrize(
    ("loss", "metrics", "words"),
    [
        ("Hinge", {"kind": [], "amount": []}, "kind, amount"),
        ({"kind": "Hinge"}, {"kind": [], "amount": []}, "compile.loss lacks amount"),
        ({"kind": "Hinge", "amount": "Huber"}, ["accuracy"], "kind, amount"),
        ({"kind": "Hinge", "amount": "Huber"}, {"kind": []}, "compile.metrics lacks amount"),
    ],
)
def test_two_outputs_need_a_loss_and_metrics_each(loss: Any, metrics: Any, words: str) -> None:
    both = {"optimizer": "SGD", "loss": loss, "metrics": metrics}
    with pytest.raises(ValueError, match=words):
        Experiment.from_json(SPEC | {"dataset": "two_output", "compile": both})


def test_a_hundred_experiments_three_times_are_allowed() -> None:
    comparison = Comparison.from_json([SPEC | {"seed": seed} for seed in range(300)])
    assert len({e.digest for e in comparison.experiments}) == 300


def test_columns_are_named_as_keras_names_them() -> None:
    two = Experiment.from_json(SPEC | TWO)
    assert two.columns[:4] == ("loss", "kind_loss", "amount_loss", "kind_accuracy")
    listed = ["AUC", {"name": "AUC", "params": {"curve": "PR"}}, "R2Score", "LogCoshError"]
    one = Experiment.from_json(changed("compile.metrics", listed))
    assert one.columns[:5] == ("loss", "auc", "auc_1", "r2_score", "logcosh")
    several = Experiment.from_json(
        changed("compile", {"optimizer": "SGD", "loss": "Dice", "metrics": ["F1Score"]})
        | {"dataset": "multilabel"}
    )
    assert several.columns[:4] == ("loss", "f1_score_0", "f1_score_1", "f1_score_2")
    assert all_columns([one, several])[-1] == "val_f1_score_2"
    assert all_columns([one, several])[:2] == ["loss", "auc"]


def test_a_choice_is_a_value() -> None:
    params = {"hidden": [4, 4]}
    choice = Choice("mlp", params)
    params["hidden"].append(4)
    assert choice == Choice("mlp", {"hidden": (4, 4)})
    assert len({choice, Choice("mlp", {"hidden": [4, 4]})}) == 1
    with pytest.raises(TypeError, match="item assignment"):
        choice.params["hidden"] = ()
