"""Callbacks that end a run or lower its rate: what `fit` makes of them, and what a spec may say."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from reference import RELATIVE, Result, assert_same, experiment, fit, stack

from training.compiled import model_of
from training.headless import train
from training.plan import plan
from training.restored import restored
from training.spec import Experiment
from training.stack import Stack
from training.watching import Watching

STOP, LOWER = "EarlyStopping", "ReduceLROnPlateau"
EVERYTHING = {"hidden": [5, 4], "dropout": 0.2, "batch_normalization": True}


def run(*callbacks: Any, rate: Any = 0.5, optimizer: str = "SGD", **more: Any) -> Experiment:
    """A run that goes up and down, so that there is something to watch."""
    params = {"learning_rate": rate, "momentum": 0.9} if optimizer == "SGD" else {}
    params |= {"learning_rate": rate} | more.pop("arguments", {})
    listed = [
        {"name": name, "params": params}
        for name, params in zip(callbacks[::2], callbacks[1::2], strict=True)
    ]
    given = {"name": optimizer, "params": params}
    metrics = ["accuracy", "MeanAbsoluteError"]
    more = {"epochs": 14, "fit": {"callbacks": listed}} | more
    return experiment("moons", given, "BinaryCrossentropy", metrics, **more)


def compared(experiments: list[Experiment]) -> list[tuple[Result, Result]]:
    assert len(plan(experiments)) == 1
    pairs = list(zip(stack(experiments), map(fit, experiments), strict=True))
    for e, (ours, keras) in zip(experiments, pairs, strict=True):
        assert_same(ours, keras, e.canonical)
        if "learning_rate" in keras.extra:
            np.testing.assert_allclose(
                ours.extra["learning_rate"], keras.extra["learning_rate"], RELATIVE
            )
    return pairs


def test_lanes_that_stop_early_beside_those_that_go_on() -> None:
    averaged = {"use_ema": True, "ema_momentum": 0.8}
    experiments = [
        run(),
        run(STOP, {}),
        run(STOP, {"patience": 2, "restore_best_weights": True}),
        run(STOP, {"patience": 1, "monitor": "val_accuracy"}),
        run(STOP, {"patience": 1, "monitor": "loss", "min_delta": 0.02, "start_from_epoch": 2}),
        run(STOP, {"patience": 3, "monitor": "val_accuracy", "mode": "min", "baseline": 0.1}),
        run(STOP, {"restore_best_weights": True}, arguments=averaged),
        run(STOP, {"patience": 1}, arguments=averaged),
        run(STOP, {"patience": 1}, optimizer="Lamb"),
        run(STOP, {"patience": 99, "restore_best_weights": True}),
    ]
    pairs = compared(experiments)
    lengths = [len(keras.history["loss"]) for _, keras in pairs]
    assert len(set(lengths)) > 2
    assert lengths[0] == lengths[-1] == 14
    for (ours, _), length in zip(pairs, lengths, strict=True):
        assert max(ours.frames) == length


def test_rates_that_fall_on_a_plateau() -> None:
    experiments = [
        run(LOWER, {"patience": 1, "factor": 0.3}),
        run(LOWER, {"patience": 0, "cooldown": 2, "min_lr": 0.01, "monitor": "accuracy"}),
        run(LOWER, {"patience": 1}, STOP, {"patience": 3, "restore_best_weights": True}),
        run(LOWER, {"patience": 1, "factor": 0.5}, optimizer="Lamb"),
        run(LOWER, {"patience": 1}, optimizer="Adam", rate=0.1),
        run(rates=[[4, 0.1]]),
    ]
    pairs = compared(experiments)
    assert all(len(set(keras.extra["learning_rate"])) > 1 for _, keras in pairs[:-1])


@dataclass(frozen=True)
class Ended:
    """What `restored` reads of a run."""

    experiment: Experiment
    history: np.ndarray
    columns: tuple[str, ...]
    status: str = "finished"


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"monitor": "val_accuracy"},
        {"monitor": "val_accuracy", "mode": "min", "start_from_epoch": 3},
        {"min_delta": 0.2},
        {"monitor": "val_accuracy", "min_delta": 0.2, "baseline": 0.4},
    ],
)
def test_the_epoch_whose_weights_are_restored_is_that_of_keras(params: dict[str, Any]) -> None:
    e = run(STOP, {"patience": 99, "restore_best_weights": True} | params)
    history = np.random.default_rng(0).random((12, len(e.columns)), "float32")
    watching = Watching([e], lambda lane: [])
    for epoch, row in enumerate(history, start=1):
        watching.after(epoch, {0: dict(zip(e.columns, map(float, row), strict=True))})
    ((callback,),) = watching.callbacks.values()
    assert restored(Ended(e, history, e.columns)) == callback.best_epoch + 1


def test_restored_weights_with_everything_in_the_model() -> None:
    model = {"name": "mlp", "params": EVERYTHING}
    best = (STOP, {"patience": 2, "restore_best_weights": True})
    compared([run(*best, model=model, seed=seed, rate=0.2) for seed in (0, 1)])


def test_a_weighted_metric_or_a_formula_is_watched_beside_class_weights() -> None:
    watched = []
    for monitor in ("val_auc", "val_custom_metric"):
        stop = {"name": STOP, "params": {"patience": 1, "monitor": monitor, "mode": "max"}}
        spec = run().to_json()
        spec["compile"] |= {"metrics": ["CustomMetric"], "weighted_metrics": ["AUC"]}
        spec["fit"] = {"callbacks": [stop], "class_weight": [1.0, 3.0]}
        watched.append(Experiment.from_json(spec))
    for _, keras in compared(watched):
        assert len(keras.history["loss"]) < 14


def test_a_schedule_moves_an_optimizer_that_is_a_formula() -> None:
    cosine = {"name": "CosineDecay", "params": {"decay_steps": 20}}
    compared([run(rate=cosine, optimizer="CustomOptimizer"), run(rate=cosine)])


WRONG = (
    ({"callbacks": {}}, "must be a list of callbacks"),
    ({"callbacks": ["EarlyStoping"]}, "Did you mean 'EarlyStopping'"),
    ({"callbacks": [{"name": STOP, "params": {"monitor": "val_auc"}}]}, "no column of this run"),
    ({"callbacks": [{"name": STOP, "params": {"monitor": 3}}]}, "no name of a column"),
    ({"callbacks": [STOP, STOP]}, "twice"),
    ({"callbacks": [{"name": LOWER, "params": {"factor": 1.0}}]}, "factor: 1.0 is too large"),
)


@pytest.mark.parametrize(("spec", "sentence"), WRONG)
def test_what_is_wrong_with_callbacks_is_said(spec: dict, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        run(fit=spec)


def test_only_one_thing_decides_the_learning_rate() -> None:
    with pytest.raises(ValueError, match="a schedule decides"):
        run(LOWER, {}, rate={"name": "CosineDecay"})
    with pytest.raises(ValueError, match="changes in mid-run"):
        run(LOWER, {}, rates=[[2, 0.1]])


def test_callbacks_survive_their_json_and_older_specs_keep_theirs() -> None:
    made = run(STOP, {"patience": 2})
    assert Experiment.from_json(made.to_json()) == made
    stop = {"name": STOP, "params": {"patience": 2}}
    assert made.to_json()["fit"] == {"callbacks": [stop]}
    assert "fit" not in run().to_json()


def test_a_model_to_take_home_goes_on_at_the_rate_where_the_run_ended() -> None:
    plateau = run(LOWER, {"patience": 0, "factor": 0.5, "min_delta": 10.0}, epochs=3)
    cosine = run(rate={"name": "CosineDecay", "params": {"decay_steps": 18}}, epochs=3)
    rates = []
    for one in (plateau, cosine):
        made = Stack([one])
        assert list(made.chunks())
        rates.append(float(model_of(made).optimizer.learning_rate))
    # lowered after the second and the third epoch; and 9 of 18 steps down half a cosine
    assert rates == pytest.approx([0.125, 0.005])


def test_rates_are_lowered_in_single_precision() -> None:
    lowered = run(LOWER, {"patience": 0, "factor": 0.1, "min_delta": 10.0}, rate=0.01, epochs=5)
    ((ours, keras),) = compared([lowered])
    assert list(ours.extra["learning_rate"]) == list(keras.extra["learning_rate"].astype("float32"))


def test_a_model_that_was_stopped_goes_on_at_the_rate_of_its_last_epoch() -> None:
    stop = (STOP, {"patience": 0, "min_delta": 10.0})
    made = Stack([run(*stop, rates=[[10, 0.25]])])
    *_, last = made.chunks()
    assert last.epochs < 10
    assert float(model_of(made).optimizer.learning_rate) == 0.5


def test_a_callback_that_fails_harms_no_other_run() -> None:
    specs = [run().to_json(), run(STOP, {"monitor": "val_loss"}).to_json()]
    for spec in specs:
        spec["compile"]["metrics"] = ["CustomMetric"]
    specs[1]["fit"]["callbacks"][0]["params"] = {"monitor": "val_custom_metric"}
    ended = train([Experiment.from_json(spec) for spec in specs])
    assert [one.outcome for one in ended] == ["finished", "failed"]
