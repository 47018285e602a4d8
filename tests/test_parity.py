"""The contract of the engine: trained together or alone, a run is what `model.fit` makes of it."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from reference import assert_same, experiment, fit, stack, targets

import datasets
from training import build
from training.catalog import METRICS, NEEDS, OPTIMIZERS
from training.layers import architecture
from training.plan import plan
from training.spec import Choice, Experiment

TASKS = {
    "binary": "moons",
    "multiclass": "blobs",
    "multilabel": "multilabel",
    "regression": "outliers",
}
# Steps large enough that a mistake would show, small enough that rounding noise does not grow.
RATES = {"Adadelta": 1.0, "Ftrl": 0.1, "Adagrad": 0.1, "SGD": 0.1, "Lion": 0.003}


def assert_parity(experiments: list[Experiment]) -> None:
    """One stack trains all of them, `fit` each alone."""
    assert len(plan(experiments)) == 1
    for ours, e in zip(stack(experiments), experiments, strict=True):
        assert_same(ours, fit(e), e.canonical)


def optimizer(name: str, **params: object) -> dict[str, object]:
    return {"name": name, "params": {"learning_rate": RATES.get(name, 0.01)} | params}


def test_all_optimizers_in_one_stack() -> None:
    assert_parity(
        [experiment("moons", optimizer(name), "BinaryCrossentropy") for name in OPTIMIZERS]
    )


OPTIMIZER_ARGUMENTS = (
    ("SGD", {"momentum": 0.9}),
    ("SGD", {"momentum": 0.9, "nesterov": True, "weight_decay": 0.01}),
    ("SGD", {"momentum": 0.5, "clipnorm": 0.05}),
    ("Adam", {"global_clipnorm": 0.05}),
    ("Adam", {"amsgrad": True, "clipvalue": 0.01}),
    ("AdamW", {"weight_decay": 0.1, "amsgrad": True}),
    ("RMSprop", {"momentum": 0.5, "centered": True}),
    ("SGD", {"use_ema": True, "ema_momentum": 0.5}),
    ("Adam", {"use_ema": True, "ema_momentum": 0.9, "ema_overwrite_frequency": 2}),
    ("Adam", {"gradient_accumulation_steps": 2}),
    ("Ftrl", {"l1_regularization_strength": 0.01, "l2_regularization_strength": 0.01, "beta": 0.1}),
    ("Ftrl", {"l2_shrinkage_regularization_strength": 0.01}),
    ("Adafactor", {"relative_step": False, "weight_decay": 0.01}),
    ("Muon", {"nesterov": False, "rms_rate": None, "adam_weight_decay": None}),
    ("ScheduleFreeAdamW", {"warmup_steps": 3, "weight_decay": 0.01}),
)


def test_arguments_of_optimizers() -> None:
    assert_parity(
        [
            experiment("moons", optimizer(name, **params), "BinaryCrossentropy")
            for name, params in OPTIMIZER_ARGUMENTS
        ]
    )


def test_learning_rates_and_seeds_share_one_stack() -> None:
    assert_parity(
        [
            experiment("moons", optimizer("Adam", learning_rate=rate), "BinaryCrossentropy", seed=s)
            for s, rate in ((3, 0.1), (0, 0.001), (3, 0.01))
        ]
    )


@pytest.mark.exhaustive
def test_learning_rates_that_change_in_mid_run() -> None:
    """Optimizers of every kind, elementwise ones and those that look at whole tensors."""
    changing = [optimizer(name) for name in OPTIMIZERS]
    changing.append(optimizer("SGD", momentum=0.9, clipnorm=0.05))
    changing.append(optimizer("Adam", gradient_accumulation_steps=2, use_ema=True))
    experiments = [
        experiment(
            "moons",
            choice,
            "BinaryCrossentropy",
            epochs=5,
            rates=[[2 + i % 2, rate / 10], [4 + i % 2, rate / 2]],
        )
        for i, choice in enumerate(changing)
        for rate in [choice["params"]["learning_rate"]]
    ]
    steady = experiment("moons", optimizer("Adam"), "BinaryCrossentropy", epochs=5)
    assert_parity([*experiments, steady])


def test_rows_that_are_not_shuffled_beside_rows_that_are() -> None:
    given = ("moons", optimizer("Adam"), "BinaryCrossentropy")
    assert_parity(
        [experiment(*given, seed=s, fit={"shuffle": f}) for s in (0, 1) for f in (1 > 0, False)]
    )


# Every one changes within the 9 steps of a small run.
SCHEDULES = (
    ("ExponentialDecay", {"decay_steps": 3, "decay_rate": 0.5}),
    ("ExponentialDecay", {"decay_steps": 2, "decay_rate": 0.7, "staircase": True}),
    ("CosineDecay", {"decay_steps": 7, "alpha": 0.1}),
    ("CosineDecay", {"decay_steps": 4, "warmup_target": 0.05, "warmup_steps": 3}),
    ("CosineDecayRestarts", {"first_decay_steps": 2, "m_mul": 0.5, "alpha": 0.01}),
    ("CosineDecayRestarts", {"first_decay_steps": 3, "t_mul": 1.0}),
    ("InverseTimeDecay", {"decay_steps": 2, "decay_rate": 0.5}),
    ("PiecewiseConstantDecay", {"boundaries": [2, 5], "values": [0.01, 0.05, 0.002]}),
    ("PolynomialDecay", {"decay_steps": 6, "power": 2.0}),
    ("PolynomialDecay", {"decay_steps": 2, "cycle": True}),
    ("PolynomialDecay", {"initial_learning_rate": 0.0, "end_learning_rate": 0.05}),
)


def scheduled(name: str, schedule: str, params: dict, **more: object) -> dict[str, object]:
    return optimizer(name, learning_rate={"name": schedule, "params": params}, **more)


def test_every_schedule_beside_constant_rates() -> None:
    choices = [scheduled("Adam", *schedule) for schedule in SCHEDULES]
    choices += [scheduled("SGD", *schedule, momentum=0.5) for schedule in SCHEDULES[::4]]
    choices += [optimizer("Adam"), optimizer("SGD", momentum=0.5)]
    assert_parity([experiment("moons", choice, "BinaryCrossentropy") for choice in choices])


@pytest.mark.exhaustive
def test_a_schedule_in_every_optimizer() -> None:
    """Also in those that look at whole tensors, and where several batches share one update."""
    cosine = (
        "CosineDecay",
        {"decay_steps": 5, "warmup_target": 0.02, "warmup_steps": 2, "alpha": 0.1},
    )
    choices = [scheduled(name, *cosine) for name in OPTIMIZERS]
    choices.append(scheduled("Adam", *cosine, gradient_accumulation_steps=2, use_ema=True))
    choices.append(scheduled("SGD", *cosine, clipnorm=0.05, weight_decay=0.1))
    choices.append(optimizer("Adafactor"))  # takes a constant rate otherwise than a schedule
    assert_parity([experiment("moons", choice, "BinaryCrossentropy") for choice in choices])


def test_the_history_shows_a_schedules_rate_at_the_end_of_each_epoch() -> None:
    piecewise = ("PiecewiseConstantDecay", {"boundaries": [2, 5], "values": [0.1, 0.2, 0.3]})
    chosen = [scheduled(name, *piecewise) for name in ("SGD", "Lamb")]
    one, two = (experiment("moons", c, "BinaryCrossentropy", epochs=5) for c in chosen)
    for found in stack([one, two]):
        assert found.extra["learning_rate"] == pytest.approx([0.2, 0.3, 0.3, 0.3, 0.3])


def test_the_history_shows_the_learning_rate_of_each_epoch() -> None:
    one = experiment("moons", optimizer("Adam"), "BinaryCrossentropy", epochs=5, rates=[[3, 0.5]])
    (found,) = stack([one])
    assert found.extra["learning_rate"] == pytest.approx([0.01, 0.01, 0.5, 0.5, 0.5])
    (steady,) = stack([one.unchanged])
    for name, values in steady.history.items():
        np.testing.assert_array_equal(values[:2], found.history[name][:2])
        assert (values[2:] != found.history[name][2:]).any()


def served(task: str) -> list[str]:
    return [name for name, tasks in NEEDS.items() if task in tasks]


@pytest.mark.parametrize(
    "task",
    [
        "multiclass",
        "regression",
        pytest.param("binary", marks=pytest.mark.exhaustive),
        pytest.param("multilabel", marks=pytest.mark.exhaustive),
    ],
)
def test_every_loss_of_a_task(task: str) -> None:
    # percents of targets near nought are in the thousands: longer steps throw the weights about,
    # and rounding noise grows tenfold an epoch
    experiments = [
        experiment(
            TASKS[task], optimizer("SGD", learning_rate=1e-4 if "Percent" in loss else 0.1), loss
        )
        for loss in served(task)
    ]
    for positions in plan(experiments):
        assert_parity([experiments[position] for position in positions])


LOSS_ARGUMENTS = (
    ("binary", "BinaryCrossentropy", {"from_logits": True, "label_smoothing": 0.1}),
    ("binary", "BinaryFocalCrossentropy", {"apply_class_balancing": True, "from_logits": True}),
    ("multiclass", "CategoricalCrossentropy", {"from_logits": True, "label_smoothing": 0.1}),
    ("multiclass", "SparseCategoricalCrossentropy", {"from_logits": True}),
    ("multiclass", "SparseCategoricalCrossentropy", {"ignore_class": 1}),
    ("multiclass", "CategoricalFocalCrossentropy", {"from_logits": True, "gamma": 0.0}),
    ("multiclass", "Tversky", {"alpha": 0.3, "beta": 0.7, "axis": -1}),
    ("multiclass", "Dice", {"axis": -1}),
    ("regression", "Huber", {"delta": 0.1}),
)


def test_arguments_of_losses() -> None:
    experiments = [
        experiment(TASKS[task], optimizer("SGD"), {"name": loss, "params": params})
        for task, loss, params in LOSS_ARGUMENTS
    ]
    for positions in plan(experiments):
        assert_parity([experiments[position] for position in positions])


# Choices that are strange and run: data set and its parameters, loss and its arguments, model.
STRANGE = (
    ("moons", {}, "BinaryCrossentropy", {"from_logits": True}, {"output_activation": "sigmoid"}),
    ("moons", {}, "BinaryCrossentropy", {}, {"output_activation": "linear"}),
    ("moons", {"labels": "-1/1"}, "MeanSquaredError", {}, {"output_activation": "tanh"}),
    ("moons", {"labels": "int"}, "BinaryCrossentropy", {}, {}),
    ("moons", {"labels": "one-hot"}, "MeanSquaredError", {}, {}),
    ("moons", {}, "MeanSquaredError", {}, {"output_units": 3}),
    ("blobs", {"labels": "int"}, "MeanSquaredError", {}, {"output_units": 1}),
    ("blobs", {}, "SparseCategoricalCrossentropy", {}, {"output_units": 7}),
    ("blobs", {}, "SparseCategoricalCrossentropy", {}, {"output_activation": "sigmoid"}),
    (
        "blobs",
        {},
        "CategoricalCrossentropy",
        {"from_logits": True},
        {"output_activation": "softmax"},
    ),
    ("outliers", {}, "BinaryCrossentropy", {}, {}),
    ("sine", {}, "MeanAbsolutePercentageError", {}, {"output_activation": "sigmoid"}),
)


@pytest.mark.parametrize(("data", "params", "loss", "arguments", "model"), STRANGE)
def test_strange_choices_that_run(
    data: str, params: dict, loss: str, arguments: dict, model: dict
) -> None:
    one = experiment(
        {"name": data, "params": params},
        optimizer("Adam"),
        {"name": loss, "params": arguments},
        ["accuracy"],
        {"name": "mlp", "params": {"hidden": [5]} | model},
    )
    assert_parity([one])


MEASURED = (
    ("moons", "0/1", "BinaryCrossentropy"),
    ("moons", "-1/1", "Hinge"),
    ("moons", "int", "SparseCategoricalCrossentropy"),
    ("moons", "one-hot", "CategoricalCrossentropy"),
    ("blobs", "int", "SparseCategoricalCrossentropy"),
    ("blobs", "one-hot", "CategoricalCrossentropy"),
    ("multilabel", "auto", "BinaryCrossentropy"),
    ("outliers", "auto", "MeanSquaredError"),
)


def few(cases: Sequence[tuple], *kept: int) -> list[Any]:
    """The cases, those that are not kept marked as exhaustive."""
    marked = [pytest.param(*case, marks=pytest.mark.exhaustive) for case in cases]
    return [cases[i] if i in kept else marked[i] for i in range(len(cases))]


def accepted(e: Experiment, weighted: bool = False) -> Iterator[str]:
    """Metrics of Keras that take an experiment's labels and outputs and do not raise.

    weighted: with a weight for each row too, which those that count pixels cannot spread.
    """
    data = datasets.load(e.dataset.name, e.data_params)
    y = targets(e, data, "train")[:40]
    outputs = build.model(architecture(e), 0)(data.train.x[:40])
    for name in METRICS:
        with suppress(ValueError, tf.errors.OpError):
            made = build.metric(Choice(name), "probe", y, outputs)
            made.update_state(y, outputs, np.ones(len(y), "float32") if weighted else None)
            made.result()
            yield name


@pytest.mark.parametrize(("data", "labels", "loss"), few(MEASURED, 0))
def test_every_metric_that_keras_accepts(data: str, labels: str, loss: str) -> None:
    params = {} if labels == "auto" else {"labels": labels}
    bare = experiment({"name": data, "params": params}, optimizer("Adam"), loss)
    fitting = list(accepted(bare))
    assert len(fitting) > 5
    first = experiment({"name": data, "params": params}, optimizer("Adam"), loss, fitting)
    # a neighbour with other metrics, and one of them elsewhere in its list
    second = experiment({"name": data, "params": params}, optimizer("SGD"), loss, fitting[3:0:-1])
    assert_parity([first, second])


MEASURED_WITH_ARGUMENTS = (
    ("moons", "BinaryCrossentropy", "AUC", {"curve": "PR", "num_thresholds": 20}),
    ("moons", "BinaryCrossentropy", "Precision", {"thresholds": 0.7}),
    ("moons", "BinaryCrossentropy", "F1Score", {"threshold": 0.4}),
    ("multilabel", "BinaryCrossentropy", "F1Score", {"average": "macro", "threshold": 0.5}),
    ("multilabel", "BinaryCrossentropy", "FBetaScore", {"beta": 2.0, "average": "weighted"}),
    ("multilabel", "BinaryCrossentropy", "AUC", {"multi_label": True}),
    ("multilabel", "BinaryCrossentropy", "Recall", {"class_id": 1}),
    ("multilabel", "BinaryCrossentropy", "Recall", {"top_k": 1}),
    (
        "blobs",
        "SparseCategoricalCrossentropy",
        "SparseCategoricalCrossentropy",
        {"ignore_class": 1},
    ),
)


@pytest.mark.exhaustive
def test_metrics_with_arguments_and_metrics_listed_twice() -> None:
    for data, loss in dict.fromkeys((data, loss) for data, loss, *_ in MEASURED_WITH_ARGUMENTS):
        listed = [
            {"name": name, "params": params}
            for where, _, name, params in MEASURED_WITH_ARGUMENTS
            if where == data
        ]
        again = [] if data == "blobs" else ["AUC", "AUC"]
        metrics = ["accuracy", *listed, *again]
        assert_parity([experiment(data, optimizer("Adam"), loss, metrics)])


MODELS = (
    ("moons", "linear", {}),
    ("moons", "linear", {"l2": 0.1, "initializer": "ones"}),
    ("moons", "mlp", {"hidden": [8, 6, 4], "activation": "relu", "initializer": "he_normal"}),
    ("moons", "mlp", {"hidden": [6, 6], "batch_normalization": True}),
    ("moons", "mlp", {"hidden": [6, 6], "dropout": 0.5}),
    ("moons", "mlp", {"hidden": [6], "dropout": 0.2, "batch_normalization": True, "l2": 0.01}),
    ("moons", "mlp", {"hidden": [6], "l2": 0.1, "activation": "gelu", "initializer": "orthogonal"}),
    ("digits", "mlp", {"hidden": [5]}),
    ("digits", "linear", {}),
    ("digits", "cnn", {"filters": [3, 4], "dense": 6}),
    ("digits", "cnn", {"filters": [3], "pool": False, "kernel": 5, "dense": 4, "dropout": 0.3}),
)


@pytest.mark.parametrize(("data", "model", "params"), few(MODELS, 1, 5, 9))
def test_models(data: str, model: str, params: dict) -> None:
    loss = "BinaryCrossentropy" if data == "moons" else "SparseCategoricalCrossentropy"
    more = {"batch_size": 500} if data == "digits" else {}
    assert_parity(
        [
            experiment(
                data,
                optimizer(name, learning_rate=0.01),
                loss,
                ["accuracy"],
                {"name": model, "params": params},
                seed=seed,
                **more,
            )
            for name, seed in (("Adam", 4), ("SGD", 5))
        ]
    )


DATA = ("circles", "spirals", "xor", "imbalanced", "linear", "sine", "iris", "wine", "diabetes")


@pytest.mark.parametrize("name", DATA)
def test_data_sets(name: str) -> None:
    task = datasets.facts(name, {}).heads[0].task
    loss = {"binary": "BinaryCrossentropy", "multiclass": "CategoricalCrossentropy"}
    assert_parity(
        [experiment(name, optimizer("Adam"), loss.get(task, "Huber"), ["MeanSquaredError"])]
    )


TWO_METRICS = {"kind": ["accuracy", "AUC"], "amount": ["MeanAbsoluteError"]}


def test_two_outputs() -> None:
    losses = (
        {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"},
        {"kind": "BinaryCrossentropy", "amount": "Huber"},
    )
    assert_parity(
        [
            experiment("two_output", optimizer(name), loss, TWO_METRICS)
            for name, loss in zip(("Adam", "Muon"), losses, strict=True)
        ]
    )


def test_loss_weights_of_two_outputs() -> None:
    losses = {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"}
    weights = (None, {"kind": 0.5, "amount": 2}, {"kind": 0}, {"amount": 0.1})
    model = {"name": "mlp", "params": {"hidden": [5], "l2": 0.01, "dropout": 0.1}}
    assert_parity(
        [
            experiment(
                "two_output", optimizer(name), losses, TWO_METRICS, model, {"loss_weights": own}
            )
            for own in weights
            for name in ("Adam", "Muon")
        ]
    )


WEIGHTED = (
    # losses that are means over rows, and two that judge a whole batch or read class numbers
    *[("moons", loss, {"class_weight": [0.2, 3]}) for loss in ("BinaryCrossentropy", "Dice")],
    *[
        ("blobs", loss, {"class_weight": [0.5, 4, 0]})
        for loss in ("CategoricalCrossentropy", "CategoricalGeneralizedCrossEntropy")
    ],
    (
        {"name": "moons", "params": {"labels": "-1/1"}},
        "SquaredHinge",
        {"class_weight": [0.2, 3]},
    ),
    ("moons", "BinaryCrossentropy", {"sample_weight": "inverse class frequency"}),
    ("moons", "BinaryCrossentropy", {"sample_weight": "random half doubled"}),
    ("moons", "BinaryCrossentropy", {}),
    ("multilabel", "BinaryCrossentropy", {"sample_weight": "random half doubled"}),
    ("outliers", "MeanSquaredError", {"sample_weight": "near the middle"}),
)


def test_weights_of_classes_and_rows() -> None:
    """Weighted and plain lanes side by side."""
    experiments = [
        experiment(data, optimizer("SGD"), loss, fit=weights) for data, loss, weights in WEIGHTED
    ]
    for positions in plan(experiments):
        assert_parity([experiments[position] for position in positions])


@pytest.mark.parametrize(("data", "labels", "loss"), few([MEASURED[i] for i in (0, 5, 7)]))
def test_weighted_metrics_see_the_weights_and_plain_ones_do_not(
    data: str, labels: str, loss: str
) -> None:
    params = {} if labels == "auto" else {"labels": labels}
    bare = experiment({"name": data, "params": params}, optimizer("Adam"), loss)
    fitting = list(accepted(bare, weighted=True))
    rule = {"sample_weight": "random half doubled"}
    lists = ((fitting[::2], fitting, rule), ([], fitting[:3], {}), ([], fitting[3:0:-1], rule))
    assert_parity(
        [
            experiment(
                {"name": data, "params": params},
                optimizer("Adam"),
                loss,
                plain,
                compiled={"weighted_metrics": weighted},
                fit=fit,
            )
            for plain, weighted, fit in lists
        ]
    )


def test_weights_of_rows_count_for_every_output() -> None:
    assert_parity(
        [
            experiment(
                "two_output",
                optimizer("Adam"),
                {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"},
                TWO_METRICS,
                compiled={"weighted_metrics": TWO_METRICS, "loss_weights": {"amount": 0.5}},
                fit={"sample_weight": "random half doubled"},
            )
        ]
    )


@pytest.mark.parametrize("batch_size", [1, 96, 5000])
def test_batch_sizes(batch_size: int) -> None:
    assert_parity(
        [
            experiment(
                "moons", optimizer("Adam"), "Dice", ["F1Score", "Poisson"], batch_size=batch_size
            )
        ]
    )


WRONG = (
    ("CategoricalCrossentropy", {"labels": "int"}, {}, [], "target.shape"),
    ("SparseCategoricalCrossentropy", {}, {"output_units": 2}, [], "label value"),
    ("SparseCategoricalCrossentropy", {"labels": "one-hot"}, {}, [], "shape"),
    ("BinaryCrossentropy", {"labels": "int"}, {}, [], "target.shape"),
    ("SparseCategoricalCrossentropy", {}, {}, ["AUC"], "shape|dimension"),
    ("SparseCategoricalCrossentropy", {}, {}, ["F1Score"], "hape"),
)


@pytest.mark.parametrize(("loss", "data", "model", "metrics", "words"), WRONG)
def test_wrong_choices_raise_as_in_keras(
    loss: str, data: dict, model: dict, metrics: list, words: str
) -> None:
    wrong = experiment(
        {"name": "blobs", "params": data},
        loss=loss,
        metrics=metrics,
        model={"name": "mlp", "params": {"hidden": [5]} | model},
    )
    with pytest.raises(Exception, match=words) as theirs:
        fit(wrong)
    # Keras checks shapes that it knows, TensorFlow those that come with a batch
    with pytest.raises((type(theirs.value), ValueError), match=words):
        stack([wrong])


def test_a_diverged_run_ends_when_its_loss_does_and_harms_no_other() -> None:
    linear = {"name": "linear", "params": {}}
    wild, calm = (
        experiment("linear", optimizer("SGD", learning_rate=rate), model=linear, epochs=12)
        for rate in (1000.0, 0.01)
    )
    wanted = fit(wild).history
    finite = np.isfinite(wanted["loss"]) & np.isfinite(wanted["val_loss"])
    first, second = stack([wild, calm])
    assert first.diverged == 1 + int((~finite).argmax())
    assert len(first.history["loss"]) == first.diverged < 12
    assert first.finals is None
    (alone,) = stack([calm])
    assert second.diverged is None
    for name, values in alone.history.items():
        np.testing.assert_array_equal(second.history[name], values)
