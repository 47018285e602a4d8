"""Recordings of the inside of a run, against the run itself and against plain Keras."""

from queue import SimpleQueue

import numpy as np
import pytest
from reference import Batches, experiment, stack, targets

import datasets
from training import build
from training.compiled import compile_arguments
from training.errand_work import made
from training.inside import MOST_SAMPLED, positions, unpacked
from training.layers import architecture
from training.recording import MOST, record
from training.slots import slot_lists
from training.spec import Experiment

BINARY = ("BinaryCrossentropy", ["accuracy"])
RELU = {"name": "mlp", "params": {"hidden": [6, 5], "activation": "relu"}}
LINEAR = {"name": "mlp", "params": {"hidden": [6], "activation": "linear"}}
CASES = {
    "rows": ("moons", "Adam", *BINARY, RELU),
    "accumulators": ("moons", "Adagrad", *BINARY, RELU),
    "tensors": ("moons", "Muon", *BINARY, RELU),
    "clipped": ("moons", {"name": "SGD", "params": {"momentum": 0.9, "clipnorm": 0.05}}, *BINARY),
    "penalised": (
        *("moons", "RMSprop", *BINARY),
        {"name": "mlp", "params": {"hidden": [6], "l2": 0.01, "activation": "relu"}},
    ),
    "pictures": (
        *("digits", "Adam", "SparseCategoricalCrossentropy", ["accuracy"]),
        {"name": "cnn", "params": {"filters": [3], "dense": 4, "activation": "relu"}},
    ),
    "several": (
        *("two_output", "Adam"),
        {"kind": "BinaryCrossentropy", "amount": "MeanSquaredError"},
        {"kind": ["accuracy"], "amount": []},
    ),
}


def norms(arrays) -> list[float]:
    return [float(np.linalg.norm(np.asarray(a))) for a in arrays]


def plainly(e: Experiment):
    """After every epoch of plain Keras: weights, gradients over all rows, and slots' norms."""
    import tensorflow as tf

    data = datasets.load(e.dataset.name, e.data_params)
    model = build.model(architecture(e), e.seed)
    model.compile(**compile_arguments(e))
    model.optimizer.build(model.trainable_variables)
    x, y = data.train.x, targets(e, data, "train")
    batches = Batches(x, y, e.batch_size, e.seed)
    yield [v.numpy() for v in model.trainable_variables], None, None
    for _ in range(e.epochs):
        model.fit(batches, epochs=1, shuffle=False, verbose=0)
        with tf.GradientTape() as tape:
            loss = model.compute_loss(x, y, model(x, training=False))
        gradients = tape.gradient(loss, [v.value for v in model.trainable_variables])
        slots = {
            name: [None if v is None else np.asarray(v) for v in kept]
            for name, kept in slot_lists(model.optimizer).items()
        }
        yield [v.numpy() for v in model.trainable_variables], gradients, slots


FURTHER = [pytest.param(case, marks=pytest.mark.exhaustive) for case in list(CASES)[2:]]
SHOWN = [*list(CASES)[:2], *FURTHER]


@pytest.mark.parametrize("case", SHOWN)
def test_what_is_recorded_is_what_plain_keras_has(case: str) -> None:
    e = experiment(*CASES[case])
    inside, history = record(e)
    (run,) = stack([e])
    for i, (name, values) in enumerate({**run.history, **run.extra}.items()):
        if name != "seconds":
            np.testing.assert_array_equal(history[:, i], values, name)
    assert inside.epochs.tolist() == [1, 2, 3]
    before, *after = plainly(e)
    for r, (weights, gradients, slots) in enumerate(after):
        near = {"rtol": 1e-3, "atol": 1e-6}
        np.testing.assert_allclose(inside.weight[r], norms(weights), **near)
        np.testing.assert_allclose(inside.gradient[r], norms(gradients), **near)
        moved = norms(b - a for a, b in zip(before[0], weights, strict=True))
        np.testing.assert_allclose(inside.update[r], moved, **near)
        with np.errstate(divide="ignore"):
            ratio = np.array(moved) / norms(before[0])
        np.testing.assert_allclose(inside.ratio[r], np.where(np.isinf(ratio), np.nan, ratio), 1e-2)
        assert set(inside.slots) == set(slots)
        for slot, kept in inside.slots.items():
            for tensor, values in kept.items():
                whole = slots[slot][inside.tensors.index(tensor)].ravel()
                assert values.shape[1] == min(len(whole), MOST_SAMPLED)
                kept = whole[positions(len(whole))]
                np.testing.assert_allclose(values[r], kept, 1e-2, 1e-6, err_msg=tensor)
        before = (weights, gradients, slots)


@pytest.mark.parametrize(
    "case", ["rows", "tensors", pytest.param("pictures", marks=pytest.mark.exhaustive), "several"]
)
def test_predictions_are_those_of_the_trained_model(case: str) -> None:
    import keras

    e = experiment(*CASES[case])
    data = datasets.load(e.dataset.name, e.data_params)
    model = build.model(architecture(e), e.seed)
    model.compile(**compile_arguments(e))
    batches = Batches(data.train.x, targets(e, data, "train"), e.batch_size, e.seed)
    model.fit(batches, epochs=e.epochs, shuffle=False, verbose=0)
    said = keras.tree.flatten(model.predict(data.validation.x, verbose=0))
    names = [head.name for head in e.facts.heads]
    said = [said[sorted(names).index(n)] for n in names] if len(names) > 1 else said
    np.testing.assert_allclose(record(e)[0].predictions, np.concatenate(said, -1), 1e-4, 1e-6)


def test_names_are_those_of_a_new_session_whatever_was_built_before() -> None:
    e = experiment(*CASES["rows"])
    build.model(architecture(e), 0)
    inside, _ = record(e)
    assert inside.tensors == (
        *("dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"),
        *("dense_2/kernel", "dense_2/bias"),
    )
    assert inside.shapes == ((2, 6), (6,), (6, 5), (5,), (5, 1), (1,))


def test_dead_units_are_counted() -> None:
    """A step that is far too large throws all units of a layer to the side where ReLU is flat."""
    huge = {"name": "SGD", "params": {"learning_rate": 300.0}}
    inside, _ = record(experiment("moons", huge, *BINARY, RELU))
    alive, _ = record(experiment("moons", "SGD", *BINARY, RELU))
    assert inside.units == alive.units == {"dense": 6, "dense_1": 5}
    assert max(share[-1] for share in inside.dead.values()) == 1
    assert max(share[-1] for share in alive.dead.values()) < 1


def test_a_unit_is_dead_only_if_no_row_wakes_it() -> None:
    import keras

    e = experiment(*CASES["penalised"])
    inside, _ = record(e)
    data = datasets.load(e.dataset.name, e.data_params)
    model = build.model(architecture(e), e.seed)
    model.compile(**compile_arguments(e))
    batches = Batches(data.train.x, targets(e, data, "train"), e.batch_size, e.seed)
    model.fit(batches, epochs=e.epochs, shuffle=False, verbose=0)
    shown = keras.Model(model.inputs, model.layers[1].output).predict(data.train.x, verbose=0)
    assert inside.dead["dense"][-1] == (shown.max(0) == 0).mean()


def test_a_run_that_diverges_is_recorded_until_then() -> None:
    wild = {"name": "SGD", "params": {"learning_rate": 100.0}}
    e = experiment("outliers", wild, model=LINEAR, epochs=30)
    inside, history = record(e)
    (run,) = stack([e])
    assert run.diverged == len(history)
    assert inside.epochs.tolist() == list(range(1, run.diverged))
    assert inside.predictions.size == 0


def test_long_runs_are_recorded_at_epochs_evenly_spread_to_the_last() -> None:
    e = experiment("moons", "SGD", *BINARY, epochs=150)
    inside, history = record(e)
    assert len(inside.epochs) == MOST
    assert (inside.epochs[0], inside.epochs[-1]) == (1, 150)
    assert set(np.diff(inside.epochs)) == {2, 3}
    (run,) = stack([e])
    np.testing.assert_array_equal(history[:, 0], run.history["loss"])


def test_a_blob_holds_all_of_it_and_stays_small() -> None:
    e = experiment(*CASES["rows"], epochs=60)
    blob, error = made("inside", e.to_json(), SimpleQueue(), lambda said: None)
    assert error is None
    back, inside = unpacked(blob), record(e)[0]
    for name in ("epochs", "weight", "gradient", "update", "before", "predictions"):
        np.testing.assert_array_equal(getattr(back, name), getattr(inside, name))
    assert (back.tensors, back.shapes, back.units) == (inside.tensors, inside.shapes, inside.units)
    assert back.slots.keys() == inside.slots.keys() == {"momentums", "velocities"}
    np.testing.assert_array_equal(
        back.slots["velocities"]["dense_1/kernel"], inside.slots["velocities"]["dense_1/kernel"]
    )
    np.testing.assert_array_equal(back.dead["dense"], inside.dead["dense"])
    assert len(blob) < 120_000
