"""Dead ReLU units as the engine counts them, against plain Keras trained with `fit`."""

import keras
import numpy as np
import pytest
from reference import Batches, compile_arguments, targets
from visits import spec

import datasets
from training import build
from training.headless import train
from training.layers import architecture
from training.spec import Experiment
from training.stack import Stack
from training.units import dead_units

DENSE = {"name": "mlp", "params": {"hidden": [16, 16], "activation": "relu"}}
NORMED = {"name": "mlp", "params": {**DENSE["params"], "batch_normalization": True}}
CNN = {"name": "cnn", "params": {"filters": [4, 4], "dense": 8}}


def net(model: dict, rate: float, seed: int = 0, **changed: object) -> Experiment:
    """A net with ReLU under SGD; with large steps its units die."""
    optimizer = {"name": "SGD", "params": {"learning_rate": rate}}
    return Experiment.from_json(spec(model=model, optimizer=optimizer, seed=seed, **changed))


def by_hand(e: Experiment, layers: list[int]) -> list[float]:
    """Share of units that put out 0 for every training row, of Keras layers by position."""
    data = datasets.load(e.dataset.name, e.data_params)
    model = build.model(architecture(e), e.seed)
    model.compile(**compile_arguments(e, data))
    y = targets(e, data, "train")
    batches = Batches(data.train.x, y, e.batch_size, e.seed)
    model.fit(batches, epochs=e.epochs, shuffle=False, verbose=0)
    seen = keras.Model(model.inputs[0], [model.layers[i].output for i in layers])
    outputs = [np.asarray(o) for o in keras.tree.flatten(seen(data.train.x, training=False))]
    return [float(np.mean(o.reshape(-1, o.shape[-1]).max(0) == 0)) for o in outputs]


@pytest.mark.parametrize(
    ("model", "rates", "layers", "more"),
    [
        (DENSE, (0.1, 10.0), [1, 2], {}),
        pytest.param(NORMED, (0.1,), [3, 6], {}, marks=pytest.mark.exhaustive),
        (
            CNN,
            (2.0,),
            [1, 3, 6],
            {"dataset": "digits", "loss": "SparseCategoricalCrossentropy", "epochs": 2},
        ),
    ],
    ids=["dense", "normed", "cnn"],
)
def test_the_shares_are_those_of_plain_keras(model, rates, layers, more) -> None:
    experiments = [net(model, rate, **more) for rate in rates]
    for e, run in zip(experiments, train(experiments), strict=True):
        names = [f"hidden layer {i + 1}" for i in range(len(layers))]
        assert run.dead == dict(zip(names, by_hand(e, layers), strict=True))


def test_large_steps_kill_units_and_small_ones_do_not() -> None:
    small, large = train([net(DENSE, 0.1), net(DENSE, 10.0)])
    assert max(small.dead.values()) < 0.3
    assert max(large.dead.values()) > 0.8


def test_many_seeds_give_what_each_gives_alone() -> None:
    """Lanes in company, the rows in more than one call."""
    together = [net(DENSE, rate, seed) for rate in (0.1, 3.0) for seed in range(3)]
    (alone,) = train([together[4]])
    assert train(together)[4].dead == alone.dead


def test_only_relu_is_looked_at() -> None:
    stack = Stack([net({"name": "mlp", "params": {"activation": "tanh"}}, 0.1)])
    assert dead_units(stack) == [None]
    params = {"hidden": [4], "activation": "tanh", "output_activation": "relu"}
    output = net({"name": "mlp", "params": params}, 0.1, loss="MeanSquaredError")
    (run,) = train([output])
    assert set(run.dead) == {"output layer"}


def test_a_diverged_run_has_no_living_units_to_speak_of() -> None:
    (run,) = train([net(DENSE, 100.0, dataset="sine", loss="MeanSquaredError", metrics=[])])
    assert run.diverged
    assert run.dead is None
