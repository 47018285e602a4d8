"""Schedules as learning rates: what a spec may say, what is shown of it, what is drawn before."""

import json
from typing import Any

import numpy as np
import pytest
from reference import experiment

from components.sweep import rateless
from training.catalog import ENTRIES
from training.cells import cells, row
from training.choice import choice
from training.code import compile_call
from training.design import Design
from training.differences import differences
from training.planned_rates import planned_rates
from training.rate_table import planned
from training.redesign import design_of
from training.scheduled import schedule_of, top_rate
from training.spec import Comparison, Experiment
from training.variant_labels import labels

WARM = {"name": "CosineDecay", "params": {"decay_steps": 300, "warmup_target": 0.1}}
WARM["params"]["warmup_steps"] = 40
BY_HAND = {"name": "PiecewiseConstantDecay", "params": {"values": [0.1, 0.2, 0.3]}}


def run(rate: Any, name: str = "Adam", **more: Any) -> Experiment:
    optimizer = {"name": name, "params": {"learning_rate": rate}}
    return experiment("moons", optimizer, "BinaryCrossentropy", **more)


PLANS = (
    *({"name": name} for name in ENTRIES["schedule"]),
    WARM,
    {"name": "CosineDecay", "params": {"decay_steps": 90, "alpha": 0.3}},
    {"name": "CosineDecayRestarts", "params": {"first_decay_steps": 60, "m_mul": 0.8}},
    {"name": "CosineDecayRestarts", "params": {"first_decay_steps": 64, "t_mul": 1.0}},
    {"name": "ExponentialDecay", "params": {"decay_steps": 70, "staircase": True}},
    {"name": "InverseTimeDecay", "params": {"decay_steps": 70, "staircase": True}},
    {"name": "PiecewiseConstantDecay", "params": {"boundaries": [0, 7], "values": [1, 2, 3]}},
    {"name": "PolynomialDecay", "params": {"decay_steps": 150, "power": 2.5}},
    {"name": "PolynomialDecay", "params": {"decay_steps": 150, "cycle": True}},
)


@pytest.mark.parametrize("plan", PLANS, ids=lambda p: f"{p['name']} {p.get('params', '')}")
def test_the_drawn_plan_is_that_of_keras(plan: dict) -> None:
    made = choice(plan, "schedule", "plan")
    ours, keras = planned_rates(made, np.arange(700)), planned(made, 0, 700)
    np.testing.assert_allclose(ours, keras, 1e-4, 1e-7)
    assert len(np.unique(ours)) > 1


def test_a_schedule_survives_its_json_and_older_specs_keep_theirs() -> None:
    made = run(WARM)
    assert Experiment.from_json(json.loads(made.canonical)) == made
    given = made.to_json()["compile"]["optimizer"]["params"]["learning_rate"]
    assert given == {"name": "CosineDecay", "params": dict(sorted(WARM["params"].items()))}
    assert '"learning_rate":0.01' in run(0.01).canonical


WRONG = (
    ({"name": "Cosine"}, "Did you mean 'CosineDecay'"),
    ({"name": "CosineDecay", "params": {"decay_step": 3}}, "Did you mean decay_steps"),
    ({"name": "CosineDecay", "params": {"decay_steps": 0}}, "decay_steps: 0 is too small"),
    ({"name": "PiecewiseConstantDecay", "params": {"boundaries": [9, 3]}}, "must ascend"),
    ({"name": "PiecewiseConstantDecay", "params": {"boundaries": [9]}}, "one rate more"),
    ({"schedule": "CosineDecay"}, "must look like"),
    ([0.1], "not a number"),
)


@pytest.mark.parametrize(("rate", "sentence"), WRONG)
def test_what_is_wrong_with_a_schedule_is_said(rate: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence) as raised:
        run(rate)
    assert "learning_rate" in str(raised.value)


def test_rates_cannot_be_changed_in_mid_run_under_a_schedule() -> None:
    with pytest.raises(ValueError, match="a schedule decides the learning rate"):
        run(WARM, rates=[[2, 0.1]])


def test_the_code_writes_the_schedule_with_all_that_keras_demands() -> None:
    code = compile_call(run({"name": "ExponentialDecay", "params": {}}).compile)
    schedule = "learning_rate=keras.optimizers.schedules.ExponentialDecay("
    assert schedule in code
    assert "decay_steps=1000" in code
    assert "decay_rate=0.5" in code


def test_labels_and_differences_tell_schedules_apart() -> None:
    others = [run(0.01), run(WARM), run({"name": "CosineDecay", "params": {}}), run(BY_HAND)]
    named = labels(others)
    assert len(set(named)) == 4
    assert named[0] == "lr 0.01"
    assert "warmup steps 40" in named[1]
    assert named[3] == "steps by hand"
    told = differences(Comparison(tuple(others)))
    assert "CosineDecay(decay_steps=300, warmup_steps=40, warmup_target=0.1)" in told


def test_rows_hold_schedules_as_calls_and_numbers_take_their_place() -> None:
    experiments = [run(BY_HAND), run(WARM), run(0.1), run(WARM, "SGD")]
    made = design_of(experiments)
    assert list(made.comparison.experiments) == experiments
    typed = [cells(r) for r in made.rows]
    called = "CosineDecay(decay_steps=300, warmup_steps=40, warmup_target=0.1)"
    assert [c["learning_rate"] for c in typed][1:3] == [called, "0.1"]
    assert tuple(map(row, typed)) == made.rows
    with pytest.raises(ValueError, match="Row 2: learning rate: 'oh no' cannot be read"):
        row({"learning_rate": "CosineDecay(oh no)"}, 2)


def test_another_optimizer_keeps_the_schedule_of_the_base() -> None:
    base = run(WARM).to_json()
    made = Design.from_json({"base": base, "rows": [{}, {"optimizer": "SGD"}], "seeds": 1})
    assert made.comparison.experiments == (run(WARM), run(WARM, "SGD"))


def plan(e: Experiment, steps: int = 400) -> np.ndarray:
    """What an experiment's schedule plans."""
    return planned_rates(schedule_of(e.compile.optimizer), np.arange(steps))


@pytest.mark.parametrize("schedule", [{"name": name} for name in ENTRIES["schedule"]] + [WARM])
def test_a_race_tunes_a_schedule_as_a_whole(schedule: dict[str, Any]) -> None:
    """Its plan is the row's, in proportion, and nothing else of the row changes."""
    rows = [{"learning_rate": schedule, "label": "planned"}, {}]
    spec = {"base": run(0.01).to_json(), "rows": rows, "seeds": 1}
    made = Design.from_json(spec | {"race": {"rates": [0.02, 0.2]}})
    low, high = (made.trials[0, rate] for rate in (0.02, 0.2))
    for rate, trial in ((0.02, low), (0.2, high)):
        assert top_rate(trial.compile.optimizer) == rate
        assert rateless(trial) == rateless(run(schedule)) != rateless(run(0.01))
    np.testing.assert_allclose(plan(high), 10 * plan(low), rtol=1e-9)
    np.testing.assert_allclose(
        plan(low) / plan(low).max(), plan(run(schedule)) / plan(run(schedule)).max()
    )
    assert Design.from_json(made.to_json()).trials == made.trials


def test_a_schedule_of_zeros_cannot_be_raced_and_is_named() -> None:
    still = {"name": "ExponentialDecay", "params": {"initial_learning_rate": 0}}
    rows = [{"learning_rate": still, "label": "still"}, {}]
    with pytest.raises(ValueError, match=r"Row 1 \(still\) has a schedule without a rate above 0"):
        Design.from_json({"base": run(0.01).to_json(), "rows": rows, "seeds": 1, "race": {}})
    assert rateless(run(still)) == run(still)
    assert rateless(run(0.1)) == rateless(run(0.2))


def test_numbers_in_labels_are_numbers() -> None:
    made = [
        run({"name": "CosineDecay", "params": {"warmup_target": 0.1, "warmup_steps": steps}})
        for steps in (0, 1)
    ]
    assert [label.split()[-1] for label in labels(made)] == ["0", "1"]
